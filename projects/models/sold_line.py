from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField, RateField
from projects.enums import SupplyNature


class SoldLine(models.Model):
    """A line of a quote or of an invoice. Abstract; amounts in euros excl. VAT."""

    position = models.PositiveSmallIntegerField()
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(
        "projects.Product", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    designation = models.CharField(_("quoi"), max_length=200)
    nature = models.CharField(
        max_length=10, choices=SupplyNature.choices, default=SupplyNature.GOODS
    )
    # Code of WayOfSale, empty when the rate was typed by hand.
    way = models.CharField(_("façon de vendre"), max_length=10, blank=True)
    # Negative only where something already invoiced is taken off.
    quantity: "models.DecimalField[object, object]" = models.DecimalField(
        _("quantité"), max_digits=10, decimal_places=3
    )
    unit = models.CharField(_("unité"), max_length=30, blank=True)
    # Six decimals: ten thousand units at a price typed with its VAT come back to the cent.
    unit_price: "models.DecimalField[object, object]" = models.DecimalField(
        _("prix unitaire hors TVA"),
        max_digits=14,
        decimal_places=6,
        validators=[MinValueValidator(0)],
    )
    # A digit more than other rates: what is offered has a discount of 100 %.
    discount_percent = RateField(
        _("remise, en %"),
        max_digits=8,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    vat_percent = RateField(_("TVA, en %"))
    amount = AmountField(_("montant hors TVA"))
    # What the customer pays for the line, when its price was said VAT included: never recomputed.
    gross_amount = AmountField(_("montant, TVA comprise"), null=True)

    class Meta:
        abstract = True
        ordering = ("position", "id")
