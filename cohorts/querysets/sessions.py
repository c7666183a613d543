"""Scoping of the calendar and of attendance."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from cohorts.enums.sessions import SessionState
from cohorts.querysets import CohortScopedQuerySet


class SessionQuerySet(CohortScopedQuerySet):
    def planned(self) -> Self:
        return self.filter(state=SessionState.PLANNED)

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Both days included."""
        return self.filter(day__gte=first, day__lte=last)

    def awaiting(self, enrolment_id: int) -> Self:
        """Sessions of everybody, or to which this person is invited."""
        mine = Q(invited=enrolment_id)
        return self.filter(Q(is_for_all=True) | mine).distinct()


class SlotQuerySet(CohortScopedQuerySet):
    cohort_path = "session__cohort"

    def planned(self) -> Self:
        return self.filter(session__state=SessionState.PLANNED)

    def between(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(session__day__gte=first, session__day__lte=last)

    def in_order(self) -> Self:
        return self.order_by("session__day", "starts", "pk")

    def awaiting(self, enrolment_id: int) -> Self:
        mine = Q(session__invited=enrolment_id)
        return self.filter(Q(session__is_for_all=True) | mine).distinct()


class OfSlotQuerySet(CohortScopedQuerySet):
    """Rows that hang on a half-day."""

    cohort_path = "slot__session__cohort"


class OfSessionQuerySet(CohortScopedQuerySet):
    cohort_path = "session__cohort"


class AgendaQuerySet(models.QuerySet[Any]):
    def reminded(self) -> Self:
        return self.exclude(remind_by="")
