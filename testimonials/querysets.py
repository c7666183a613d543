import datetime as dt
from typing import Self

from django.db.models import Case, IntegerField, Q, Value, When

from cohorts.querysets import CohortScopedQuerySet, cohort_scope
from ct_platform.kit.actor import Actor, SeatKind
from testimonials.enums import Place, TestimonialState


class TestimonialQuerySet(CohortScopedQuerySet):
    cohort_path = "enrolment__cohort"

    def visible_to(self, actor: Actor) -> Self:
        """Its author, and the coordinator who reads it before it is published."""
        own = Q(enrolment__person_id=actor.person_id)
        if actor.kind is SeatKind.COORDINATOR:
            return self.filter(own | cohort_scope(actor, self.cohort_path))
        return self.filter(own)

    def published_at_home(self, day: dt.date) -> Self:
        """Approved, standing on the public home, and the consent still holds on `day`."""
        return self.filter(
            state=TestimonialState.APPROVED,
            publications__place=Place.PUBLIC_HOME,
            publications__taken_down_at__isnull=True,
            consent__withdrawn_at__isnull=True,
            consent__expires_on__gte=day,
        ).order_by("-decided_at", "-id")

    def written_by(self, person_id: int) -> Self:
        return self.filter(enrolment__person_id=person_id)

    def waiting_first(self) -> Self:
        waiting = Case(
            When(state=TestimonialState.SUBMITTED, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        return self.order_by(waiting, "-created_at", "-id")
