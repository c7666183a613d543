import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from ct_platform.kit.clock import Month
from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from payroll.enums import PaymentKind, PaymentState
from payroll.querysets import EnrolmentPayQuerySet, RunScopedQuerySet


def sepa_has_its_account(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~Q(kind="sepa") | Q(bank__isnull=False), name=name)


class MoneyOrder(Stamped):
    """One file for the bank, or one list of cheques: what is prepared together, on one day."""

    kind = models.CharField(max_length=10, choices=PaymentKind.choices)
    # Message identification of the bank file; unique for the bank, printed on the list.
    reference = models.CharField(max_length=35, unique=True)
    execute_on = models.DateField(_("date d’exécution"))
    created_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ("id",)


class MoneySent(Stamped):
    """Money sent to one person: prepared, paid, sometimes sent back by the bank and paid again."""

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

    class Meta:
        abstract = True
        ordering = ("order_id", "id")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="%(class)s_is_positive"),
            # Of two who prepare at once, one finds the payment of the other.
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(state="planned"),
                name="%(class)s_one_planned_per_person",
                violation_error_message=_("Un paiement de cette personne est déjà préparé."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["paid", "rejected"])
                    & Q(paid_on__isnull=False, paid_by__isnull=False)
                )
                | (Q(state__in=["planned", "cancelled"]) & Q(paid_on__isnull=True)),
                name="%(class)s_paid_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state="rejected", rejected_on__isnull=False)
                | (~Q(state="rejected") & Q(rejected_on__isnull=True)),
                name="%(class)s_rejected_says_when",
            ),
        ]


class PaymentOrder(MoneyOrder):
    """Pay that leaves together."""

    run = models.ForeignKey("payroll.PayRun", on_delete=models.PROTECT, related_name="orders")
    bank = models.ForeignKey(
        "payroll.HostBankDetails", null=True, on_delete=models.PROTECT, related_name="orders"
    )

    objects = RunScopedQuerySet.as_manager()

    class Meta(MoneyOrder.Meta):
        constraints = [sepa_has_its_account("order_sepa_has_its_account")]

    @property
    def cohort(self) -> Cohort:
        found: Cohort = self.run.cohort
        return found

    @property
    def about(self) -> str:
        """What the bank writes on the statement of who receives."""
        return _say("Remuneration %(month)s, %(cohort)s") % {
            "month": Month(self.run.month),
            "cohort": self.cohort.name,
        }


class Payment(MoneySent):
    """Pay sent to one person."""

    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="payments")
    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="payments"
    )

    objects = EnrolmentPayQuerySet.as_manager()

    class Meta(MoneySent.Meta):
        verbose_name = _("paiement")
