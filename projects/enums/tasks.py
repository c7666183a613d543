"""Words of tasks: where one stands, and where somebody stands on one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TaskState(models.TextChoices):
    OPEN = "open", _("ouverte")
    DONE = "done", _("faite")
    CANCELLED = "cancelled", _("annulée")


TASK_ALLOWED: dict[str, frozenset[str]] = {
    TaskState.OPEN: frozenset({TaskState.DONE, TaskState.CANCELLED}),
}


class SignUpState(models.TextChoices):
    SIGNED = "signed", _("vient")
    WAITING = "waiting", _("en attente d’une place")
    WITHDRAWN = "withdrawn", _("ne peut plus")
    # Was there without having signed up: holds no place.
    EXTRA = "extra", _("venu sans être inscrit")
