from typing import Any, Self

from django.db import models

from ct_platform.kit.actor import Actor, SeatKind


class DocumentQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own papers; staff see those of their cohorts, as far as each kind allows their seat."""
        from documents.kinds import kinds_open_to  # kinds read models, which read this file

        own = models.Q(subject_id=actor.person_id)
        open_kinds = kinds_open_to(actor.kind)
        match actor.kind:
            case SeatKind.COORDINATOR:
                return self.filter(
                    own | models.Q(territory_key=actor.territory_id, kind__in=open_kinds)
                )
            case SeatKind.HOST:
                return self.filter(
                    own | models.Q(issuer_key=actor.organisation_id, kind__in=open_kinds)
                )
            case _:
                return self.filter(own)

    def followed_by(self, actor: Actor) -> Self:
        """Papers whose making a seat follows. A coordinator never opens a slip, yet has it made again."""
        match actor.kind:
            case SeatKind.COORDINATOR:
                return self.filter(territory_key=actor.territory_id)
            case SeatKind.HOST:
                return self.filter(issuer_key=actor.organisation_id)
            case _:
                return self.visible_to(actor)

    def of_subject(self, person_id: int) -> Self:
        return self.filter(subject_id=person_id)

    def of_cohort(self, cohort_id: int) -> Self:
        return self.filter(cohort_key=cohort_id)

    def with_code(self, code: str) -> Self:
        """The paper of a code, for anybody who holds it: the only unscoped way in."""
        return self.filter(code=code).select_related("replaced_by")

    def ready(self) -> Self:
        return self.exclude(sha256="")

    def of_batch(self, batch: str) -> Self:
        return self.filter(batch=batch)
