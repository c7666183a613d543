import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate

from cohorts.querysets import CohortScopedQuerySet, EnrolmentScopedQuerySet
from ct_platform.kit.actor import Actor, SeatKind
from projects.enums import ClaimState, InvoiceState, OrderState, TaskState, WorkState


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

    def booked(self) -> Self:
        """What an account may have read: all but what was struck out on the very day it was noted."""
        noted, struck = TruncDate("created_at"), TruncDate("withdrawn_at")
        days = self.annotate(noted_day=noted, struck_day=struck)
        return days.filter(Q(struck_day__isnull=True) | ~Q(struck_day=F("noted_day")))

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


class OfProjectQuerySet(CohortScopedQuerySet):
    """Rows that belong to a cohort through a project."""

    cohort_path = "project__cohort"


class HostRowsQuerySet(models.QuerySet[Any]):
    """What a host decides, dated: its own seats, and the coordinations of the cohorts it hosts."""

    def visible_to(self, actor: Actor) -> Self:
        match actor.kind:
            case SeatKind.HOST:
                return self.filter(host_id=actor.organisation_id)
            case SeatKind.COORDINATOR:
                return self.filter(host__hosted_cohorts__territory_id=actor.territory_id).distinct()
            case _:
                return self.none()

    def of_host(self, host_id: int) -> Self:
        return self.filter(host_id=host_id)

    def begun(self, day: dt.date) -> Self:
        """In force from `day` or before."""
        return self.filter(in_force_from__lte=day)


class InvoiceQuerySet(CohortScopedQuerySet):
    def issued(self) -> Self:
        return self.filter(state=InvoiceState.ISSUED)


class PaymentQuerySet(CohortScopedQuerySet):
    cohort_path = "invoice__cohort"


class CashRowsQuerySet(CohortScopedQuerySet):
    """Figures of a count of the cash box."""

    cohort_path = "count__project__cohort"


class CashTotalQuerySet(CohortScopedQuerySet):
    cohort_path = "agreement__count__project__cohort"


class BankStatementQuerySet(models.QuerySet[Any]):
    """The host alone reads its bank: neither the coordinations nor the groups it hosts."""

    host_path = "host"

    def visible_to(self, actor: Actor) -> Self:
        if actor.kind is not SeatKind.HOST:
            return self.none()
        return self.filter(**{f"{self.host_path}_id": actor.organisation_id})

    def of_host(self, host_id: int) -> Self:
        return self.filter(**{f"{self.host_path}_id": host_id})


class BankLineQuerySet(BankStatementQuerySet):
    def kept(self) -> Self:
        """Not forgotten."""
        return self.filter(forgotten_at__isnull=True)


class BankMatchQuerySet(BankStatementQuerySet):
    host_path = "line__host"

    def standing(self) -> Self:
        """Whose payment was not reversed since."""
        return self.filter(payment__reversed_by__isnull=True)


class ReceiptQuerySet(CohortScopedQuerySet):
    """The coordination, the host that books it, and who sent it; never the others of the group."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows.filter(sent_by_id=actor.person_id) if actor.is_cooperant else rows


class ClaimQuerySet(EnrolmentScopedQuerySet):
    """The same: what somebody spent is said to the group as a sum, never as a name."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows.filter(enrolment_id=actor.enrolment_id) if actor.is_cooperant else rows

    def waiting(self) -> Self:
        return self.filter(state=ClaimState.WAITING)

    def for_page(self) -> Self:
        return self.select_related(
            "project__cohort",
            "enrolment__person",
            "receipt",
            "spending_limit",
            "expense",
            "answered_by",
        )


class TaskQuerySet(CohortScopedQuerySet):
    def standing(self) -> Self:
        """Not called off."""
        return self.exclude(state=TaskState.CANCELLED)

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Days from `first` to `last`, both included."""
        return self.filter(day__gte=first, day__lte=last)

    def ended(self, day: dt.date, hour: dt.time) -> Self:
        """Over at that civil day and hour."""
        return self.filter(Q(day__lt=day) | Q(day=day, ends__lte=hour))

    def for_page(self) -> Self:
        """With what a list says of each task; sign-ups come on their own. One query."""
        return self.select_related("project", "created_by")


class OfProductQuerySet(CohortScopedQuerySet):
    """Rows that belong to a cohort through a product of one of its projects."""

    cohort_path = "product__project__cohort"


class LotMoveQuerySet(CohortScopedQuerySet):
    cohort_path = "lot__product__project__cohort"


class OrderQuerySet(CohortScopedQuerySet):
    cohort_path = "offer__project__cohort"

    def standing(self) -> Self:
        """Not cancelled."""
        return self.exclude(state=OrderState.CANCELLED)
