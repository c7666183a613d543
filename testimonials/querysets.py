import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from cohorts.querysets import CohortScopedQuerySet, cohort_scope
from cohorts.rules.ages import add_months
from ct_platform.kit.actor import Actor, SeatKind
from testimonials.enums import TestimonialState, Use, What

TOLD_MONTHS_BEFORE = 1


def story_scope(actor: Actor, path: str = "") -> Q:
    """Rows of a story (reached by `path`): its author's, and the coordinator's who reads it again."""
    own = Q(**{f"{path}enrolment__person_id": actor.person_id})
    if actor.kind is SeatKind.COORDINATOR:
        return own | cohort_scope(actor, f"{path}enrolment__cohort")
    return own


class TestimonialQuerySet(CohortScopedQuerySet):
    cohort_path = "enrolment__cohort"

    def visible_to(self, actor: Actor) -> Self:
        """Its author, and the coordinator who reads it before it is published."""
        return self.filter(story_scope(actor))

    def agreed_for(self, use: str, day: dt.date, what: str = What.WORDS) -> Self:
        """Whose author agrees to that use on `day`."""
        from testimonials.models import Agreement

        standing = Agreement.objects.standing(day).filter(
            testimonial=OuterRef("pk"), use=use, what=what
        )
        return self.filter(Exists(standing))

    def on_site(self, day: dt.date) -> Self:
        """What a stranger may read on `day`: accepted, standing on the site, and still agreed to."""
        from testimonials.models import Publication

        standing = Publication.objects.standing().filter(testimonial=OuterRef("pk"), use=Use.SITE)
        return (
            self.filter(Exists(standing), state=TestimonialState.APPROVED)
            .agreed_for(Use.SITE, day)
            .order_by("-decided_at", "-id")
        )

    def written_by(self, person_id: int) -> Self:
        return self.filter(enrolment__person_id=person_id)

    def waiting_first(self) -> Self:
        waiting = Case(
            When(state__in=[TestimonialState.SUBMITTED, TestimonialState.TOLD], then=Value(0)),
            When(state=TestimonialState.PROPOSED, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return self.order_by(waiting, "-created_at", "-id")


class AgreementQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(story_scope(actor, "testimonial__"))

    def open(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def standing(self, day: dt.date) -> Self:
        """Given, not taken back, and its last day not yet over."""
        return self.open().filter(consent__withdrawn_at__isnull=True, consent__expires_on__gte=day)

    def ending(self, day: dt.date) -> Self:
        """Standing, and over within a month: the time to say so, and to prolong."""
        return self.standing(day).filter(
            consent__expires_on__lte=add_months(day, TOLD_MONTHS_BEFORE)
        )


class PublicationQuerySet(CohortScopedQuerySet):
    cohort_path = "testimonial__enrolment__cohort"

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(story_scope(actor, "testimonial__"))

    def standing(self) -> Self:
        return self.filter(taken_down_at__isnull=True)

    def to_contact(self) -> Self:
        """Elsewhere, where somebody must be asked to take the words away."""
        return self.filter(flagged_at__isnull=False, settled_at__isnull=True)


class ParentalAgreementQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(story_scope(actor, "testimonial__"))

    def standing(self) -> Self:
        return self.filter(ended_at__isnull=True)
