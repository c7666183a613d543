"""Who gave no sign for a week. Care, not surveillance: dates only, read by the coordinators alone.

No trace of a secret vote is read, nor of a vote that is not over: taking part in one is nobody's to
know while it is open, and the roll keeps no time (decisions/README.md).
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import DateTimeField, Max, Min, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.models import AttendanceSignature, Cohort, Enrolment
from ct_platform.kit.clock import civil_day, format_day
from decisions.enums import PollState, Secrecy
from decisions.models import Ballot
from projects.models import WorkEntry

QUIET_DAYS = 7


@dataclass(frozen=True, slots=True)
class Trace:
    """One sort of sign, and the last day it was given; None when it never was."""

    label: str
    on: dt.date | None

    @property
    def text(self) -> str:
        day = format_day(self.on, year=False) if self.on else _("jamais")
        return f"{self.label} : {day}".replace(" :", "\N{NO-BREAK SPACE}:")


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody active who gave no sign since `since` (None: never)."""

    enrolment: Enrolment
    since: dt.date | None
    traces: tuple[Trace, ...]
    has_account: bool


def with_last_signs(enrolments: QuerySet[Any]) -> QuerySet[Any]:
    """Enrolments with the last day or instant of each sort of sign. One query."""

    def last(rows: QuerySet[Any], path: str, column: str, **more: Any) -> Subquery:
        own = rows.filter(**{path: OuterRef("pk")}, **more).order_by().values(path)
        return Subquery(own.annotate(last=Max(column)).values("last"), **_kind(column))

    open_votes = Ballot.objects.filter(
        elector__poll__secrecy=Secrecy.OPEN, elector__poll__state=PollState.COUNTED
    )
    found: QuerySet[Any] = enrolments.select_related("person__user").annotate(
        entered_on=Min("contracts__starts_on"),
        last_hours=last(WorkEntry.objects.standing(), "enrolment", "day"),
        last_signature=last(AttendanceSignature.objects.all(), "enrolment", "at"),
        last_vote=last(open_votes, "elector__enrolment", "cast_at"),
    )
    return found


def _kind(column: str) -> dict[str, Any]:
    return {} if column == "day" else {"output_field": DateTimeField()}


def quiet_among(cohort: Cohort, enrolments: list[Any], today: dt.date) -> list[Quiet]:
    """Those of `enrolments` (from `with_last_signs`) silent for a week, the longest first. No query.

    Somebody who entered less than a week ago has had no time to give a sign; outside the running
    weeks of a cohort nobody is waited for.
    """
    if cohort.state != CohortState.RUNNING or today > cohort.ends_on:
        return []
    limit = today - dt.timedelta(days=QUIET_DAYS)
    found = []
    for one in enrolments:
        entered_on = max(one.entered_on or cohort.starts_on, cohort.starts_on)
        quiet = _quiet(one)
        if entered_on <= limit and (quiet.since is None or quiet.since <= limit):
            found.append(quiet)
    return sorted(found, key=lambda one: (one.since or dt.date.min, one.enrolment.pk))


def _quiet(one: Any) -> Quiet:
    user = one.person.user
    entered = user.last_login if user is not None else None
    traces = (
        Trace(_("Dernières heures"), one.last_hours),
        Trace(_("Dernière signature"), _day(one.last_signature)),
        Trace(_("Dernier vote non secret"), _day(one.last_vote)),
        Trace(_("Dernière entrée sur le site"), _day(entered)),
    )
    days = [trace.on for trace in traces if trace.on is not None]
    return Quiet(one, max(days, default=None), traces, user is not None)


def _day(instant: dt.datetime | None) -> dt.date | None:
    return civil_day(instant) if instant is not None else None
