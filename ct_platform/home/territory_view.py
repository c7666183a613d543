"""All the cohorts of a seat on one table: where each stands, what waits, the nearest deadline.

For the coordination of a territory and for the network. Figures about groups: nobody's name.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import Cohort
from cohorts.rules.completeness import is_alarming
from cohorts.selectors.completeness import has_complete_file, participants
from cohorts.selectors.waiting import FILES
from cohorts.waiting import Line, Pile, deadline_of, line_of, piles_of
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import format_minutes, monday_of
from ct_platform.kit.components import Fact
from members.rules import fold
from projects.models import WorkEntry

PER_PAGE = 50
# How a list is counted by its length: see _among.
NAMED_ONE_BY_ONE, COUNTED_WITH_ALL = 100, 500
EVERY, LIVE = "toutes", ""
_SIGNS = {
    CohortState.RUNNING: ("ok", "groupe"),
    CohortState.ARCHIVED: ("wait", "cadenas"),
}


@dataclass(frozen=True, slots=True)
class People:
    """`active`: there today. `complete`: whose entry file is, of all who took part."""

    active: int = 0
    participants: int = 0
    complete: int = 0

    @property
    def percent(self) -> int | None:
        """Of complete files, rounded down: never shown as whole while one is missing."""
        return 100 * self.complete // self.participants if self.participants else None

    @property
    def is_alarming(self) -> bool:
        return is_alarming(self.participants - self.complete, self.participants)


@dataclass(frozen=True, slots=True)
class Standing:
    """What sorts and sums a cohort of the list, shown or not: thousands of them, so little of each."""

    key: int
    name: str
    starts_on: dt.date
    ends_on: dt.date
    people: People
    minutes: int
    waiting: int
    nearest: Pile | None
    is_late: bool

    @property
    def due_on(self) -> dt.date | None:
        return self.nearest.due_on if self.nearest else None


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One line of the page. `next`: what has the nearest deadline."""

    cohort: Cohort
    people: int
    minutes: int
    waiting: int
    due_on: dt.date | None
    is_late: bool
    participants: int
    percent: int | None  # of complete files
    is_alarming: bool
    next: Line | None

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


def _by_files(one: Standing) -> int:
    return 101 if one.people.percent is None else one.people.percent


ORDERS: dict[str, tuple[Any, Callable[[Standing], Any]]] = {
    "urgent": (
        gettext_lazy("ce qui presse d’abord"),
        lambda one: (one.due_on or dt.date.max, -one.waiting),
    ),
    "nom": (gettext_lazy("nom"), lambda one: fold(one.name)),
    "debut": (gettext_lazy("les plus récentes"), lambda one: -one.starts_on.toordinal()),
    "fin": (gettext_lazy("bientôt finies"), lambda one: one.ends_on),
    "personnes": (gettext_lazy("coopérants"), lambda one: -one.people.active),
    "dossiers": (gettext_lazy("dossiers les moins complets"), _by_files),
    "heures": (gettext_lazy("heures de la semaine"), lambda one: -one.minutes),
    "attente": (gettext_lazy("ce qui attend"), lambda one: -one.waiting),
}


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
    """The table, filtered, sorted and cut in pages of fifty. Five queries, whatever their number.

    The whole list is only counted, for the order and the sums; cohorts and the line that presses are
    read for the page.
    """
    wanted = Wanted.read(asked)
    asked_for = _asked_for(actor, wanted)
    every = [one for one in _standings(asked_for, wanted.words, today) if _shows(one, wanted)]
    value = ORDERS[wanted.order][1]
    every.sort(key=lambda one: (value(one), one.name, one.key))
    page = Paginator(every, PER_PAGE).get_page(number)
    page.object_list = _rows(page.object_list, today)
    return TerritoryView(
        wanted=wanted,
        page=page,
        facts=_totals(every),
        is_empty=not every and not Cohort.objects.visible_to(actor).exists(),
        states=[
            (LIVE, _("toutes sauf archivées")),
            *((value, str(label)) for value, label in CohortState.choices),
            (EVERY, _("toutes")),
        ],
        orders=[(code, str(label)) for code, (label, _key) in ORDERS.items()],
    )


def _asked_for(actor: Actor, wanted: Wanted) -> QuerySet[Any]:
    """The cohorts of the state asked for."""
    mine: QuerySet[Any] = Cohort.objects.visible_to(actor)
    if wanted.state == EVERY:
        return mine
    if wanted.state == LIVE:
        return mine.exclude(state=CohortState.ARCHIVED)
    return mine.filter(state=wanted.state)


