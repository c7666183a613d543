"""All the cohorts of a seat on one table: where each stands, what waits, the nearest deadline.

For the coordination of a territory and for the network. Figures about groups: nobody's name.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import Cohort
from cohorts.rules.completeness import is_alarming
from cohorts.selectors.completeness import has_complete_file, participants
from cohorts.waiting import Line, Pile, deadline_of, line_of, piles_of
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import format_minutes, monday_of
from ct_platform.kit.components import Fact
from members.rules import fold
from projects.models import WorkEntry

PER_PAGE = 50
EVERY, LIVE = "toutes", ""
_SIGNS = {
    CohortState.RUNNING: ("ok", "groupe"),
    CohortState.ARCHIVED: ("wait", "cadenas"),
}


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One line. `files`: people whose entry file is complete, of `participants`."""

    cohort: Cohort
    people: int
    participants: int
    files: int
    minutes: int
    waiting: int
    nearest: Pile | None
    due_on: dt.date | None
    is_late: bool
    next: Line | None = None  # told for the lines of the page only

    @property
    def percent(self) -> int | None:
        """Of complete files, rounded down: never shown as whole while one is missing."""
        return 100 * self.files // self.participants if self.participants else None

    @property
    def is_alarming(self) -> bool:
        return is_alarming(self.participants - self.files, self.participants)

    @property
    def sign(self) -> tuple[str, str]:
        return _SIGNS.get(CohortState(self.cohort.state), ("warn", "horloge"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks: words of the name, a state, an order; anything else is passed over."""

    words: str = ""
    state: str = LIVE
    order: str = "urgent"
    only_waiting: bool = False

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Wanted":
        state, order = asked.get("etat", LIVE), asked.get("tri", "urgent")
        return cls(
            words=asked.get("q", "").strip()[:80],
            state=state if state in (*CohortState.values, EVERY) else LIVE,
            order=order if order in ORDERS else "urgent",
            only_waiting=asked.get("attente") == "oui",
        )


def _by_urgency(row: CohortRow) -> Any:
    return (row.due_on or dt.date.max, -row.waiting, row.cohort.name, row.cohort.pk)


def _by(value: Callable[[CohortRow], Any]) -> Callable[[CohortRow], Any]:
    return lambda row: (value(row), row.cohort.name, row.cohort.pk)


ORDERS: dict[str, tuple[Any, Callable[[CohortRow], Any]]] = {
    "urgent": (gettext_lazy("ce qui presse d’abord"), _by_urgency),
    "nom": (gettext_lazy("nom"), _by(lambda row: fold(row.cohort.name))),
    "debut": (gettext_lazy("les plus récentes"), _by(lambda row: -row.cohort.starts_on.toordinal())),
    "fin": (gettext_lazy("bientôt finies"), _by(lambda row: row.cohort.ends_on)),
    "personnes": (gettext_lazy("coopérants"), _by(lambda row: -row.people)),
    "dossiers": (
        gettext_lazy("dossiers les moins complets"),
        _by(lambda row: 101 if row.percent is None else row.percent),
    ),
    "heures": (gettext_lazy("heures de la semaine"), _by(lambda row: -row.minutes)),
    "attente": (gettext_lazy("ce qui attend"), _by(lambda row: -row.waiting)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TerritoryView:
    wanted: Wanted
    page: Page[Any]
    facts: list[Fact]
    is_empty: bool  # the seat has no cohort at all
    states: list[tuple[str, str]]
    orders: list[tuple[str, str]]


def territory_view(
    actor: Actor, asked: Mapping[str, str], today: dt.date, number: str | None
) -> TerritoryView:
    """The table, filtered, sorted and cut in pages of fifty. Four queries, whatever their number."""
    wanted = Wanted.read(asked)
    asked_for = _asked_for(actor, wanted)
    every = list(asked_for.select_related("territory", "host").order_by("name", "pk"))
    kept = _rows(asked_for, _named(every, wanted.words), today)
    rows = [row for row in kept if _shows(row, wanted)]
    rows.sort(key=ORDERS[wanted.order][1])
    page = Paginator(rows, PER_PAGE).get_page(number)
    page.object_list = [
        replace(row, next=line_of(row.nearest, row.cohort, today)) if row.nearest else row
        for row in page.object_list
    ]
    return TerritoryView(
        wanted=wanted,
        page=page,
        facts=_totals(rows),
        is_empty=not every and not Cohort.objects.visible_to(actor).exists(),
        states=[
            (LIVE, _("toutes sauf archivées")),
            *((value, str(label)) for value, label in CohortState.choices),
            (EVERY, _("toutes")),
        ],
        orders=[(code, str(label)) for code, (label, _key) in ORDERS.items()],
    )


def _asked_for(actor: Actor, wanted: Wanted) -> QuerySet[Any]:
    """The cohorts of the state asked for: a network's archives are many, and nobody waits in them."""
    mine: QuerySet[Any] = Cohort.objects.visible_to(actor)
    if wanted.state == EVERY:
        return mine
    if wanted.state == LIVE:
        return mine.exclude(state=CohortState.ARCHIVED)
    return mine.filter(state=wanted.state)


def _named(cohorts: list[Cohort], asked: str) -> list[Cohort]:
    words = fold(asked).split()
    return [
        one
        for one in cohorts
        if all(word in fold(f"{one.name} {one.territory.name} {one.host.name}") for word in words)
    ]


def _shows(row: CohortRow, wanted: Wanted) -> bool:
    return row.waiting > 0 or not wanted.only_waiting


def _rows(asked_for: QuerySet[Any], cohorts: list[Cohort], today: dt.date) -> list[CohortRow]:
    if not cohorts:
        return []
    keys = asked_for.order_by().values("pk")
    people = {
        cohort_id: counts
        for cohort_id, *counts in participants()
        .filter(cohort__in=keys)
        .order_by()
        .values_list("cohort_id")
        .annotate(
            active=Count("pk", filter=Q(state=EnrolmentState.ACTIVE)),
            all=Count("pk"),
            complete=Count("pk", filter=has_complete_file()),
        )
    }
    monday = monday_of(today)
    minutes = dict(
        WorkEntry.objects.standing()
        .between(monday, monday + dt.timedelta(days=6))
        .filter(enrolment__cohort__in=keys)
        .order_by()
        .values_list("enrolment__cohort_id")
        .annotate(minutes=Sum("minutes"))
    )
    piles = piles_of(keys, today)
    return [
        _row(
            one, people.get(one.pk, [0, 0, 0]), minutes.get(one.pk, 0), piles.get(one.pk, []), today
        )
        for one in cohorts
    ]


def _row(
    cohort: Cohort, people: list[int], minutes: int, piles: list[Pile], today: dt.date
) -> CohortRow:
    active, every, complete = people
    nearest = next((one for one in piles if deadline_of(one) is not None), None)
    due_on = nearest.due_on if nearest else None
    late = due_on is not None and due_on < today
    return CohortRow(cohort, active, every, complete, minutes, len(piles), nearest, due_on, late)


def _totals(rows: list[CohortRow]) -> list[Fact]:
    late = sum(row.is_late for row in rows)
    return [
        Fact(_("Cohortes"), str(len(rows)), _("dans cette liste")),
        Fact(_("Coopérants"), str(sum(row.people for row in rows)), _("présents aujourd’hui")),
        Fact(_("Heures"), format_minutes(sum(row.minutes for row in rows)), _("notées cette semaine")),
        Fact(_("En attente"), str(sum(row.waiting for row in rows)), _("choses à faire")),
        Fact(_("En retard"), str(late), _("cohortes dont une échéance est passée")),
    ]  # fmt: skip
