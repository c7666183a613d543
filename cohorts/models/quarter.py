"""Priority quarters (QPV), as the official file of a vintage says them. Imported, never typed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.querysets.entry_files import QuarterQuerySet
from ct_platform.kit.models import Stamped


class QuarterImport(Stamped):
    """A file as it was read: which vintage, from whom, dated when."""

    vintage = models.PositiveSmallIntegerField(_("millésime"))
    source = models.CharField(_("source"), max_length=200)
    file_date = models.DateField(_("date du fichier"))
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    quarters_count = models.PositiveIntegerField(_("quartiers"))
    with_shape_count = models.PositiveIntegerField(_("avec leur contour"))

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("import de quartiers")


class Quarter(models.Model):
    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("nom"), max_length=200)
    vintage = models.PositiveSmallIntegerField(_("millésime"))
    insee_codes = models.CharField(_("communes"), max_length=300)  # " 93066 93001 "
    # Polygons of [longitude, latitude], WGS 84; none when the file was a list without shapes.
    shape = models.JSONField(null=True)
    west = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    south = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    east = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    north = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    source = models.ForeignKey(QuarterImport, on_delete=models.PROTECT, related_name="quarters")

    objects = QuarterQuerySet.as_manager()

    class Meta:
        ordering = ("name", "code")
        verbose_name = _("quartier prioritaire")
        constraints = [
            models.UniqueConstraint(fields=["vintage", "code"], name="quarter_once_per_vintage")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"
