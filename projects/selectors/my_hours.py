"""What *Mes heures* shows to a coopérant."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q, QuerySet, Subquery, Sum

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from projects.enums import WorkState
from projects.models import Project, WeekDeclaration, WorkEntry
from projects.rules import Overwork, cross, days_of_week, overwork, sunday_of


@dataclass(frozen=True, slots=True)
class OwnDay:
    """One day of a person: what stands on it."""

    day: dt.date
    entries: list[WorkEntry]

    @property
    def minutes(self) -> int:
        return sum(entry.minutes for entry in self.entries)


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """Seven days of a person, what they struck out, and whether they called the week complete."""

    monday: dt.date
    days: list[OwnDay]
    withdrawn: list[WorkEntry]
    is_declared: bool

    @property
    def minutes(self) -> int:
        return sum(day.minutes for day in self.days)

    @property
    def sunday(self) -> dt.date:
        return sunday_of(self.monday)

    @property
    def entries(self) -> list[WorkEntry]:
        """Newest day first, as people look for what they just wrote."""
        return [entry for day in reversed(self.days) for entry in reversed(day.entries)]

    def day(self, day: dt.date) -> OwnDay:
        return self.days[day.weekday()]

    def crossing(self, entry: WorkEntry) -> list[WorkEntry]:
        """The hours of the same day that share a moment with these, where both say their time."""
        if entry.starts_at is None:
            return []
        span = (entry.starts_at, entry.minutes)
        return [
            other
            for other in self.day(entry.day).entries
            if other.pk != entry.pk
            and other.starts_at is not None
            and cross(span, (other.starts_at, other.minutes))
        ]

    def overwork(self, day: dt.date) -> list[Overwork]:
        """The warnings of that day and of the week; they never block."""
        return overwork(day_minutes=self.day(day).minutes, week_minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day worked before another one: what "comme hier" repeats."""

    day: dt.date
    entries: list[WorkEntry]

    @property
    def minutes(self) -> int:
        return sum(entry.minutes for entry in self.entries)


def own_enrolment(actor: Actor) -> Enrolment:
    """The enrolment of a coopérant's seat, with its cohort. One query."""
    found: Enrolment = (
        Enrolment.objects.visible_to(actor)
        .select_related("cohort", "person")
        .get(pk=actor.enrolment_id)
    )
    return found


def projects_of(cohort_id: int) -> list[Project]:
    """The lines of business of a cohort, by name. One query."""
    return list(Project.objects.of_cohort(cohort_id).order_by("name", "pk"))


def entries_in_sight(actor: Actor, keys: Iterable[int]) -> list[WorkEntry]:
    """Those of these hours that the seat may see. One query."""
    rows = WorkEntry.objects.visible_to(actor).filter(pk__in=list(keys))
    return list(rows.select_related("enrolment"))


def own_entry_of_key(enrolment_id: int, key: uuid.UUID) -> WorkEntry | None:
    """The entry a phone made with this key, whatever became of it since. One query."""
    rows = WorkEntry.objects.filter(enrolment_id=enrolment_id, client_uuid=key)
    found: WorkEntry | None = rows.select_related("project").first()
    return found


def own_week(enrolment_id: int, monday: dt.date) -> OwnWeek:
    """The week of one person, Monday to Sunday. Two queries."""
    rows = (
        WorkEntry.objects.filter(enrolment_id=enrolment_id)
        .between(monday, sunday_of(monday))
        .select_related("project", "confirmed_by", "questioned_by", "entered_by")
        .order_by("day", "pk")
    )
    standing = [row for row in rows if not (row.is_withdrawn or row.is_offered)]
    return OwnWeek(
        monday=monday,
        days=[
            OwnDay(day, [row for row in standing if row.day == day]) for day in days_of_week(monday)
        ],
        withdrawn=[row for row in rows if row.is_withdrawn],
        is_declared=WeekDeclaration.objects.filter(
            enrolment_id=enrolment_id, monday=monday
        ).exists(),
    )


def last_worked_day(enrolment_id: int, before: dt.date) -> LastDay | None:
    """The last day before `before` with hours that stand, and these hours. One query."""
    rows = WorkEntry.objects.standing().filter(enrolment_id=enrolment_id, day__lt=before)
    last = rows.order_by("-day", "-pk").values("day")[:1]
    found = list(rows.filter(day=Subquery(last)).select_related("project").order_by("pk"))
    return LastDay(found[0].day, found) if found else None


def last_work(enrolment_id: int) -> WorkEntry | None:
    """The work noted last, whatever its day: what the form proposes. One query."""
    rows = WorkEntry.objects.standing().filter(enrolment_id=enrolment_id)
    found: WorkEntry | None = rows.order_by("-created_at", "-pk").first()
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What others ask a person about their hours, oldest day first."""

    questions: list[WorkEntry]
    offers: list[WorkEntry]  # written by another: yes or no


def asked_of(enrolment_id: int) -> Asked:
    """The questions that wait for this person's answer, and the offers. One query."""
    rows = (
        WorkEntry.objects.filter(enrolment_id=enrolment_id, withdrawn_at__isnull=True)
        .filter(Q(state=WorkState.OFFERED) | ~Q(question=""))
        .exclude(state__in=[WorkState.CONFIRMED, WorkState.LOCKED])
        .select_related("questioned_by", "entered_by", "project")
        .order_by("day", "pk")
    )
    return Asked(
        questions=[row for row in rows if row.question],
        offers=[row for row in rows if row.is_offered],
    )


def awaiting_colleagues(enrolment: Enrolment) -> QuerySet[WorkEntry]:
    """Hours of the others of the same cohort that nobody confirmed yet, without an open question."""
    found: QuerySet[WorkEntry] = (
        WorkEntry.objects.of_cohort(enrolment.cohort_id)
        .awaiting()
        .filter(question="")
        .exclude(enrolment__person_id=enrolment.person_id)
        .exclude(entered_by_id=enrolment.person_id)
    )
    return found


@dataclass(frozen=True, slots=True)
class DayToConfirm:
    """The colleagues' hours of one day that wait."""

    day: dt.date
    entries: list[WorkEntry]


def days_to_confirm(enrolment: Enrolment, *, at_most: int = 200) -> list[DayToConfirm]:
    """The hours that wait, newest day first, by name within a day. One query."""
    rows = (
        awaiting_colleagues(enrolment)
        .select_related("enrolment__person", "project")
        .order_by("-day", "enrolment__person__first_name", "pk")[:at_most]
    )
    return [DayToConfirm(day, list(found)) for day, found in groupby(rows, key=lambda row: row.day)]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much of the colleagues' work waits for a confirmation."""

    people: int
    entries: int
    minutes: int


def waiting_for_me(enrolment: Enrolment) -> Waiting:
    """Count what `awaiting_colleagues` holds. One query."""
    row = (
        awaiting_colleagues(enrolment)
        .order_by()
        .aggregate(
            people=Count("enrolment_id", distinct=True), entries=Count("pk"), minutes=Sum("minutes")
        )
    )
    return Waiting(row["people"], row["entries"], row["minutes"] or 0)
