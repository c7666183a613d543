"""The yearly file anybody may take: frozen when published, kept for ever. A correction is a version more.

The database itself refuses to change or delete any of it.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped


class OpenRelease(Stamped):
    """One version of one year, written from one published edition of merged cohorts."""

    year = models.PositiveSmallIntegerField(_("année"))
    number = models.PositiveSmallIntegerField(_("version"))
    edition = models.ForeignKey("reports.Edition", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("pourquoi"), max_length=300, blank=True)
    # Of the data and their definitions: the same figures are not published twice.
    fingerprint = models.CharField(max_length=64)
    masked = models.PositiveIntegerField()

    class Meta:
        ordering = ("-year", "-number")
        verbose_name = _("données ouvertes d’une année")
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="open_release_number_once"),
            models.UniqueConstraint(
                fields=["year", "fingerprint"], name="open_release_figures_once"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""),
                name="open_release_later_says_why",
                violation_error_message=_("Dites pourquoi une nouvelle version paraît."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}, version {self.number}"


class OpenFile(models.Model):
    """The very bytes people download, as text in UTF-8, with their sha-256."""

    release = models.ForeignKey(OpenRelease, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=40)
    media_type = models.CharField(max_length=60)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ("id",)
        verbose_name = _("fichier de données ouvertes")
        constraints = [
            models.UniqueConstraint(fields=["release", "name"], name="open_file_once_a_release")
        ]
