"""What a host CAE decides, dated: its fee, its rates, its contribution profiles."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField, RateField
from ct_platform.kit.models import Stamped
from payroll.enums import ContributionBase
from payroll.querysets import HostOwnedQuerySet


class HostSettings(Stamped):
    """In force from a date until the next; never edited once a run used it."""

    host = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="pay_settings"
    )
    in_force_from = models.DateField()
    contribution_base = models.CharField(
        max_length=10, choices=ContributionBase.choices, default=ContributionBase.SALES
    )
    contribution_rate = RateField(_("taux de contribution, en %"))  # percent
    contribution_fixed = AmountField(_("part fixe par paie"), default=0)
    atmp_rate = RateField(_("taux AT/MP, en %"))  # percent, notified to the CAE
    mobility_rate = RateField(_("versement mobilité, en %"), default=0)
    headcount = models.PositiveIntegerField(_("effectif légal"))
    slip_title = models.CharField(_("titre du bulletin"), max_length=60, default="Bulletin de paie")
    slip_series = models.CharField(_("série des numéros"), max_length=10, default="R")

    objects = HostOwnedQuerySet.as_manager()

    class Meta:
        ordering = ("host_id", "in_force_from")
        constraints = [
            models.UniqueConstraint(
                fields=["host", "in_force_from"], name="host_settings_once_a_day"
            )
        ]


class ContributionProfile(Stamped):
    """Which lines apply; a run under an unconfirmed profile is a simulation and cannot be issued."""

    host = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="profiles"
    )
    code = models.CharField(max_length=20)  # a profile of payroll.engine: "cape", "employee"
    version = models.PositiveSmallIntegerField(default=1)
    in_force_from = models.DateField()
    disabled_lines = models.JSONField(default=list)  # beyond those of the engine's own profile
    legal_reference = models.CharField(max_length=200, blank=True)
    confirmed_by = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # Reference of the written answer the confirmation rests on.
    evidence = models.CharField(_("réponse écrite"), max_length=200, blank=True)

    objects = HostOwnedQuerySet.as_manager()

    class Meta:
        ordering = ("host_id", "code", "version")
        constraints = [
            models.UniqueConstraint(
                fields=["host", "code", "version"], name="profile_version_once"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="profile_confirmed_by_somebody",
            ),
        ]

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
