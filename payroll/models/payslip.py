from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from payroll.querysets import PayslipQuerySet


class Payslip(Stamped):
    """An issued slip: its number, its stored lines, its paper. Corrected by a linked new one only."""

    share = models.OneToOneField("payroll.Share", on_delete=models.PROTECT, related_name="payslip")
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
    total_cost = AmountField()
    params_hash = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)

    objects = PayslipQuerySet.as_manager()

    class Meta:
        ordering = ("-month", "number")
        verbose_name = _("bulletin de paie")


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
