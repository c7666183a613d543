from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from payroll.enums import EntryKind
from payroll.querysets import AccountEntryQuerySet


class AccountEntry(models.Model):
    """The account of a coopérant, append-only: the database itself refuses UPDATE and DELETE.

    Sign is direction: + in the person's favour. A correction is a reversal and a new entry.
    Share, cost and remainder of a pay sum to zero; net, advances, deductions and payments sum to
    what is still to be paid.
    """

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="account_entries"
    )
    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    amount = AmountField()
    at = models.DateTimeField()
    sentence = models.CharField(max_length=200)
    run = models.ForeignKey(
        "payroll.PayRun", null=True, on_delete=models.PROTECT, related_name="account_entries"
    )
    correction = models.ForeignKey(
        "payroll.Correction", null=True, on_delete=models.PROTECT, related_name="account_entries"
    )
    adjustment = models.ForeignKey(
        "payroll.Adjustment", null=True, on_delete=models.PROTECT, related_name="account_entries"
    )
    payment = models.ForeignKey(
        "payroll.Payment", null=True, on_delete=models.PROTECT, related_name="account_entries"
    )
    # Of a pay whose slips are made elsewhere: the slip that says so.
    uploaded_slip = models.ForeignKey(
        "payroll.UploadedSlip",
        null=True,
        on_delete=models.PROTECT,
        related_name="account_entries",
    )
    # Expenses advanced, and their refunds: apart from pay, they sum to what is still to give back.
    expense = models.ForeignKey(
        "projects.Expense", null=True, on_delete=models.PROTECT, related_name="account_entries"
    )
    refund = models.ForeignKey(
        "payroll.Refund", null=True, on_delete=models.PROTECT, related_name="account_entries"
    )
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by"
    )

    objects = AccountEntryQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        verbose_name = _("mouvement du compte")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "run", "kind"],
                condition=Q(
                    reverses__isnull=True,
                    run__isnull=False,
                    correction__isnull=True,
                    payment__isnull=True,
                    uploaded_slip__isnull=True,
                ),
                name="entry_once_per_run_and_kind",
            ),
            models.UniqueConstraint(
                fields=["uploaded_slip", "kind"],
                condition=Q(reverses__isnull=True, uploaded_slip__isnull=False),
                name="entry_once_per_uploaded_slip_and_kind",
            ),
            models.UniqueConstraint(
                fields=["correction", "kind"],
                condition=Q(reverses__isnull=True, correction__isnull=False),
                name="entry_once_per_correction_and_kind",
            ),
            models.UniqueConstraint(
                fields=["adjustment"],
                condition=Q(reverses__isnull=True, adjustment__isnull=False),
                name="entry_once_per_adjustment",
            ),
            models.UniqueConstraint(
                fields=["payment"],
                condition=Q(reverses__isnull=True, payment__isnull=False),
                name="entry_once_per_payment",
            ),
            models.UniqueConstraint(
                fields=["expense"],
                condition=Q(reverses__isnull=True, expense__isnull=False),
                name="entry_once_per_expense",
            ),
            models.UniqueConstraint(
                fields=["refund"],
                condition=Q(reverses__isnull=True, refund__isnull=False),
                name="entry_once_per_refund",
            ),
        ]
