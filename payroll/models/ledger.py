from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from payroll.enums import EntryKind
from payroll.querysets import AccountEntryQuerySet


class AccountEntry(models.Model):
    """The account of a coopérant, append-only: the database itself refuses UPDATE and DELETE.

    Sign is direction: + in the person's favour. A correction is a reversal and a new entry.
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
                condition=Q(reverses__isnull=True, run__isnull=False),
                name="entry_once_per_run_and_kind",
            )
        ]
