"""The days of a cohort on its board, read together: phases, decisions, and what comes next."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    CharField,
    DateField,
    F,
    IntegerField,
    Max,
    Min,
    QuerySet,
    TimeField,
    Value,
)
from django.db.models.functions import Cast, Concat, TruncDate, TruncTime
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.enums import PhaseKind
from cohorts.enums.sessions import SESSION_ICONS, SessionKind
from cohorts.models import Cohort, Phase, Session
from ct_platform.kit import clock
from ct_platform.kit.clock import civil_day
from ct_platform.kit.templatetags.words import hour_fr
from ct_platform.kit.timeline import Milestone
from decisions.enums import AssemblyState
from decisions.models import Assembly, Outcome, Poll

SESSIONS, SHOWN = 4, 8
HORIZON = dt.timedelta(days=28)
# Before the kind of a session: one of the kinds is called as our assemblies are.
_SESSION = "session:"
_COLUMNS = ("d_code", "d_key", "d_title", "d_place", "d_on", "d_until", "d_from", "d_to")


@dataclass(frozen=True, slots=True)
class Dated:
    """One row of the days. `key`: a primary key, or the number of a decision."""

    code: str
    key: int
    title: str
    place: str
    on: dt.date
    until: dt.date | None
    starts: dt.time | None
    ends: dt.time | None

    @property
    def hours(self) -> str:
        said = [hour_fr(one) for one in (self.starts, self.ends) if one is not None]
        return " – ".join(said)


@dataclass(frozen=True, slots=True)
class Coming:
    on: dt.date
    title: str
    text: str
    icon: str
    url: str = ""


def dated(cohort: Cohort, today: dt.date) -> list[Dated]:
    """Phases and decisions of the whole cohort, sessions of four weeks, assemblies convened. One query."""
    sessions = (
        Session.objects.of_cohort(cohort.pk)
        .planned()
        .between(today, today + HORIZON)
        .annotate(begins=Min("slots__starts"), stops=Max("slots__ends"))
    )
    rows = _shaped(
        "phase", Phase.objects.filter(cohort=cohort), title=F("kind"), on=F("starts_on"),
        until=F("ends_on"),
    ).union(
        _shaped(
            "session", sessions, title=F("title"), place=F("place"), on=F("day"), starts=F("begins"),
            ends=F("stops"), kind=F("kind"),
        ),
        _shaped(
            "assembly",
            Assembly.objects.of_cohort(cohort.pk).filter(state=AssemblyState.CONVENED),
            place=F("place"), on=TruncDate("starts_at", tzinfo=clock.PARIS),
            starts=TruncTime("starts_at", tzinfo=clock.PARIS),
        ),
        _shaped(
            "outcome", Outcome.objects.of_cohort(cohort.pk), key=F("number"),
            on=TruncDate("decided_at", tzinfo=clock.PARIS),
        ),
        all=True,
    )  # fmt: skip
    return sorted(
        (Dated(*row) for row in rows), key=lambda one: (one.on, one.starts or dt.time(), one.key)
    )


def _shaped(code: str, rows: QuerySet[Any], *, on: Any, **more: Any) -> QuerySet[Any]:
    """Rows of one sort, in the columns of Dated. A session carries its kind after its code."""

    def cell(name: str, field: Any) -> Any:
        return Cast(more.get(name, Value(None)), field)

    kind = more.get("kind")
    named: Any = Value(code, CharField())
    if kind is not None:
        named = Concat(Value(_SESSION), kind, output_field=CharField())
    found: QuerySet[Any] = (
        rows.order_by()
        .annotate(
            d_code=named,
            d_key=Cast(more.get("key", F("pk")), IntegerField()),
            d_title=Cast(more.get("title", Value("")), CharField()),
            d_place=Cast(more.get("place", Value("")), CharField()),
            d_on=Cast(on, DateField()),
            d_until=cell("until", DateField()),
            d_from=cell("starts", TimeField()),
            d_to=cell("ends", TimeField()),
        )
        .values_list(*_COLUMNS)
    )
    return found


def milestones(days: Iterable[Dated]) -> list[Milestone]:
    return [
        Milestone(_("Décision %(number)s") % {"number": one.key}, one.on)
        for one in days
        if one.code == "outcome"
    ]


def coming_dates(
    cohort: Cohort, days: list[Dated], polls: list[Poll], today: dt.date
) -> list[Coming]:
    """The next days that count, the nearest first. No query."""

    def at(name: str, **more: Any) -> str:
        return reverse(name, kwargs={"cohort_id": cohort.pk, **more})

    found: list[Coming] = []
    sessions = [one for one in days if one.code.startswith(_SESSION)]
    for one in sessions[:SESSIONS]:
        url = at("cohorts:session", session_id=one.key)
        icon = SESSION_ICONS[SessionKind(one.code.removeprefix(_SESSION))]
        found.append(Coming(one.on, one.title, _said(one), icon, url))
    for one in days:
        if one.code == "assembly":
            url = reverse("decisions:assembly", args=[one.key])
            found.append(Coming(one.on, _("Assemblée"), _said(one), "urne", url))
        elif one.code == "phase" and one.until is not None:
            name = str(PhaseKind(one.title).label)
            found.append(Coming(one.on, _("Début"), name, "calendrier"))
            found.append(Coming(one.until, _("Fin"), name, "calendrier"))
    for poll in polls:
        url = at("decisions:poll_of_cohort", poll_id=poll.pk)
        found.append(
            Coming(civil_day(poll.closes_at), _("Fin du vote"), poll.proposal.title, "urne", url)
        )
    found.append(Coming(cohort.ends_on, _("Dernier jour de la cohorte"), "", "calendrier"))
    return sorted((one for one in found if one.on >= today), key=lambda one: one.on)[:SHOWN]


def _said(one: Dated) -> str:
    return ", ".join(part for part in (one.hours, one.place) if part)
