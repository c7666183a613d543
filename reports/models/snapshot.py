from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from reports.querysets import SnapshotQuerySet


class Snapshot(Stamped):
    """A report frozen on a day: masked figures and their definitions, hashed. Never edited."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="snapshots")
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    period_from = models.DateField()
    period_to = models.DateField()
    figures = models.JSONField()  # already through disclosure control: no raw count stays here
    figures_hash = models.CharField(max_length=64)
    document = models.OneToOneField(
        "documents.Document", null=True, on_delete=models.PROTECT, related_name="report_snapshot"
    )

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ("-frozen_at", "-id")
        verbose_name = _("rapport")
