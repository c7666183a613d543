"""Questions after an exit: which are due, answered, and whose."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cohorts.enums import EnrolmentState
from cohorts.enums.follow_ups import FollowUpState
from cohorts.querysets import EnrolmentScopedQuerySet
from cohorts.rules.follow_ups import ASKED_FOR_DAYS
from ct_platform.kit.actor import Actor, SeatKind


class FollowUpQuerySet(EnrolmentScopedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """The coordinator of the cohort, and the person. Not the host, not partners."""
        match actor.kind:
            case SeatKind.COORDINATOR:
                return self.filter(enrolment__cohort__territory_id=actor.territory_id)
            case SeatKind.COOPERANT:
                return self.filter(enrolment_id=actor.enrolment_id)
            case _:
                return self.none()

    def planned(self) -> Self:
        return self.filter(state=FollowUpState.PLANNED)

    def unanswered(self) -> Self:
        # Models stand above querysets, so the table of answers is found through the relation. Not a
        # join with nothing on its right: PostgreSQL can only guess how many those are.
        answers = self.model._meta.get_field("answers").related_model._default_manager
        return self.exclude(Exists(answers.filter(follow_up=OuterRef("pk"))))

    def to_ask(self, today: dt.date) -> Self:
        """Due, and not so long ago that the question would surprise: then somebody calls."""
        oldest = today - dt.timedelta(days=ASKED_FOR_DAYS)
        return self.planned().unanswered().filter(due_on__lte=today, due_on__gt=oldest)

    def of_last_stays(self) -> Self:
        """One stay a person and operation, the last: who came back is counted from their last exit."""
        stays = self.model._meta.get_field("enrolment").related_model._default_manager
        later = stays.exclude(state=EnrolmentState.SELECTED).filter(
            Q(cohort__starts_on__gt=OuterRef("enrolment__cohort__starts_on"))
            | Q(
                cohort__starts_on=OuterRef("enrolment__cohort__starts_on"),
                pk__gt=OuterRef("enrolment_id"),
            ),
            person_id=OuterRef("enrolment__person_id"),
            cohort__operation=OuterRef("enrolment__cohort__operation"),
            cohort__territory_id=OuterRef("enrolment__cohort__territory_id"),
            cohort__host_id=OuterRef("enrolment__cohort__host_id"),
        )
        return self.filter(Q(enrolment__cohort__operation="") | ~Exists(later))


class FollowUpAnswerQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        """The last version of each answer."""
        newer = self.model._default_manager.filter(
            follow_up_id=OuterRef("follow_up_id"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(newer))