def _shows(one: Standing, wanted: Wanted) -> bool:
    return one.waiting > 0 or not wanted.only_waiting


def _standings(asked_for: QuerySet[Any], asked: str, today: dt.date) -> list[Standing]:
    """Every cohort that bears these words, counted. Four queries at most."""
    words = fold(asked).split()
    columns = ("pk", "name", "starts_on", "ends_on", "territory__name", "host__name")
    found = [
        (key, name, first, last)
        for key, name, first, last, *around in asked_for.order_by("pk").values_list(*columns)
        if not words or _bears(" ".join((name, *around)), words)
    ]
    if not found:
        return []
    among = _among(asked_for, [key for key, *_rest in found])
    people, minutes = _people_of(among), _minutes_of(among, today)
    piles = piles_of(among, today, in_brief=True, without=FILES)
    return [
        _standing(
            one, people.get(one[0], People()), minutes.get(one[0], 0), piles.get(one[0], []), today
        )
        for one in found
    ]


def _among(asked_for: QuerySet[Any], keys: list[int]) -> Any:
    """Which cohorts to count: one by one, as they were asked for, or None, all there are.

    Past some hundreds, choosing costs more than counting the others too; only what was found in scope
    is looked up in the answer.
    """
    if len(keys) <= NAMED_ONE_BY_ONE:
        return keys
    return asked_for.order_by().values("pk") if len(keys) < COUNTED_WITH_ALL else None


def _in(among: Any, path: str) -> Q:
    return Q() if among is None else Q(**{f"{path}__in": among})


def _bears(text: str, words: Iterable[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def _standing(
    cohort: tuple[int, str, dt.date, dt.date],
    people: People,
    minutes: int,
    piles: list[Pile],
    today: dt.date,
) -> Standing:
    nearest = next((one for one in piles if deadline_of(one) is not None), None)
    late = nearest is not None and nearest.due_on is not None and nearest.due_on < today
    # Incomplete files are one thing that waits, and have no deadline.
    waiting = len(piles) + (people.complete < people.participants)
    return Standing(*cohort, people, minutes, waiting, nearest, late)


def _people_of(among: Any) -> dict[int, People]:
    """Files are judged once, here, for their column and as what waits. One query."""
    rows = participants().filter(_in(among, "cohort")).order_by().values_list("cohort_id")
    counted = rows.annotate(
        active=Count("pk", filter=Q(state=EnrolmentState.ACTIVE)),
        all=Count("pk"),
        complete=Count("pk", filter=has_complete_file(among)),
    )
    return {key: People(*numbers) for key, *numbers in counted}


def _minutes_of(among: Any, today: dt.date) -> dict[int, int]:
    """Of the week. One query."""
    monday = monday_of(today)
    return dict(
        WorkEntry.objects.standing()
        .between(monday, monday + dt.timedelta(days=6))
        .filter(_in(among, "enrolment__cohort"))
        .order_by()
        .values_list("enrolment__cohort_id")
        .annotate(minutes=Sum("minutes"))
    )


def _rows(shown: Iterable[Standing], today: dt.date) -> list[CohortRow]:
    """One query."""
    lines = list(shown)
    cohorts = Cohort.objects.select_related("territory", "host").in_bulk([one.key for one in lines])
    return [_row(one, cohorts[one.key], today) for one in lines]


def _row(one: Standing, cohort: Cohort, today: dt.date) -> CohortRow:
    return CohortRow(
        cohort=cohort,
        people=one.people.active,
        minutes=one.minutes,
        waiting=one.waiting,
        due_on=one.due_on,
        is_late=one.is_late,
        participants=one.people.participants,
        percent=one.people.percent,
        is_alarming=one.people.is_alarming,
        next=line_of(one.nearest, cohort, today) if one.nearest else None,
    )


def _totals(every: list[Standing]) -> list[Fact]:
    late = sum(one.is_late for one in every)
    return [
        Fact(_("Cohortes"), str(len(every)), _("dans cette liste")),
        Fact(_("Coopérants"), str(sum(one.people.active for one in every)), _("présents aujourd’hui")),
        Fact(_("Heures"), format_minutes(sum(one.minutes for one in every)), _("notées cette semaine")),
        Fact(_("En attente"), str(sum(one.waiting for one in every)), _("choses à faire")),
        Fact(_("En retard"), str(late), _("cohortes dont une échéance est passée")),
    ]  # fmt: skip
