"""What came out of the ground, of the bucket or of the oven on a day, and where it went."""

import re
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.clock import NBSP
from ct_platform.kit.models import Stamped
from projects.enums import LotMoveKind
from projects.querysets import LotMoveQuerySet, OfProductQuerySet

Quantity = models.DecimalField


def quantity_words(quantity: object, unit: str) -> str:
    """ "12,5 kg", "3 bottes": the unit of a price ("le kg") without its article."""
    number = Decimal(str(quantity))
    whole = (
        number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
    )
    bare = re.sub(r"^(?:les? |la |l’|l')", "", unit.strip())
    # A symbol takes no plural; a word does.
    if abs(number) >= 2 and len(bare.split(" ")[0]) > 3:
        first, *rest = bare.split(" ")
        if not first.endswith(("s", "x", "z")):
            first += "x" if first.endswith("eau") else "s"
        bare = " ".join([first, *rest])
    return f"{whole:f}".replace(".", ",") + (f"{NBSP}{bare}" if bare else "")


class Lot(Stamped):
    """A harvest, a picking, a batch of one product. Never rewritten: what leaves it is a move."""

    product = models.ForeignKey("projects.Product", on_delete=models.PROTECT, related_name="lots")
    day = models.DateField(_("jour"))
    quantity: "Quantity[object, object]" = Quantity(_("combien"), max_digits=10, decimal_places=3)
    # What left it so far: a guarded UPDATE, so that nobody takes more than there is.
    gone: "Quantity[object, object]" = Quantity(max_digits=10, decimal_places=3, default=0)
    origin = models.CharField(_("d’où"), max_length=80, blank=True)  # "planche 4"
    done_by = models.CharField(_("par qui"), max_length=140, blank=True)
    noted_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")

    objects = OfProductQuerySet.as_manager()

    class Meta:
        ordering = ("-day", "-id")
        verbose_name = _("lot")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="lot_is_positive",
                violation_error_message=_("La quantité est plus grande que zéro."),
            ),
            models.CheckConstraint(
                condition=Q(gone__gte=0, gone__lte=F("quantity")),
                name="lot_gives_no_more_than_it_holds",
                violation_error_message=_("Il n’en reste pas assez."),
            ),
        ]

    @property
    def left(self) -> Decimal:
        return Decimal(str(self.quantity)) - Decimal(str(self.gone))

    @property
    def entered(self) -> str:
        return quantity_words(self.quantity, self.product.unit)

    @property
    def left_it(self) -> str:
        return quantity_words(self.gone, self.product.unit)

    @property
    def remaining(self) -> str:
        return quantity_words(self.left, self.product.unit)


class LotMove(Stamped):
    """Something left a lot: sold, lost, given. Append-only."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=10, choices=LotMoveKind.choices)
    quantity: "Quantity[object, object]" = Quantity(_("combien"), max_digits=10, decimal_places=3)
    offer = models.ForeignKey(
        "projects.Offer", null=True, on_delete=models.PROTECT, related_name="lot_moves"
    )
    note = models.CharField(_("mot"), max_length=140, blank=True)
    noted_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = LotMoveQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        verbose_name = _("sortie d’un lot")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="lot_move_is_positive",
                violation_error_message=_("La quantité est plus grande que zéro."),
            )
        ]

    @property
    def said(self) -> str:
        return quantity_words(self.quantity, self.lot.product.unit)
