"""Words of what somebody prepares for after the cooperative. Theirs; never a mark."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OwnProjectKind(models.TextChoices):
    FIRM = "firm", _("Créer une activité")
    JOB = "job", _("Trouver un emploi")
    TRAINING = "training", _("Suivre une formation")
    ASSOCIATION = "association", _("Faire vivre une association")
    CIVIC = "civic", _("Prendre une place dans ma commune")
    OTHER = "other", _("Autre chose")


class StepState(models.TextChoices):
    TO_DO = "to_do", _("à faire")
    DONE = "done", _("faite")
    DROPPED = "dropped", _("laissée")


# A step goes back to "to do": a finger slips, a plan changes. Each change is logged.
STEP_ALLOWED: dict[str, frozenset[str]] = {
    StepState.TO_DO: frozenset({StepState.DONE, StepState.DROPPED}),
    StepState.DONE: frozenset({StepState.TO_DO}),
    StepState.DROPPED: frozenset({StepState.TO_DO}),
}
