from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from reports.enums.funding import CostKind
from reports.querysets.funding import CostQuerySet


class CostLine(Stamped):
    """What a cohort cost its coordination: time, premises, travel… Struck out, never deleted.

    Pay of coopérants and expenses of their activities are read where they are, never typed here.
    """

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, related_name="cost_lines"
    )
    kind = models.CharField(_("nature"), max_length=13, choices=CostKind.choices)
    label = models.CharField(_("quoi"), max_length=140)
    amount = AmountField(_("montant"))
    spent_on = models.DateField(_("date"))
    # Number of the invoice, of the pay slip, of the note of expenses: what a control will ask for.
    proof = models.CharField(_("pièce"), max_length=120, blank=True)
    recorded_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CostQuerySet.as_manager()

    class Meta:
        ordering = ("-spent_on", "-id")
        verbose_name = _("coût de coordination")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="cost_is_positive",
                violation_error_message=_("Un montant est plus grand que zéro."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="cost_withdrawn_by_somebody",
            ),
        ]
