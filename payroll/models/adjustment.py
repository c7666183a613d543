from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from payroll.enums import AdjustmentKind
from payroll.querysets import EnrolmentPayQuerySet


class Adjustment(Stamped):
    """Money that comes off a net to pay: an advance already received, a deduction the group decided.

    Never edited: a mistake is cancelled (before any slip took it) by a reversal on the account.
    """

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="adjustments"
    )
    kind = models.CharField(max_length=10, choices=AdjustmentKind.choices)
    amount = AmountField(_("montant"))
    given_on = models.DateField(_("le"))
    reason = models.CharField(_("pour quoi"), max_length=140)
    # A deduction has its decision; an advance has none.
    decision = models.ForeignKey(
        "decisions.Outcome", null=True, on_delete=models.PROTECT, related_name="adjustments"
    )
    recorded_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    cancelled_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True)

    objects = EnrolmentPayQuerySet.as_manager()

    class Meta:
        ordering = ("given_on", "id")
        verbose_name = _("acompte ou retenue")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="adjustment_is_positive",
                violation_error_message=_("Le montant est plus grand que zéro."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="deduction") | Q(decision__isnull=False),
                name="adjustment_deduction_has_its_decision",
                violation_error_message=_("Une retenue repose sur une décision du groupe."),
            ),
        ]


class Withholding(models.Model):
    """How much of one advance or deduction a pay takes: all of it, or as much as the net allows."""

    share = models.ForeignKey(
        "payroll.Share", on_delete=models.CASCADE, related_name="withholdings"
    )
    adjustment = models.ForeignKey(
        Adjustment, on_delete=models.PROTECT, related_name="withholdings"
    )
    amount = AmountField()

    class Meta:
        ordering = ("share_id", "adjustment_id")
        constraints = [
            models.UniqueConstraint(
                fields=["share", "adjustment"], name="withholding_once_per_pay"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="withholding_is_positive"),
        ]
