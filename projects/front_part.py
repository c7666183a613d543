"""On the public page of a cohort: its trades, by the words of the group. Names of activities stay inside."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cohorts import front
from projects.models import Project


@dataclass(frozen=True, slots=True)
class PublicTrade:
    code: str
    word: str


def trades_of(cohorts: Sequence[int]) -> dict[int, list[PublicTrade]]:
    """Trades by cohort, each once, in the order of the weave. One query."""
    found: dict[int, list[PublicTrade]] = {}
    for project in Project.objects.filter(cohort__in=cohorts).order_by("trade", "pk"):
        trade = PublicTrade(project.trade, project.trade_word)
        seen = found.setdefault(project.cohort_id, [])
        if trade not in seen:
            seen.append(trade)
    return found


def _read(cohorts: Sequence[int], day: dt.date) -> front.Shown | None:
    several = [trade for one in trades_of(cohorts).values() for trade in one]
    once = list(dict.fromkeys(several))
    return front.Shown("projects/_front.html", once) if once else None


def register() -> None:
    front.register(front.Part("trades", 10, _read))
