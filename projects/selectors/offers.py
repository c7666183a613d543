"""Hours written for somebody else: what waits for one's own yes, what one wrote for the others."""

import datetime as dt

from django.db.models import F

from cohorts.models import Enrolment
from projects.models import WorkEntry


def offers_by(person_id: int, cohort_id: int, since: dt.date) -> list[WorkEntry]:
    """What this person wrote for others of the cohort on days from `since` on, newest first. One query."""
    rows = (
        WorkEntry.objects.of_cohort(cohort_id)
        .filter(entered_by_id=person_id, day__gte=since)
        .exclude(enrolment__person_id=F("entered_by_id"))
        .select_related("enrolment__person", "entered_by", "project", "confirmed_by")
        .order_by("-day", "-pk")
    )
    return list(rows[:30])


def people_to_offer(cohort_id: int, *, besides: int | None = None) -> list[Enrolment]:
    """Who may be noted for: everybody active in the cohort, but oneself. One query."""
    rows = Enrolment.objects.of_cohort(cohort_id).active().select_related("person")
    if besides is not None:
        rows = rows.exclude(person_id=besides)
    return list(rows.order_by("person__first_name", "person__last_name", "pk"))
