"""What waits in cohorts: a registry. Each app says what it knows, one query counts it all.

A source names the rows that wait, of every cohort. They are counted by cohort in one UNION, so that
the board of one cohort and the view of two hundred cost the same number of queries: one.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateField,
    F,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
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


Teller = Callable[[Pile, Cohort, dt.date], Line]


def _rows_of(among: Any) -> Any:
    return Count("pk")


@dataclass(frozen=True, slots=True)
class Source:
    """One sort of thing that waits.

    rows(today): the rows that wait, of any cohort. cohort: path to the id of their cohort. due: a
    date of each row, or None. by_day: one line for each day instead of one for all. tell(pile,
    cohort, today): the line. rank orders what has no deadline; is_deadline is False where `due` only
    names a month. count(cohorts): how many wait, of the cohorts asked about (see piles_of).
    some(today): where the rows of a cohort come by hundreds, those of which one is enough to say that
    something waits; never with `due`.
    """

    code: str
    rank: int
    rows: Rows
    tell: Teller
    cohort: str = "enrolment__cohort_id"
    due: Callable[[dt.date], Combinable] | str | None = None
    by_day: bool = False
    is_deadline: bool = True
    count: Callable[[Any], Any] = _rows_of
    amount: Any = None
    some: Rows | None = None

    def __post_init__(self) -> None:
        if self.some is not None and self.due is not None:
            raise ValueError(f"{self.code}: the nearest deadline is not that of any one row")


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.code] = source


def waiting_of(cohorts: Iterable[Cohort], today: dt.date) -> dict[int, list[Line]]:
    """For each cohort, by its id, the lines that wait: the nearest deadline first. One query."""
    known = {cohort.pk: cohort for cohort in cohorts}
    piles = piles_of(list(known), today) if known else {}
    return {
        key: [line_of(pile, cohort, today) for pile in piles.get(key, [])]
        for key, cohort in known.items()
    }


def piles_of(
    among: Any, today: dt.date, *, in_brief: bool = False, without: str = ""
) -> dict[int, list[Pile]]:
    """The same, counted and not yet told: for a list of hundreds that tells a few. One query.

    `among`: ids of cohorts, or a queryset of them where there are too many to name one by one; None
    counts every cohort there is, for who looks its own up in the answer.
    `in_brief`: as many piles with the same deadlines, but what is counted by hundreds (see
    `Source.some`) counts one: for lists of thousands, which tell only what has a deadline. `without`:
    the code of a source that the caller counts for a column of its own.
    """
    found: dict[int, list[Pile]] = {}
    for pile in _piles(among, today, in_brief, without):
        if pile.count > 0:
            found.setdefault(pile.cohort_id, []).append(pile)
    for piles in found.values():
        piles.sort(key=_pressing)
    return found


def line_of(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    return _sources[pile.code].tell(pile, cohort, today)


def _pressing(pile: Pile) -> Any:
    source = _sources[pile.code]
    day = pile.due_on if source.is_deadline else None
    return (day or dt.date.max, source.rank, pile.first_id)


def deadline_of(pile: Pile) -> dt.date | None:
    """Its nearest deadline; a date that only names a month is none."""
    return pile.due_on if _sources[pile.code].is_deadline else None


def _piles(keys: Any, today: dt.date, in_brief: bool, without: str) -> list[Pile]:
    parts = [
        _found(source, source.some, keys, today)
        if in_brief and source.some is not None
        else _counted(source, keys, today)
        for source in _sources.values()
        if source.code != without
    ]
    if not parts:
        return []
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return [Pile(*row) for row in rows]


def _counted(source: Source, keys: Any, today: dt.date) -> QuerySet[Any]:
    """(code, cohort, count, amount, first id, due day) of one source. No query yet."""
    due = source.due(today) if callable(source.due) else source.due
    day: Any = F(due) if isinstance(due, str) else due
    rows = source.rows(today).order_by()
    if keys is not None:
        rows = rows.filter(**{f"{source.cohort}__in": keys})
    none = Cast(Value(None), DateField())
    grouped = {"w_code": Value(source.code, CharField()), "w_cohort": F(source.cohort)}
    if source.by_day and day is not None:
        grouped["w_due"] = Cast(day, DateField())
    rows = rows.annotate(**grouped).values(*grouped)
    totals = {
        "w_count": source.count(keys),
        "w_amount": Cast(
            source.amount if source.amount is not None else Value(0), BigIntegerField()
        ),
        "w_first": Min("pk"),
    }
    if "w_due" not in grouped:
        totals["w_due"] = Min(Cast(day, DateField())) if day is not None else none
    found: QuerySet[Any] = rows.annotate(**totals).values_list(
        "w_code", "w_cohort", "w_count", "w_amount", "w_first", "w_due"
    )
    return found


def _found(source: Source, some: Rows, keys: Any, today: dt.date) -> QuerySet[Any]:
    """The same columns, one row for each cohort that has any: its rows are not read further. No query yet.

    Asked cohort by cohort, as the first of an index: PostgreSQL would read millions of rows at once.
    """
    rows = some(today).filter(**{source.cohort: OuterRef("pk")}).order_by()
    first = rows.values(w_one=Value(1))[:1]
    cohorts = Cohort.objects.order_by()
    if keys is not None:
        cohorts = cohorts.filter(pk__in=keys)
    found: QuerySet[Any] = (
        cohorts.alias(w_some=Subquery(first))
        .filter(w_some__isnull=False)
        .annotate(
            w_code=Value(source.code, CharField()),
            w_cohort=F("pk"),
            w_count=Value(1),
            w_amount=Cast(Value(0), BigIntegerField()),
            w_first=Cast(Value(0), BigIntegerField()),
            w_due=Cast(Value(None), DateField()),
        )
        .values_list("w_code", "w_cohort", "w_count", "w_amount", "w_first", "w_due")
    )
    return found


def total(path: str, **more: Any) -> Cast:
    """The sum of a column of the rows, for `Source.amount`."""
    return Cast(Sum(path, **more), BigIntegerField())


def people(among: Any) -> Count:
    """How many people the rows are of, for `Source.count`."""
    return Count("enrolment", distinct=True)


def door(name: str, pile: Pile, **more: Any) -> str:
    """The address of a page of that cohort."""
    return reverse(name, kwargs={"cohort_id": pile.cohort_id, **more})
