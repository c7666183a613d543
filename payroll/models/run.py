from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from payroll.enums import ISSUED_STATES, PayRunState
from payroll.querysets import StaffPayQuerySet


class PayRun(Stamped):
    """The pay of one cohort for one month, from draft to issued papers."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="pay_runs")
    month = models.DateField(_("mois"))  # first day
    state = models.CharField(max_length=10, choices=PayRunState.choices, default=PayRunState.DRAFT)
    reserve = AmountField(_("réserve votée"), default=0)
    # The decision that votes the reserve: its evidence.
    reserve_decision = models.ForeignKey(
        "decisions.Outcome", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Exemption: people for whom the host waives its fixed part (minimum-income holders, say).
    waived_people = models.PositiveSmallIntegerField(
        _("personnes dispensées de la part fixe"), default=0
    )
    paid_on = models.DateField(_("payé le"), null=True, blank=True)
    # Photographed at freeze.
    rule = models.ForeignKey(
        "payroll.SplitRule", null=True, on_delete=models.PROTECT, related_name="runs"
    )
    settings = models.ForeignKey("payroll.HostSettings", null=True, on_delete=models.PROTECT)
    profile = models.ForeignKey("payroll.ContributionProfile", null=True, on_delete=models.PROTECT)
    # Hours per enrolment, sales, expenses, with their keys (payroll.services.photographs).
    photograph: "models.JSONField[Any, Any]" = models.JSONField(null=True)
    photograph_hash = models.CharField(max_length=64, blank=True)
    sales = AmountField(default=0)
    expenses = AmountField(default=0)
    contribution = AmountField(default=0)
    # Flat AT/MP of the months without pay since the run before (HostSettings.idle_month_cost).
    idle_cost = AmountField(default=0)
    envelope = AmountField(default=0)
    # Who did each step: review and approval are two people (four eyes).
    frozen_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True)
    computed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(null=True)
    # When the last payment left; null again when a bank sends one back.
    paid_at = models.DateTimeField(null=True)

    objects = StaffPayQuerySet.as_manager()

    class Meta:
        ordering = ("-month", "-id")
        verbose_name = _("paie")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "month"],
                name="pay_run_once_a_month",
                violation_error_message=_("La paie de ce mois existe déjà."),
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="pay_run_month_is_first_day"),
            models.CheckConstraint(
                condition=Q(reserve__gte=0),
                name="pay_run_reserve_not_negative",
                violation_error_message=_("La réserve ne peut pas être négative."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("reviewed_by")),
                name="pay_run_four_eyes",
                violation_error_message=_("La personne qui approuve n’est pas celle qui a relu."),
            ),
            models.CheckConstraint(
                # Rounded: SQLite keeps decimals as floats, and 912.04 − 91.20 is not quite 820.84 there.
                condition=Q(state="draft")
                | Q(
                    envelope=Round(
                        F("sales")
                        - F("expenses")
                        - F("contribution")
                        - F("idle_cost")
                        - F("reserve"),
                        precision=2,
                    )
                ),
                name="pay_run_envelope_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(state="paid", paid_at__isnull=False)
                | (~Q(state="paid") & Q(paid_at__isnull=True)),
                name="pay_run_paid_has_its_instant",
            ),
        ]

    @property
    def is_draft(self) -> bool:
        return self.state == PayRunState.DRAFT

    @property
    def is_issued(self) -> bool:
        """Slips exist, whether or not the money has left."""
        return self.state in ISSUED_STATES

    @property
    def is_paid(self) -> bool:
        return self.state == PayRunState.PAID

    @property
    def batch(self) -> str:
        """Names the papers of this run in `documents`."""
        return f"payrun:{self.pk}"

    @property
    def reading(self) -> str:
        """Names the figures one page showed: a page read before they changed is stale."""
        computed = self.computed_at.isoformat() if self.computed_at else ""
        return f"{self.photograph_hash}@{computed}"

    @property
    def makes_slips(self) -> bool:
        """False when the host's own software makes them: what we compute stays an estimate."""
        return self.settings is None or self.settings.makes_slips

    @property
    def is_simulation(self) -> bool:
        """True until somebody of the host has confirmed the contribution profile in writing."""
        return self.profile is None or not self.profile.is_confirmed
