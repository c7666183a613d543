"""A report frozen on a day. The database itself refuses to change it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from reports.querysets import SnapshotQuerySet


class Snapshot(Stamped):
    """Masked figures and their definitions, hashed. Never edited."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="snapshots")
    frozen_at = models.DateTimeField()
    # Nobody when the calendar asked for it.
    frozen_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    period_from = models.DateField()
    period_to = models.DateField()
    figures = models.JSONField()  # already through disclosure control: no raw count stays here
    figures_hash = models.CharField(max_length=64)
    document = models.OneToOneField(
        "documents.Document", on_delete=models.PROTECT, related_name="report_snapshot"
    )

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ("-frozen_at", "-id")
        verbose_name = _("rapport")
        constraints = [
            # Freezing the same figures again is the same report.
            models.UniqueConstraint(
                fields=["cohort", "figures_hash"],
                name="snapshot_figures_once",
                violation_error_message=_("Ce rapport est déjà figé."),
            )
        ]


class PublishedFigure(models.Model):
    """One figure a report says, in a column: the database adds them up over thousands of reports.

    Only those of `reports.trends.ADDED`, and never a masked one: a sum then says how many it adds.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="published")
    code = models.CharField(max_length=40)
    value: "models.DecimalField[Any, Any]" = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ("snapshot_id", "code")
        verbose_name = _("chiffre publié")
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "code"], name="figure_published_once")
        ]


class Basis(models.Model):
    """What stood behind a report, person by person, to judge the next one against it.

    Read by the disclosure engine alone: no page, paper, export or admin ever loads it.
    """

    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, related_name="basis")
    # Per table: parts of each cell by enrolment key, hidden cells, whether the total was shown.
    tables = models.JSONField()

    class Meta:
        ordering = ("id",)
        verbose_name = _("base d’un rapport")
