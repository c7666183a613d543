from django.db import models
from django.utils.translation import gettext_lazy as _


class PollState(models.TextChoices):
    DRAFT = "draft", _("en préparation")
    OPEN = "open", _("on vote")
    CLOSED = "closed", _("voix en cours de compte")
    COUNTED = "counted", _("compté")
    CANCELLED = "cancelled", _("annulé")


POLL_ALLOWED: dict[str, frozenset[str]] = {
    PollState.DRAFT: frozenset({PollState.OPEN, PollState.CANCELLED}),
    PollState.OPEN: frozenset({PollState.CLOSED, PollState.CANCELLED}),
    # Closing and counting are one transaction; closed never reopens.
    PollState.CLOSED: frozenset({PollState.COUNTED}),
    PollState.COUNTED: frozenset[str](),
    PollState.CANCELLED: frozenset[str](),
}


class OutcomeKind(models.TextChoices):
    ELECTED = "elected", _("adopté")
    NO_MAJORITY = "no_majority", _("pas de majorité")
    QUORUM_MISSED = "quorum_missed", _("quorum manqué")


class EffectState(models.TextChoices):
    NONE = "none", _("sans effet")
    APPLIED = "applied", _("appliqué")
    BLOCKED = "blocked", _("bloqué")
