from django.db import models
from django.utils.translation import gettext_lazy as _


class BadgeSeries(models.Model):
    """The last place given in the status list of a host's badges of one year (services.badge_status)."""

    host = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("host_id", "year")
        verbose_name = _("liste d’état des badges")
        constraints = [models.UniqueConstraint(fields=["host", "year"], name="badge_series_once")]
