"""What other apps know that an attestation may print: the decisions somebody led.

Decisions stand to the right: they register their reader from ready().
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LedDecision:
    """A proposal somebody carried to the vote: its question and what came of it, never who voted how."""

    number: int
    title: str
    outcome: str
    decided_on: dt.date


Reader = Callable[[Sequence[int]], Mapping[int, Sequence[LedDecision]]]
_readers: list[Reader] = []


def register(reader: Reader) -> None:
    """`reader(enrolment keys)` gives, by enrolment key, the decisions these people led."""
    if reader not in _readers:
        _readers.append(reader)


def decisions_led(enrolment_ids: Sequence[int]) -> dict[int, list[LedDecision]]:
    """By enrolment key, oldest first; who led none is absent. Costs what the readers cost."""
    found: dict[int, list[LedDecision]] = {}
    for reader in _readers:
        for key, rows in reader(enrolment_ids).items():
            found.setdefault(key, []).extend(rows)
    return {key: sorted(rows, key=lambda one: one.number) for key, rows in found.items()}
