"""Coming back without the old phone: steps of a request, how an identity was checked, ways to a card."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecoveryState(models.TextChoices):
    RECEIVED = "received", _("reçue")
    CHECKED = "checked", _("identité vérifiée")
    APPROVED = "approved", _("carte prête")
    ENTERED = "entered", _("la personne est entrée")
    REFUSED = "refused", _("refusée")
    BLOCKED = "blocked", _("bloquée depuis l’ancien contact")
    LAPSED = "lapsed", _("carte périmée")


RECOVERY_ALLOWED: dict[str, frozenset[str]] = {
    RecoveryState.RECEIVED: frozenset({RecoveryState.CHECKED, RecoveryState.REFUSED}),
    RecoveryState.CHECKED: frozenset(
        {RecoveryState.APPROVED, RecoveryState.REFUSED, RecoveryState.BLOCKED}
    ),
    RecoveryState.APPROVED: frozenset(
        {
            RecoveryState.ENTERED,
            RecoveryState.REFUSED,
            RecoveryState.BLOCKED,
            RecoveryState.LAPSED,
        }
    ),
    # Who reads their old mail late still throws the intruder out.
    RecoveryState.ENTERED: frozenset({RecoveryState.BLOCKED}),
    RecoveryState.REFUSED: frozenset[str](),
    RecoveryState.BLOCKED: frozenset[str](),
    RecoveryState.LAPSED: frozenset[str](),
}
# Somebody has said who this is, and nobody has entered yet: one at a time for a person.
UNDERWAY = (RecoveryState.CHECKED, RecoveryState.APPROVED)
WAITING = (RecoveryState.RECEIVED, *UNDERWAY)


class CheckedHow(models.TextChoices):
    """What was seen is said, never copied: no number, no picture of a paper is kept."""

    MET = "met", _("en face, pièce d’identité vue")
    CALLED = "called", _("en appel vidéo, pièce d’identité montrée")


class CardWay(models.TextChoices):
    PAPER = "paper", _("sur papier, en main propre")
    MAIL = "mail", _("par e-mail, à la nouvelle adresse")
    SMS = "sms", _("par SMS, au nouveau numéro")


class RecoveryNoticeKind(models.TextChoices):
    FORMER = "former", _("à l’ancien contact")
    CARD = "card", _("la carte")
