from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from payroll.enums import CorrectionState
from payroll.querysets import ShareScopedQuerySet
from payroll.rules.figures import Figures


class Correction(Stamped):
    """An issued slip was wrong: why, what changes, and the engine's new answer for the same share.

    Proposed by one person of the host, issued by another: a counter-slip cancels the wrong slip and
    a new one follows. The share itself, a part of a pot that was divided, does not change.
    """

    share = models.ForeignKey("payroll.Share", on_delete=models.PROTECT, related_name="corrections")
    corrects = models.ForeignKey(
        "payroll.Payslip", on_delete=models.PROTECT, related_name="corrections"
    )
    state = models.CharField(
        max_length=10, choices=CorrectionState.choices, default=CorrectionState.PROPOSED
    )
    reason = models.CharField(_("raison"), max_length=300)
    # What the engine is asked differently: {"atmp_rate": ["1.55", "2.10"]}, old then new.
    changes: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    # As Share.slip: lines, ytd before and after.
    answer: "models.JSONField[Any, Any]" = models.JSONField()
    profile = models.ForeignKey(
        "payroll.ContributionProfile", on_delete=models.PROTECT, related_name="+"
    )
    cost = AmountField()
    remainder = AmountField()
    proposed_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = ShareScopedQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("correction")
        constraints = [
            models.UniqueConstraint(
                fields=["corrects"],
                condition=~Q(state="dropped"),
                name="correction_once_per_slip",
                violation_error_message=_("Une correction de ce bulletin est déjà en cours."),
            ),
            models.CheckConstraint(
                condition=~Q(state="issued") | ~Q(decided_by=F("proposed_by")),
                name="correction_four_eyes",
                violation_error_message=_("La personne qui émet n’est pas celle qui a proposé."),
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at__isnull=True)
                | (~Q(state="proposed") & Q(decided_at__isnull=False)),
                name="correction_decided_has_its_instant",
            ),
        ]

    @property
    def figures(self) -> Figures:
        """What the share becomes by this answer."""
        return Figures.corrected(self.answer, cost=self.cost, remainder=self.remainder)
