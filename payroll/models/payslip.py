from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from payroll.enums import SlipKind
from payroll.querysets import PayslipQuerySet


class Payslip(Stamped):
    """An issued slip: its number, its stored lines, its paper. Corrected by linked new ones only.

    A counter-slip repeats the slip it cancels with every amount opposite; the slip that corrects it
    follows, as the next version. All stay, numbered and visible.
    """

    share = models.ForeignKey("payroll.Share", on_delete=models.PROTECT, related_name="slips")
    kind = models.CharField(max_length=10, choices=SlipKind.choices, default=SlipKind.SLIP)
    # A counter-slip has the version of the slip it cancels.
    version = models.PositiveSmallIntegerField(default=1)
    cancels = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="cancelled_by"
    )
    correction = models.ForeignKey(
        "payroll.Correction", null=True, on_delete=models.PROTECT, related_name="slips"
    )
    document = models.OneToOneField(
        "documents.Document", on_delete=models.PROTECT, related_name="payslip"
    )
    number = models.CharField(max_length=30)
    month = models.DateField()
    gross = AmountField()
    net_before_tax = AmountField()
    net_social = AmountField()
    net_taxable = AmountField()
    tax = AmountField()
    net_paid = AmountField()
    # Advances and deductions printed on the slip: what is sent is net_paid − withheld.
    withheld = AmountField(default=0)
    total_cost = AmountField()
    params_hash = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)

    objects = PayslipQuerySet.as_manager()

    class Meta:
        ordering = ("-month", "number")
        verbose_name = _("bulletin de paie")
        constraints = [
            # With one run per cohort and month, and one share per run and person: a person, a
            # period and a kind have one slip, whatever is pressed twice.
            models.UniqueConstraint(
                fields=["share", "kind", "version"], name="slip_once_per_version"
            ),
            models.CheckConstraint(
                condition=Q(kind="counter", cancels__isnull=False)
                | (~Q(kind="counter") & Q(cancels__isnull=True)),
                name="slip_counter_names_what_it_cancels",
            ),
        ]

    @property
    def is_counter(self) -> bool:
        return self.kind == SlipKind.COUNTER

    @property
    def to_pay(self) -> Decimal:
        """What this slip sends: the net less the advances and deductions it prints."""
        sent: Decimal = self.net_paid - self.withheld
        return sent

    @property
    def answer(self) -> Any:
        """The engine's stored answer this slip prints (payroll.rules.stored_slips)."""
        return self.correction.answer if self.correction is not None else self.share.slip


class PayslipLine(models.Model):
    """One contribution as it was rounded, once. Totals are sums of these."""

    payslip = models.ForeignKey(Payslip, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    side = models.CharField(max_length=2)  # ee: withheld; er: paid by the host
    label = models.CharField(max_length=120)
    group = models.CharField(max_length=60)
    base = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    rate = models.DecimalField(max_digits=9, decimal_places=6, null=True)  # percent
    amount = AmountField()
    rule_date = models.DateField(null=True)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ("payslip_id", "position")
        constraints = [
            models.UniqueConstraint(fields=["payslip", "code"], name="line_once_per_slip")
        ]


class SlipHandover(models.Model):
    """A slip given on paper, to who asked for paper: by whom, when."""

    payslip = models.OneToOneField(Payslip, on_delete=models.PROTECT, related_name="handover")
    given_on = models.DateField()
    by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
