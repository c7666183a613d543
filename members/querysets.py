from typing import Any, Self

from django.db import models

from ct_platform.kit.actor import Actor
from members.seats import persons_in_sight


class PersonQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """Oneself, and whom the seat may see: `members.seats` asks the apps that know cohorts."""

        return self.filter(persons_in_sight(actor))

    def of_user(self, user: Any) -> Self:
        """The person of an account: one, or none for a bare account."""
        return self.filter(user_id=user.pk)


class JoinCardQuerySet(models.QuerySet[Any]):
    def usable(self, at: Any) -> Self:
        return self.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)


class ConsentQuerySet(models.QuerySet[Any]):
    def in_force(self, day: Any) -> Self:
        return self.filter(withdrawn_at__isnull=True, expires_on__gte=day)

    def from_guardians(self) -> Self:
        return self.filter(purpose="guardian")


class BankDetailsQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def of_person(self, person_id: int) -> Self:
        return self.filter(person_id=person_id)


class AccessRecordQuerySet(models.QuerySet[Any]):
    def about(self, person_id: int) -> Self:
        return self.filter(person_id=person_id)
