from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.querysets import CohortScopedQuerySet
from ct_platform.kit.models import Stamped
from payroll.enums import SplitKind


class SplitRule(Stamped):
    """A sharing rule adopted by a decision, in force from a date. Superseded, never edited."""

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, related_name="split_rules"
    )
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=SplitKind.choices)
    counted_kinds = models.JSONField(default=list)  # kinds of hours that count; WorkKind codes
    in_force_from = models.DateField()
    outcome = models.OneToOneField(
        "decisions.Outcome", on_delete=models.PROTECT, related_name="split_rule"
    )

    objects = CohortScopedQuerySet.as_manager()

    class Meta:
        ordering = ("cohort_id", "version")
        verbose_name = _("règle de partage")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "version"], name="split_rule_version_once")
        ]
