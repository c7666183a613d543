"""What other rooms erase when its time is over, in the same nightly sweep (services.erasing)."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Protocol


class Eraser(Protocol):
    """How many were erased. Run twice, it erases nothing more."""

    def __call__(self, *, at: dt.datetime) -> int: ...


_erasers: dict[str, Eraser] = {}


def register(words: str, erase: Eraser) -> None:
    """`words`: what the command says was erased ("clients")."""
    _erasers[words] = erase


def all_erasers() -> Mapping[str, Callable[..., int]]:
    return dict(_erasers)
