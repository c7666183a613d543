from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.querysets import CohortScopedQuerySet
from ct_platform.kit.models import Stamped


class ClosingReason(Stamped):
    """Why a cohort is archived although something was missing. Written beside, never edited.

    It holds for what was missing when it was written (`missing`, keys of the check) and for nothing
    that came since; the latest of a check is the one that counts.
    """

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, related_name="closing_reasons"
    )
    check_code = models.CharField(max_length=40)
    reason = models.CharField(_("raison"), max_length=300)
    missing = models.JSONField(default=list)
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = CohortScopedQuerySet.as_manager()

    class Meta:
        ordering = ("written_at", "id")
        verbose_name = _("raison de clôture")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="closing_reason_says_why")
        ]
