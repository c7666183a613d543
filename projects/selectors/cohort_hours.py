"""The hours of a cohort, week by week: what a coordinator sees and what a split must know."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, Sum

from cohorts.enums import EnrolmentState
from cohorts.models import Enrolment
from projects.enums import WorkState
from projects.models import WeekDeclaration, WorkEntry
from projects.rules import days_of_week, monday_of, mondays_between, sunday_of

AWAITING = (WorkState.OPEN, WorkState.DECLARED)


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """One person's line of a week: minutes of each day, what waits, what was said."""

    enrolment: Enrolment
    minutes_by_day: list[int]
    awaiting: list[WorkEntry]  # may be confirmed: no question waits
    questioned: list[WorkEntry]
    is_declared: bool
    begun: bool

    @property
    def minutes(self) -> int:
        return sum(self.minutes_by_day)

    @property
    def awaiting_minutes(self) -> int:
        return sum(entry.minutes for entry in self.awaiting)

    @property
    def is_in_doubt(self) -> bool:
        """Neither hours nor a word: zero, or forgotten?"""
        return self.begun and not self.minutes and not self.is_declared


@dataclass(frozen=True, slots=True)
class CohortWeek:
    """Everybody's week, with its totals."""

    monday: dt.date
    days: list[dt.date]
    people: list[PersonWeek]

    @property
    def sunday(self) -> dt.date:
        return sunday_of(self.monday)

    @property
    def minutes_by_day(self) -> list[int]:
        return [sum(row.minutes_by_day[day] for row in self.people) for day in range(7)]

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.people)

    @property
    def awaiting(self) -> list[WorkEntry]:
        return [entry for row in self.people for entry in row.awaiting]

    @property
    def awaiting_minutes(self) -> int:
        return sum(row.awaiting_minutes for row in self.people)

    @property
    def questioned(self) -> list[WorkEntry]:
        return [entry for row in self.people for entry in row.questioned]

    @property
    def declared(self) -> int:
        return sum(row.is_declared for row in self.people)

    @property
    def in_doubt(self) -> list[PersonWeek]:
        return [row for row in self.people if row.is_in_doubt]

    @property
    def is_complete(self) -> bool:
        """Everybody said so, and nothing waits: this week can be shared out."""
        return (
            bool(self.people)
            and self.declared == len(self.people)
            and not self.awaiting
            and not self.questioned
        )


@dataclass(frozen=True, slots=True)
class WeekStatus:
    """Where one person stands in one week, for lists that span several weeks."""

    enrolment_id: int
    monday: dt.date
    minutes: int
    awaiting_minutes: int
    is_declared: bool

    @property
    def is_in_doubt(self) -> bool:
        return not self.minutes and not self.is_declared


def cohort_week(cohort_id: int, monday: dt.date, *, today: dt.date) -> CohortWeek:
    """Everybody active, and who left with hours in that week. Three queries."""
    days = days_of_week(monday)
    entries: dict[int, list[WorkEntry]] = defaultdict(list)
    for entry in (
        WorkEntry.objects.of_cohort(cohort_id)
        .standing()
        .between(monday, days[-1])
        .select_related("project", "confirmed_by", "questioned_by", "enrolment__person")
        .order_by("day", "pk")
    ):
        entries[entry.enrolment_id].append(entry)
    declared = set(
        WeekDeclaration.objects.of_cohort(cohort_id)
        .filter(monday=monday)
        .values_list("enrolment_id", flat=True)
    )
    people = (
        Enrolment.objects.of_cohort(cohort_id)
        .filter(Q(state=EnrolmentState.ACTIVE) | Q(pk__in=[*entries, *declared]))
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )
    return CohortWeek(
        monday=monday,
        days=days,
        people=[
            _line(one, entries[one.pk], days, one.pk in declared, monday <= today) for one in people
        ],
    )


def _line(
    enrolment: Enrolment, rows: list[WorkEntry], days: list[dt.date], declared: bool, begun: bool
) -> PersonWeek:
    waiting = [row for row in rows if row.state in AWAITING]
    return PersonWeek(
        enrolment=enrolment,
        minutes_by_day=[sum(row.minutes for row in rows if row.day == day) for day in days],
        awaiting=[row for row in waiting if not row.question],
        questioned=[row for row in waiting if row.question],
        is_declared=declared,
        begun=begun,
    )


def person_entries(enrolment_id: int, monday: dt.date) -> list[WorkEntry]:
    """A person's week with the history of each entry, struck out ones included. Two queries."""
    rows = WorkEntry.objects.filter(enrolment_id=enrolment_id).between(monday, sunday_of(monday))
    return list(rows.for_page().order_by("day", "pk"))


def is_week_declared(enrolment_id: int, monday: dt.date) -> bool:
    """One query."""
    return WeekDeclaration.objects.filter(enrolment_id=enrolment_id, monday=monday).exists()


def weeks_of_cohort(cohort_id: int, first: dt.date, last: dt.date) -> list[WeekStatus]:
    """Each active person in each week from `first` to `last` (both included). Three queries."""
    people = list(
        Enrolment.objects.of_cohort(cohort_id).active().order_by("pk").values_list("pk", flat=True)
    )
    noted: dict[tuple[int, dt.date], int] = defaultdict(int)
    waiting: dict[tuple[int, dt.date], int] = defaultdict(int)
    for enrolment_id, day, state, total in (
        WorkEntry.objects.of_cohort(cohort_id)
        .standing()
        .between(monday_of(first), sunday_of(last))
        .order_by()
        .values_list("enrolment_id", "day", "state")
        .annotate(total=Sum("minutes"))
    ):
        key = (enrolment_id, monday_of(day))
        noted[key] += total
        waiting[key] += total if state in AWAITING else 0
    said = set(
        WeekDeclaration.objects.of_cohort(cohort_id)
        .filter(monday__gte=monday_of(first), monday__lte=last)
        .values_list("enrolment_id", "monday")
    )
    return [
        WeekStatus(one, monday, noted[one, monday], waiting[one, monday], (one, monday) in said)
        for monday in mondays_between(first, last)
        for one in people
    ]


def weeks_in_doubt(cohort_id: int, first: dt.date, last: dt.date) -> list[WeekStatus]:
    """Who neither noted nor declared anything, week by week: zero, or forgotten? Three queries."""
    return [week for week in weeks_of_cohort(cohort_id, first, last) if week.is_in_doubt]
