"""Registry behind `check_consistency`: each app registers what must always be true of its rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Check = Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Invariant:
    """`code` names it, `sentence` says it; `check` yields one French sentence per breach."""

    code: str
    sentence: str
    check: Check


_registry: dict[str, Invariant] = {}


def register(invariant: Invariant) -> None:
    if invariant.code in _registry:
        raise ValueError(f"invariant {invariant.code} is registered twice")
    _registry[invariant.code] = invariant


def all_invariants() -> list[Invariant]:
    return [_registry[code] for code in sorted(_registry)]
