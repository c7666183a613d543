from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Badge:
    """What a state badge shows: tone, icon and words (see the tag state_badge)."""

    tone: str
    icon: str
    label: "str | StrPromise"


class WorkKind(models.TextChoices):
    PRODUCTION = "production", _("production")
    MEETING = "meeting", _("réunion")
    TRAINING = "training", _("formation")
    COMMITTEE = "committee", _("commission")


KIND_ICONS = {
    WorkKind.PRODUCTION: "services",
    WorkKind.MEETING: "groupe",
    WorkKind.TRAINING: "attestation",
    WorkKind.COMMITTEE: "bulle",
}


class WorkState(models.TextChoices):
    # Written by somebody else: no hours of anybody until the person concerned says yes.
    OFFERED = "offered", _("notée par un autre")
    OPEN = "open", _("notée")
    DECLARED = "declared", _("semaine complète")
    CONFIRMED = "confirmed", _("confirmée")
    LOCKED = "locked", _("dans une paie")


WORK_ALLOWED: dict[str, frozenset[str]] = {
    WorkState.OFFERED: frozenset({WorkState.OPEN}),
    WorkState.OPEN: frozenset({WorkState.DECLARED, WorkState.CONFIRMED}),
    WorkState.DECLARED: frozenset({WorkState.OPEN, WorkState.CONFIRMED}),
    # A change by its author re-opens what was confirmed; freezing a pay run locks it.
    WorkState.CONFIRMED: frozenset({WorkState.OPEN, WorkState.LOCKED}),
    # Reopening a pay run before issue gives the hours back.
    WorkState.LOCKED: frozenset({WorkState.CONFIRMED}),
}
