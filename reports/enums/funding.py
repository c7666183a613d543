"""The life of a line of funding: asked, decided, agreed, paid, closed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FundingState(models.TextChoices):
    ASKED = "asked", _("demandé")
    GRANTED = "granted", _("accordé")
    REFUSED = "refused", _("refusé")
    AGREED = "agreed", _("conventionné")
    CLOSED = "closed", _("soldé")
    DROPPED = "dropped", _("abandonné")


FUNDING_ALLOWED: dict[str, frozenset[str]] = {
    FundingState.ASKED: frozenset(
        {FundingState.GRANTED, FundingState.REFUSED, FundingState.DROPPED}
    ),
    FundingState.GRANTED: frozenset({FundingState.AGREED, FundingState.DROPPED}),
    # Money may have come: an agreement ends by being closed, with what was paid.
    FundingState.AGREED: frozenset({FundingState.CLOSED}),
    FundingState.REFUSED: frozenset[str](),
    FundingState.CLOSED: frozenset[str](),
    FundingState.DROPPED: frozenset[str](),
}
# A funder said yes, and did not take it back.
WON = frozenset({FundingState.GRANTED, FundingState.AGREED, FundingState.CLOSED})
UNDER_AGREEMENT = frozenset({FundingState.AGREED, FundingState.CLOSED})
OVER = frozenset({FundingState.REFUSED, FundingState.CLOSED, FundingState.DROPPED})
# Tone and icon of the badge of each state.
FUNDING_SIGNS = {
    FundingState.ASKED: ("wait", "attente"),
    FundingState.GRANTED: ("ok", "ok"),
    FundingState.REFUSED: ("bad", "non-rond"),
    FundingState.AGREED: ("ok", "stylo"),
    FundingState.CLOSED: ("ok", "cadenas"),
    FundingState.DROPPED: ("warn", "non-rond"),
}


class FundingAim(models.TextChoices):
    """What the money is for. Whatever it is, shares say which cohort gets how much of it."""

    COHORTS = "cohorts", _("une ou plusieurs cohortes")
    OPERATION = "operation", _("une opération")
    TERRITORY = "territory", _("le territoire")


class ReceiptKind(models.TextChoices):
    ADVANCE = "advance", _("avance")
    INSTALMENT = "instalment", _("acompte")
    BALANCE = "balance", _("solde")
    # The opposite of one payment noted by mistake: nothing is edited.
    COUNTER = "counter", _("annulation d’un versement")


class DueState(models.TextChoices):
    EXPECTED = "expected", _("à remettre")
    HANDED = "handed", _("remis")
    CALLED_OFF = "called_off", _("plus demandé")


DUE_ALLOWED: dict[str, frozenset[str]] = {
    DueState.EXPECTED: frozenset({DueState.HANDED, DueState.CALLED_OFF}),
    DueState.HANDED: frozenset[str](),
    DueState.CALLED_OFF: frozenset[str](),
}


class CostKind(models.TextChoices):
    """What a cohort costs its coordination. Pay and expenses are read, never typed here."""

    PEOPLE = "people", _("personnel de la coordination")
    PREMISES = "premises", _("locaux")
    TRAVEL = "travel", _("déplacements")
    EQUIPMENT = "equipment", _("matériel")
    TRAINERS = "trainers", _("intervenants et formations")
    COMMUNICATION = "communication", _("communication")
    OTHER = "other", _("autre coût")
