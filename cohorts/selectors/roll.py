"""Who is expected at a session: those of the cohort on that day, or those invited."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Min, QuerySet

from cohorts.enums import EnrolmentState
from cohorts.models import Enrolment, Session
from cohorts.rules.stays import was_away


def members_of(cohort_id: int) -> list[Any]:
    """Whoever holds or held a place, by name, each with `entered_on`. One query."""
    return list(_members(Enrolment.objects.of_cohort(cohort_id)))


def _members(rows: QuerySet[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = (
        rows.exclude(state=EnrolmentState.SELECTED)
        .select_related("person")
        .annotate(entered_on=Min("contracts__starts_on"))
        .order_by("person__last_name", "person__first_name", "pk")
    )
    return found


def is_there(member: Any, day: dt.date) -> bool:
    """Entered by that day, not gone before it, nor away on it. No query."""
    if member.left_on is not None and member.left_on < day:
        return False
    if was_away(member.away, day):
        return False
    return member.entered_on is None or member.entered_on <= day


def expected_at(session: Session, members: Iterable[Any]) -> list[Any]:
    """Of `members`, those this session waits for. One query unless `invited` is prefetched."""
    if session.is_for_all:
        return [one for one in members if is_there(one, session.day)]
    invited = {one.pk for one in session.invited.all()}
    return [one for one in members if one.pk in invited and is_there(one, session.day)]


def is_expected(session: Session, enrolment: Enrolment) -> bool:
    """Two queries at most."""
    found = _members(Enrolment.objects.filter(pk=enrolment.pk, cohort_id=session.cohort_id))
    return bool(expected_at(session, found))


def people_choices(cohort_id: int) -> QuerySet[Any]:
    """Who may be invited: the active people of the cohort, by name."""
    found: QuerySet[Any] = (
        Enrolment.objects.of_cohort(cohort_id)
        .active()
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )
    return found
