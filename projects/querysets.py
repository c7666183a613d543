import datetime as dt
from typing import Self

from django.db.models import Q

from cohorts.querysets import CohortScopedQuerySet
from projects.enums import WorkState


class WorkEntryQuerySet(CohortScopedQuerySet):
    cohort_path = "enrolment__cohort"

    def standing(self) -> Self:
        """Hours of somebody: neither struck out, nor waiting for a yes to what another wrote."""
        return self.filter(withdrawn_at__isnull=True).exclude(state=WorkState.OFFERED)

    def offered(self) -> Self:
        """Written by somebody else, and the person concerned has not answered yet."""
        return self.filter(withdrawn_at__isnull=True, state=WorkState.OFFERED)

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Days from `first` to `last`, both included."""
        return self.filter(day__gte=first, day__lte=last)

    def verified(self) -> Self:
        """Confirmed by somebody, whether already paid or not."""
        return self.standing().filter(state__in=[WorkState.CONFIRMED, WorkState.LOCKED])

    def for_page(self) -> Self:
        """With everything a page says of an entry, its history included. Two queries in all."""
        return self.select_related(
            "enrolment__cohort",
            "enrolment__person",
            "project",
            "confirmed_by",
            "questioned_by",
            "entered_by",
        ).prefetch_related("changes__by")

    def awaiting(self) -> Self:
        """Noted, and nobody has confirmed yet."""
        return self.standing().filter(state__in=[WorkState.OPEN, WorkState.DECLARED])

    def payable_until(self, last: dt.date) -> Self:
        """Confirmed and in no run yet, up to `last` included: late hours go to the next run."""
        return self.standing().filter(state=WorkState.CONFIRMED, day__lte=last)


class MoneyMovementQuerySet(CohortScopedQuerySet):
    """Sales and expenses, reached through their project."""

    cohort_path = "project__cohort"

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def for_page(self) -> Self:
        """With what a list says of each movement."""
        return self.select_related("project", "recorded_by", "withdrawn_by")

    def unsettled_until(self, last: dt.date) -> Self:
        """Money moved up to `last` included, that no pay run has counted yet."""
        return self.standing().filter(pay_run_key__isnull=True, moved_on__lte=last)


class AgreedPriceQuerySet(CohortScopedQuerySet):
    cohort_path = "project__cohort"

    def begun(self, day: dt.date) -> Self:
        """Begun on `day` or before: the latest of a label is the price, unless it has ended."""
        return self.filter(starts_on__lte=day)


class SpendingLimitQuerySet(CohortScopedQuerySet):
    cohort_path = "cohort"

    def open_on(self, day: dt.date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)
