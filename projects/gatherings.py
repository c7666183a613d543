"""The tasks somebody said they come to, in their own agenda and on their phone."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.gatherings import Gathering
from projects.enums import SignUpState
from projects.models import Task


def tasks_of_person(person_id: int, first: dt.date, last: dt.date | None) -> Iterable[Gathering]:
    """Signed up for, called off ones included: a phone must hear of it. One query."""
    rows = Task.objects.filter(
        sign_ups__enrolment__person_id=person_id,
        sign_ups__state=SignUpState.SIGNED,
        day__gte=first,
    ).select_related("cohort")
    if last is not None:
        rows = rows.filter(day__lte=last)
    for one in rows.order_by("day", "starts", "pk"):
        yield Gathering(
            key=f"task:{one.pk}",
            cohort_id=one.cohort_id,
            cohort_name=one.cohort.name,
            title=one.title,
            place=one.place,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            url=reverse("projects:my_task", args=[one.pk]),
            icon="services",
            category=_("tâche"),
            is_cancelled=one.is_cancelled,
            version=one.version + int(one.is_cancelled),
            action=_("Voir la tâche"),
        )
