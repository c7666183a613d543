from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums import TerritoryKind
from cohorts.querysets import TerritoryQuerySet
from ct_platform.kit.models import Stamped


class Territory(Stamped):
    """A priority quarter or a rural area where cohorts are run."""

    name = models.CharField(_("nom"), max_length=120, unique=True)
    kind = models.CharField(_("type"), max_length=10, choices=TerritoryKind.choices)
    city = models.CharField(_("commune principale"), max_length=100)
    department = models.CharField(_("département"), max_length=3)
    # The geography is dated: 1,362 quarters since décret 2023-1314, in force on 1 January 2024.
    qpv_code = models.CharField(_("code du quartier"), max_length=10, blank=True)
    qpv_vintage = models.PositiveSmallIntegerField(_("millésime"), null=True, blank=True)
    # Where the public map shows it; without them, the middle of its département.
    latitude = models.DecimalField(
        _("latitude"), max_digits=7, decimal_places=4, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=7, decimal_places=4, null=True, blank=True
    )

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("territoire")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
                name="territory_stands_somewhere",
                violation_error_message=_(
                    "Donnez la latitude et la longitude, ou aucune des deux."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name
