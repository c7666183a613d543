"""What the coordination's pages of hours need, gathered once."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from cohorts.models import Cohort, Enrolment
from projects import selectors
from projects.models import WorkEntry
from projects.rules import monday_of, mondays_between, nearest_day, sunday_of
from projects.selectors import CohortWeek


@dataclass(frozen=True, slots=True)
class CohortHoursPage:
    cohort: Cohort
    week: CohortWeek
    number: int  # "Semaine 12 sur 15"
    count: int
    here: str  # address of this week, to come back to
    before_url: str
    after_url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PersonHoursPage:
    cohort: Cohort
    enrolment: Enrolment
    monday: dt.date
    sunday: dt.date
    entries: list[WorkEntry]
    minutes: int
    is_declared: bool
    here: str
    back_url: str
    before_url: str
    after_url: str


def cohort_hours_page(cohort: Cohort, asked: dt.date | None, today: dt.date) -> CohortHoursPage:
    """The week of `asked` (or of today), brought back inside the cohort. Three queries."""
    monday = _monday(cohort, asked, today)
    mondays = list(mondays_between(cohort.starts_on, cohort.ends_on))
    url = reverse("projects:cohort_hours", args=[cohort.pk])
    before, after = _around(cohort, monday, today)
    return CohortHoursPage(
        cohort=cohort,
        week=selectors.cohort_week(cohort.pk, monday, today=today),
        number=mondays.index(monday) + 1,
        count=len(mondays),
        here=week_url(url, monday),
        before_url=week_url(url, before) if before else "",
        after_url=week_url(url, after) if after else "",
        is_current=monday == monday_of(today),
    )


def person_hours_page(
    cohort: Cohort, enrolment: Enrolment, asked: dt.date | None, today: dt.date
) -> PersonHoursPage:
    """One person's week, struck out entries included, each with its history. Three queries."""
    monday = _monday(cohort, asked, today)
    entries = selectors.person_entries(enrolment.pk, monday)
    url = reverse("projects:person_hours", args=[cohort.pk, enrolment.pk])
    before, after = _around(cohort, monday, today)
    return PersonHoursPage(
        cohort=cohort,
        enrolment=enrolment,
        monday=monday,
        sunday=sunday_of(monday),
        entries=entries,
        minutes=sum(row.minutes for row in entries if not row.is_withdrawn),
        is_declared=selectors.is_week_declared(enrolment.pk, monday),
        here=week_url(url, monday),
        back_url=week_url(reverse("projects:cohort_hours", args=[cohort.pk]), monday),
        before_url=week_url(url, before) if before else "",
        after_url=week_url(url, after) if after else "",
    )


def week_url(url: str, monday: dt.date) -> str:
    return f"{url}?semaine={monday.isoformat()}"


def _monday(cohort: Cohort, asked: dt.date | None, today: dt.date) -> dt.date:
    return monday_of(nearest_day(asked or today, cohort.starts_on, cohort.ends_on))


def _around(
    cohort: Cohort, monday: dt.date, today: dt.date
) -> tuple[dt.date | None, dt.date | None]:
    """The weeks before and after, when the cohort has them and they have begun."""
    before, after = monday - dt.timedelta(days=7), monday + dt.timedelta(days=7)
    return (
        before if before >= monday_of(cohort.starts_on) else None,
        after if after <= min(today, cohort.ends_on) else None,
    )
