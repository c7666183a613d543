from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.money import cents
from projects.models.sale import MoneyMovement


class Expense(MoneyMovement):
    """Money spent for a project: what it costs, its VAT apart, its receipt, and who advanced it."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.PROTECT, related_name="expenses"
    )
    supplier = models.CharField(_("chez qui"), max_length=140, blank=True)
    moved_on = models.DateField(_("dépensé le"))
    # As the receipt prints it: several rates make no single rate. Null: noted before it was asked.
    vat_amount = AmountField(_("TVA du ticket"), null=True)
    # Whoever paid with their own money, and is owed it back. Null: the host paid.
    advanced_by = models.ForeignKey(
        "cohorts.Enrolment", null=True, on_delete=models.PROTECT, related_name="advanced_expenses"
    )
    # What the group decided may be spent, of which this is a part.
    spending_limit = models.ForeignKey(
        "projects.SpendingLimit", null=True, on_delete=models.PROTECT, related_name="expenses"
    )
    # Beyond the limit: the decision or the agreement that allows it.
    beyond_reason = models.CharField(_("au-delà, parce que"), max_length=200, blank=True)
    receipt = models.ForeignKey(
        "projects.Receipt", null=True, on_delete=models.PROTECT, related_name="expenses"
    )

    # In memory only: which time books write it, when they took back what it said before.
    turn = 1

    class Meta(MoneyMovement.Meta):
        verbose_name = _("dépense")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="expense_is_positive",
                violation_error_message=_("Le montant d’une dépense est plus grand que zéro."),
            ),
            models.CheckConstraint(
                condition=Q(vat_amount__isnull=True) | Q(vat_amount__gte=0),
                name="expense_vat_not_negative",
                violation_error_message=_("La TVA n’est pas négative."),
            ),
        ]

    @property
    def vat(self) -> Decimal:
        if self.vat_amount is not None:
            typed: Decimal = self.vat_amount
            return typed
        return cents(self.amount * self.vat_rate / 100)

    @property
    def total(self) -> Decimal:
        """What was paid, VAT included: what whoever advanced it is owed."""
        total: Decimal = self.amount + self.vat
        return total
