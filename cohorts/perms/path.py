"""Who may read somebody's whole path: who accompanies them, and themself. Nobody else."""

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor


def can_read_path(actor: Actor, enrolment: Enrolment) -> bool:
    """The coordinator of the cohort's territory, or the person in the seat of that enrolment, also
    once they left. Not the host, not a partner, not another coopérant."""
    if actor.is_coordinator:
        return actor.territory_id == enrolment.cohort.territory_id
    return actor.is_cooperant and actor.enrolment_id == enrolment.pk
