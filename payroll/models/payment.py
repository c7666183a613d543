import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from payroll.enums import PaymentKind, PaymentState
from payroll.querysets import EnrolmentPayQuerySet, RunScopedQuerySet


class PaymentOrder(Stamped):
    """One file for the bank, or one list of cheques: what is prepared together, on one day."""

    run = models.ForeignKey("payroll.PayRun", on_delete=models.PROTECT, related_name="orders")
    kind = models.CharField(max_length=10, choices=PaymentKind.choices)
    # Message identification of the bank file; unique for the bank, printed on the list.
    reference = models.CharField(max_length=35, unique=True)
    execute_on = models.DateField(_("date d’exécution"))
    bank = models.ForeignKey(
        "payroll.HostBankDetails", null=True, on_delete=models.PROTECT, related_name="orders"
    )
    created_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = RunScopedQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="sepa") | Q(bank__isnull=False), name="order_sepa_has_its_account"
            )
        ]


class Payment(Stamped):
    """Money sent to one person: prepared, paid, sometimes sent back by the bank and paid again."""

    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="payments")
    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="payments"
    )
    kind = models.CharField(max_length=10, choices=PaymentKind.choices)
    state = models.CharField(
        max_length=10, choices=PaymentState.choices, default=PaymentState.PLANNED
    )
    amount = AmountField()
    # Follows the money to the bank statement and back.
    end_to_end = models.CharField(max_length=35, unique=True)
    # Photograph of the account it goes to, sealed for this row (`key`); empty for a cheque.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    holder = models.CharField(max_length=70, blank=True)
    sealed_iban = models.TextField(blank=True)
    last4 = models.CharField(max_length=4, blank=True)
    cheque_number = models.CharField(_("numéro du chèque"), max_length=20, blank=True)
    paid_on = models.DateField(_("payé le"), null=True)
    paid_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    rejected_on = models.DateField(_("rejeté le"), null=True)
    rejected_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    reject_reason = models.CharField(_("raison du rejet"), max_length=140, blank=True)
    # The rejected payment this one sends again.
    again = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="sent_again"
    )

    objects = EnrolmentPayQuerySet.as_manager()

    class Meta:
        ordering = ("order_id", "id")
        verbose_name = _("paiement")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_positive"),
            # Of two who prepare at once, one finds the payment of the other.
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(state="planned"),
                name="payment_one_planned_per_person",
                violation_error_message=_("Un paiement de cette personne est déjà préparé."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["paid", "rejected"])
                    & Q(paid_on__isnull=False, paid_by__isnull=False)
                )
                | (Q(state__in=["planned", "cancelled"]) & Q(paid_on__isnull=True)),
                name="payment_paid_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state="rejected", rejected_on__isnull=False)
                | (~Q(state="rejected") & Q(rejected_on__isnull=True)),
                name="payment_rejected_says_when",
            ),
        ]
