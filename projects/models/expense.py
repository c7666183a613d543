from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models.sale import MoneyMovement


class Expense(MoneyMovement):
    """Money spent for a project. Receipts as photos: their own issue."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.PROTECT, related_name="expenses"
    )
    supplier = models.CharField(_("chez qui"), max_length=140, blank=True)
    moved_on = models.DateField(_("dépensé le"))

    class Meta(MoneyMovement.Meta):
        verbose_name = _("dépense")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="expense_is_positive",
                violation_error_message=_("Le montant d’une dépense est plus grand que zéro."),
            )
        ]
