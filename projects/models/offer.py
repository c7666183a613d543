"""What is offered for a period or a service, and what people order of it. The same for every trade."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from projects.enums import Badge, OfferState, OrderState
from projects.querysets import OfProjectQuerySet, OrderQuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Offer(Stamped):
    """The basket of the week, the bouquet of the season, the menu of Thursday, a mission."""

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="offers")
    # What it is for VAT and prices; null where nobody said yet.
    product = models.ForeignKey(
        "projects.Product", null=True, on_delete=models.PROTECT, related_name="offers"
    )
    title = models.CharField(_("titre"), max_length=100)
    content = models.TextField(_("ce qu’il y a dedans"), max_length=1200, blank=True)
    # The season in words, where it says something: "automne".
    season = models.CharField(_("saison"), max_length=40, blank=True)
    # As the customer pays it, VAT included.
    unit_price = AmountField(_("prix, TVA comprise"))
    # The decision the price comes from.
    agreed = models.ForeignKey(
        "projects.AgreedPrice", null=True, on_delete=models.PROTECT, related_name="offers"
    )
    quantity = models.PositiveIntegerField(_("combien on en propose"))
    # Counted here so that nothing is sold twice: a guarded UPDATE.
    taken = models.PositiveIntegerField(default=0)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    order_until = models.DateField(_("commandes jusqu’au"))
    state = models.CharField(
        max_length=10, choices=OfferState.choices, default=OfferState.DRAFT, db_index=True
    )
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-id")
        verbose_name = _("offre")
        indexes = [models.Index(fields=["project", "ends_on"], name="offer_of_project_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit_price__gt=0),
                name="offer_price_is_positive",
                violation_error_message=_("Le prix est plus grand que zéro."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="offer_is_of_something",
                violation_error_message=_("La quantité est plus grande que zéro."),
            ),
            models.CheckConstraint(
                condition=Q(taken__lte=F("quantity")),
                name="offer_sells_no_more_than_there_is",
                violation_error_message=_("Il n’en reste pas assez."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="offer_ends_after_start",
                violation_error_message=_("Le dernier jour vient après le premier."),
            ),
            models.CheckConstraint(
                condition=Q(order_until__lte=F("ends_on")),
                name="offer_orders_before_its_end",
                violation_error_message=_("On commande avant le dernier jour."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def left(self) -> int:
        return int(self.quantity) - int(self.taken)

    @property
    def is_open(self) -> bool:
        return self.state == OfferState.OPEN

    @property
    def is_one_day(self) -> bool:
        return bool(self.starts_on == self.ends_on)

    @property
    def badge(self) -> Badge:
        if self.state == OfferState.DRAFT:
            return Badge("wait", "stylo", _("En préparation"))
        if self.state == OfferState.CLOSED:
            return Badge("wait", "cadenas", _("Commandes fermées"))
        if self.left <= 0:
            return Badge("ok", "ok-rond", _("Tout est commandé"))
        return Badge("ok", "vente", _("Il en reste %(n)s") % {"n": self.left})


@dataclass(frozen=True, slots=True)
class OrderStep:
    """A button: the state it asks, its icon and words."""

    to: str
    icon: str
    label: "StrPromise"


_READY = OrderStep(OrderState.READY, "ok", _("C’est prêt"))
_HANDED = OrderStep(OrderState.HANDED, "ok-rond", _("C’est remis"))
_BACK = OrderStep(OrderState.TAKEN, "refaire", _("Pas encore prêt"))
_NOT_HANDED = OrderStep(OrderState.READY, "refaire", _("Pas encore remis"))
_STEPS = {
    OrderState.TAKEN: [_READY, _HANDED],
    OrderState.READY: [_HANDED, _BACK],
    OrderState.HANDED: [_NOT_HANDED],
    OrderState.CANCELLED: [],
}


class Order(Stamped):
    """One customer's order. A name is enough; an address is the invoice's business."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="orders")
    customer = models.ForeignKey(
        "projects.Customer", null=True, on_delete=models.PROTECT, related_name="orders"
    )
    name = models.CharField(_("pour qui"), max_length=140)
    quantity = models.PositiveIntegerField(_("combien"))
    day = models.DateField(_("pour quel jour"))
    hour = models.TimeField(_("à quelle heure"), null=True)
    note = models.CharField(_("mot"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.TAKEN)
    taken_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    # The sale that was noted of it; several orders of a service may share one.
    sale = models.ForeignKey(
        "projects.Sale", null=True, on_delete=models.PROTECT, related_name="orders"
    )

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ("day", "hour", "id")
        verbose_name = _("commande")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="order_is_of_something",
                violation_error_message=_("Une commande est d’au moins 1."),
            ),
            models.CheckConstraint(
                condition=Q(sale__isnull=True) | Q(state="handed"),
                name="order_sold_was_handed",
            ),
        ]

    @property
    def price(self) -> Decimal:
        """VAT included."""
        return Decimal(str(self.offer.unit_price)) * int(self.quantity)

    @property
    def is_cancelled(self) -> bool:
        return self.state == OrderState.CANCELLED

    @property
    def is_handed(self) -> bool:
        return self.state == OrderState.HANDED

    @property
    def next_steps(self) -> list["OrderStep"]:
        """The buttons of an order, the likeliest first. What the table of moves allows, no more."""
        return _STEPS[OrderState(self.state)]

    @property
    def badge(self) -> Badge:
        return {
            OrderState.TAKEN: Badge("warn", "attente", _("À préparer")),
            OrderState.READY: Badge("ok", "ok", _("Prête")),
            OrderState.HANDED: Badge("ok", "ok-rond", _("Remise")),
            OrderState.CANCELLED: Badge("wait", "non-rond", _("Annulée")),
        }[OrderState(self.state)]
