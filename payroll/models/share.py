from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from ct_platform.kit.money import ZERO
from payroll.enums import CorrectionState, SlipKind
from payroll.querysets import ShareQuerySet
from payroll.rules.figures import Figures

if TYPE_CHECKING:
    from payroll.models.payslip import Payslip


class Share(Stamped):
    """One person's part of the envelope: a total cost, then what it becomes. share = cost + remainder."""

    run = models.ForeignKey("payroll.PayRun", on_delete=models.CASCADE, related_name="shares")
    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="shares"
    )
    minutes = models.PositiveIntegerField()  # that count in the rule
    minutes_by_kind = models.JSONField(default=dict)
    amount = AmountField()  # cut from this month's envelope
    carried_in = AmountField(default=0)  # remainder brought from the run before
    cost = AmountField(default=0)
    remainder = AmountField(default=0)
    # Null when the share is too small for a slip: everything is carried.
    gross = AmountField(null=True)
    net_before_tax = AmountField(null=True)
    net_social = AmountField(null=True)
    net_taxable = AmountField(null=True)
    tax = AmountField(null=True)
    net_paid = AmountField(null=True)
    # Advances and deductions taken from this net (Withholding); what is sent is net_paid − withheld.
    withheld = AmountField(default=0)
    # Hours paid, when they follow the share at an hourly rate (employment contracts); else null.
    paid_hours: "models.DecimalField[Any, Any]" = models.DecimalField(
        max_digits=6, decimal_places=2, null=True
    )
    # The engine's answer in full (lines, ytd after, hashes): stored, never re-derived.
    slip: "models.JSONField[Any, Any]" = models.JSONField(null=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ("run_id", "enrolment_id")
        verbose_name = _("part")
        constraints = [
            models.UniqueConstraint(fields=["run", "enrolment"], name="share_once_per_run"),
            models.CheckConstraint(
                condition=Q(
                    cost=Round(F("amount") + F("carried_in") - F("remainder"), precision=2)
                ),
                name="share_is_cost_and_remainder",
            ),
        ]

    @property
    def to_pay(self) -> Decimal:
        """What this pay sends, before any correction: the net less advances and deductions."""
        sent: Decimal = (self.net_paid or ZERO) - self.withheld
        return sent

    @property
    def standing(self) -> Figures:
        """The figures every page and report shows: the last issued correction's, else its own.

        The columns of this row stay those of the first slip. Reads `corrections`.
        """
        issued = [one for one in self.corrections.all() if one.state == CorrectionState.ISSUED]
        last = max(issued, key=lambda one: one.pk, default=None)
        if last is not None:
            corrected: Figures = last.figures
            return corrected
        return self.first

    @property
    def first(self) -> Figures:
        """The figures of the first slip, as this row keeps them."""
        return Figures(
            cost=self.cost,
            remainder=self.remainder,
            gross=self.gross,
            net_before_tax=self.net_before_tax,
            net_social=self.net_social,
            net_taxable=self.net_taxable,
            tax=self.tax,
            net_paid=self.net_paid,
            paid_hours=self.paid_hours,
            answer=self.slip,
        )

    @property
    def payslip(self) -> "Payslip | None":
        """The slip that stands: the first one, or the last that corrected it. Reads `slips`."""
        found = [slip for slip in self.slips.all() if slip.kind == SlipKind.SLIP]
        return max(found, key=lambda slip: slip.version, default=None)
