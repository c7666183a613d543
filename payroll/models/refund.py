from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from payroll.querysets import EnrolmentPayQuerySet
from projects.enums import PaymentMeans


class Refund(Stamped):
    """Money given back to somebody who advanced it. Never pay: no slip, no envelope, no net counts it.

    Never edited: a mistake is cancelled by a reversal on the account.
    """

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="refunds"
    )
    amount = AmountField(_("montant"))
    means = models.CharField(_("moyen"), max_length=10, choices=PaymentMeans.choices)
    paid_on = models.DateField(_("rendu le"))
    reference = models.CharField(_("référence"), max_length=80, blank=True)
    recorded_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    cancelled_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True)

    objects = EnrolmentPayQuerySet.as_manager()

    class Meta:
        ordering = ("-paid_on", "-id")
        verbose_name = _("remboursement de frais")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_is_positive"),
        ]
