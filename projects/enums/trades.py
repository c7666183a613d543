"""Words of a trade's daily work: ideas kept, what comes out of the ground, what is offered, orders."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdeaKind(models.TextChoices):
    RECIPE = "recipe", _("recette")
    BED = "bed", _("planche de culture")
    BOUQUET = "bouquet", _("bouquet")
    IDEA = "idea", _("idée")


class LotMoveKind(models.TextChoices):
    USED = "used", _("mis en vente ou utilisé")
    LOST = "lost", _("perdu, jeté")
    GIVEN = "given", _("donné")


class OfferState(models.TextChoices):
    DRAFT = "draft", _("en préparation")
    OPEN = "open", _("commandes ouvertes")
    CLOSED = "closed", _("commandes fermées")


OFFER_ALLOWED: dict[str, frozenset[str]] = {
    OfferState.DRAFT: frozenset({OfferState.OPEN, OfferState.CLOSED}),
    OfferState.OPEN: frozenset({OfferState.CLOSED}),
    OfferState.CLOSED: frozenset({OfferState.OPEN}),
}


class OrderState(models.TextChoices):
    TAKEN = "taken", _("à préparer")
    READY = "ready", _("prête")
    HANDED = "handed", _("remise")
    CANCELLED = "cancelled", _("annulée")


ORDER_ALLOWED: dict[str, frozenset[str]] = {
    OrderState.TAKEN: frozenset({OrderState.READY, OrderState.HANDED, OrderState.CANCELLED}),
    OrderState.READY: frozenset({OrderState.TAKEN, OrderState.HANDED, OrderState.CANCELLED}),
    # A tap too quick is undone, as long as no sale was noted.
    OrderState.HANDED: frozenset({OrderState.READY}),
}
