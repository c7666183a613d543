"""What an hour became once it was paid. Pay stands to the right and answers through this registry."""

from collections.abc import Callable
from dataclasses import dataclass

from projects.models import WorkEntry


@dataclass(frozen=True, slots=True)
class HourWorth:
    """A sentence in euros, and the page that shows the whole reckoning."""

    sentence: str
    url: str


Teller = Callable[[WorkEntry], HourWorth | None]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    if teller not in _tellers:
        _tellers.append(teller)


def worth_of(entry: WorkEntry) -> HourWorth | None:
    """The first answer, or None while nobody has paid these minutes."""
    return next((worth for teller in _tellers if (worth := teller(entry)) is not None), None)
