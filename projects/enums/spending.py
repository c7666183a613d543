"""Words of spending: an expense a coopérant sends from a phone waits for the coordination."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClaimState(models.TextChoices):
    WAITING = "waiting", _("attend la coordination")
    ACCEPTED = "accepted", _("acceptée")
    REFUSED = "refused", _("refusée")
    # Taken back by who sent it, before any answer.
    TAKEN_BACK = "taken_back", _("reprise")


CLAIM_ALLOWED: dict[str, frozenset[str]] = {
    ClaimState.WAITING: frozenset({ClaimState.ACCEPTED, ClaimState.REFUSED, ClaimState.TAKEN_BACK}),
}
