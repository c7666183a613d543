from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from decisions.querysets import OfOneCohortQuerySet


class Statutes(Stamped):
    """The cohort's own rules of voting, in versions. They drive every vote; nobody types them again."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="statutes")
    version = models.PositiveSmallIntegerField(default=1)
    in_force_from = models.DateField()
    # Quorum as an exact fraction of the roll: present ≥ ⌈numerator × roll / denominator⌉.
    quorum_numerator = models.PositiveSmallIntegerField(default=1)
    quorum_denominator = models.PositiveSmallIntegerField(default=2)
    notice_hours = models.PositiveSmallIntegerField(
        _("délai avant la fin d’un vote, en heures"), default=0
    )

    objects = OfOneCohortQuerySet.as_manager()

    class Meta:
        ordering = ("cohort_id", "version")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "version"], name="statutes_version_once"),
            models.CheckConstraint(
                condition=Q(
                    quorum_denominator__gte=1, quorum_numerator__lte=F("quorum_denominator")
                ),
                name="statutes_quorum_is_a_fraction",
            ),
        ]
