"""What waits in cohorts: a registry. Each app says what it knows, one query counts it all.

A source names the rows that wait, of every cohort. They are counted by cohort in one UNION, so that
the board of one cohort and the view of two hundred cost the same number of queries: one.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateField,
    F,
    Min,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.urls import reverse

from cohorts.models import Cohort

Rows = Callable[[dt.date], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Pile:
    """What one source counted in one cohort. `due_on`: the nearest deadline, None when there is none."""

    code: str
    cohort_id: int
    count: int
    amount: int  # what `Source.amount` adds up: minutes, people of a whole
    first_id: int
    due_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of "Ce qui vous attend". `law`: the text that asks it, or the reason when none does.

    `state` says the moment in words where no day is known ("Avant la paie").
    """

    icon: str
    title: str
    text: str
    url: str
    law: str = ""
    due_on: dt.date | None = None
    state: str = ""
    tone: str = ""
    by_host: bool = False  # the host acts, the coordinator follows


Teller = Callable[[Pile, Cohort, dt.date], Line | None]


@dataclass(frozen=True, slots=True)
class Source:
    """One sort of thing that waits.

    rows(today): the rows that wait, of any cohort. cohort: path to the id of their cohort. due: a
    date of each row, or None. by_day: one line for each day instead of one for all. tell(pile,
    cohort, today): the line, or None when it is nothing to say. rank orders what has no deadline.
    """

    code: str
    rank: int
    rows: Rows
    tell: Teller
    cohort: str = "enrolment__cohort_id"
    due: Callable[[dt.date], Combinable] | str | None = None
    by_day: bool = False
    count: Any = field(default_factory=lambda: Count("pk"))
    amount: Any = None


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.code] = source


def waiting_of(
    cohorts: Iterable[Cohort], today: dt.date, *, among: QuerySet[Any] | None = None
) -> dict[int, list[Line]]:
    """For each cohort, by its id, the lines that wait: the nearest deadline first. One query.

    `among`: where these cohorts come from, for lists too long to be named one by one.
    """
    known = {cohort.pk: cohort for cohort in cohorts}
    found: dict[int, list[tuple[Any, Line]]] = {key: [] for key in known}
    if not known:
        return {}
    keys = list(known) if among is None else among.order_by().values("pk")
    for pile in _piles(keys, today):
        if pile.count < 1 or pile.cohort_id not in known:
            continue
        source = _sources[pile.code]
        line = source.tell(pile, known[pile.cohort_id], today)
        if line is not None:
            order = (line.due_on or dt.date.max, source.rank, pile.first_id)
            found[pile.cohort_id].append((order, line))
    return {
        key: [line for _order, line in sorted(lines, key=lambda one: one[0])]
        for key, lines in found.items()
    }


def _piles(keys: Any, today: dt.date) -> list[Pile]:
    parts = [_counted(source, keys, today) for source in _sources.values()]
    if not parts:
        return []
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return [Pile(*row) for row in rows]


def _counted(source: Source, keys: Any, today: dt.date) -> QuerySet[Any]:
    """(code, cohort, count, amount, first id, due day) of one source. No query yet."""
    due = source.due(today) if callable(source.due) else source.due
    day: Any = F(due) if isinstance(due, str) else due
    rows = source.rows(today).filter(**{f"{source.cohort}__in": keys}).order_by()
    none = Cast(Value(None), DateField())
    grouped = {"w_code": Value(source.code, CharField()), "w_cohort": F(source.cohort)}
    if source.by_day and day is not None:
        grouped["w_due"] = Cast(day, DateField())
    rows = rows.annotate(**grouped).values(*grouped)
    totals = {
        "w_count": source.count,
        "w_amount": Cast(
            source.amount if source.amount is not None else Value(0), BigIntegerField()
        ),
        "w_first": Min("pk"),
    }
    if "w_due" not in grouped:
        totals["w_due"] = Min(Cast(day, DateField())) if day is not None else none
    return rows.annotate(**totals).values_list(
        "w_code", "w_cohort", "w_count", "w_amount", "w_first", "w_due"
    )


def total(path: str, **more: Any) -> Cast:
    """The sum of a column of the rows, for `Source.amount`."""
    return Cast(Sum(path, **more), BigIntegerField())


def door(name: str, pile: Pile, **more: Any) -> str:
    """The address of a page of that cohort."""
    return reverse(name, kwargs={"cohort_id": pile.cohort_id, **more})
