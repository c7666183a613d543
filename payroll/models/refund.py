from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from payroll.models.payment import MoneyOrder, MoneySent, sepa_has_its_account
from payroll.querysets import EnrolmentPayQuerySet, HostPayQuerySet
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


class RefundOrder(MoneyOrder):
    """Refunds of one cohort that leave together. An order of pay hangs on its run: these know none.

    Never changed once made: the database refuses it.
    """

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, related_name="refund_orders"
    )
    bank = models.ForeignKey(
        "payroll.HostBankDetails", null=True, on_delete=models.PROTECT, related_name="refund_orders"
    )

    objects = HostPayQuerySet.as_manager()

    class Meta(MoneyOrder.Meta):
        verbose_name = _("envoi de remboursements")
        constraints = [sepa_has_its_account("refund_order_sepa_has_its_account")]

    @property
    def about(self) -> str:
        """What the bank writes on the statement of who receives."""
        return _say("Remboursement de frais, %(cohort)s") % {"cohort": self.cohort.name}


class RefundPayment(MoneySent):
    """A refund sent to one person. It writes no account: once it left, its `refund` does."""

    order = models.ForeignKey(RefundOrder, on_delete=models.PROTECT, related_name="payments")
    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="refund_payments"
    )
    refund = models.OneToOneField(
        Refund, null=True, on_delete=models.PROTECT, related_name="sent_with"
    )

    objects = EnrolmentPayQuerySet.as_manager()

    class Meta(MoneySent.Meta):
        verbose_name = _("remboursement envoyé")
        constraints = [
            *MoneySent.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=["paid", "rejected"], refund__isnull=False)
                | Q(state__in=["planned", "cancelled"], refund__isnull=True),
                name="refundpayment_that_left_has_its_refund",
            ),
        ]
