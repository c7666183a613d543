"""The year of merged cohorts, frozen for the network and each territory at once (reports.merging).

The database itself refuses to change any of it: publishing is a row more.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from reports.querysets.merged import EditionQuerySet, MergedSnapshotQuerySet


class Edition(Stamped):
    """All the scopes of one year in one set of tables, frozen at one instant."""

    set_code = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField(_("année"))
    number = models.PositiveSmallIntegerField()  # 1, 2…: two freezes at once collide here
    frozen_at = models.DateTimeField()
    # Nobody when the calendar asked for it.
    frozen_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "set_code", "-number")
        verbose_name = _("bilan de l’année")
        constraints = [
            models.UniqueConstraint(
                fields=["set_code", "year", "number"], name="edition_number_once"
            )
        ]


class Publication(models.Model):
    """From then on partners read it, and later editions of the year repeat its tables."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="publication")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("published_at", "id")
        verbose_name = _("publication d’un bilan")


class MergedSnapshot(models.Model):
    """The masked figures of one scope: a territory, or the network when it has none."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="snapshots")
    territory = models.ForeignKey(
        "cohorts.Territory", null=True, on_delete=models.PROTECT, related_name="merged_snapshots"
    )
    figures = models.JSONField()  # already through disclosure control: no raw count stays here
    figures_hash = models.CharField(max_length=64)

    objects = MergedSnapshotQuerySet.as_manager()

    class Meta:
        ordering = ("edition_id", "territory__name", "id")
        verbose_name = _("bilan")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "territory"], name="merged_snapshot_once_a_territory"
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(territory__isnull=True),
                name="merged_snapshot_once_the_network",
            ),
        ]


class MergedBasis(models.Model):
    """Who was counted, by territory: read by the next edition and by the invariants alone.

    No page, paper, export or admin ever loads it.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="bases")
    territory = models.ForeignKey("cohorts.Territory", on_delete=models.PROTECT, related_name="+")
    # Cohort key → key of the report it counts through.
    cohorts = models.JSONField()
    # Per table: enrolment keys of each cell.
    tables = models.JSONField()

    class Meta:
        ordering = ("edition_id", "territory_id")
        verbose_name = _("base d’un bilan")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "territory"], name="merged_basis_once_a_territory"
            )
        ]
