"""What a host CAE decides, dated: its fee, its rates, its contribution profiles, its account."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField, RateField
from ct_platform.kit.models import Stamped
from members.models import SealedIban
from payroll.enums import ContributionBase, FixedPer, PayRhythm, SlipMode
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
    contribution_fixed = AmountField(_("part fixe"), default=0)
    contribution_fixed_per = models.CharField(
        max_length=10, choices=FixedPer.choices, default=FixedPer.RUN
    )
    # Exemption: months of a cohort, from its first, during which the host takes nothing.
    contribution_waived_months = models.PositiveSmallIntegerField(
        _("mois sans contribution"), default=0
    )
    # AT/MP of a CAPE is due on a flat base in each month without pay (décret 2008-121): the amount a
    # person and month, to confirm each year with the URSSAF. Zero: not known yet.
    idle_month_cost = AmountField(_("cotisation d’un mois sans paie"), default=0)
    atmp_rate = RateField(_("taux AT/MP, en %"))  # percent, notified to the CAE
    mobility_rate = RateField(_("versement mobilité, en %"), default=0)
    headcount = models.PositiveIntegerField(_("effectif légal"))
    # Complementary health cover of employment contracts: total a month, and the host's part of it.
    health_cover = AmountField(_("complémentaire santé, par mois"), default=0)
    health_cover_employer_share: "models.DecimalField[Any, Any]" = models.DecimalField(
        _("part de l’hôte dans la complémentaire, en %"),
        max_digits=8,
        decimal_places=5,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    # Employment contracts: the hours paid follow the share at this rate. Null: the confirmed hours.
    hourly_rate = AmountField(_("taux horaire des contrats de travail"), null=True, blank=True)
    pay_rhythm = models.CharField(
        max_length=10, choices=PayRhythm.choices, default=PayRhythm.MONTHLY
    )
    slip_mode = models.CharField(max_length=10, choices=SlipMode.choices, default=SlipMode.PLATFORM)
    slip_title = models.CharField(_("titre du bulletin"), max_length=60, default="Bulletin de paie")
    slip_series = models.CharField(_("série des numéros"), max_length=10, default="R")
    collective_agreement = models.CharField(_("convention collective"), max_length=120, blank=True)
    # Account numbers that differ from the plan of payroll.exports (role → account).
    accounts: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    written_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = HostOwnedQuerySet.as_manager()

    class Meta:
        ordering = ("host_id", "in_force_from")
        constraints = [
            models.UniqueConstraint(
                fields=["host", "in_force_from"], name="host_settings_once_a_day"
            )
        ]

    @property
    def makes_slips(self) -> bool:
        """False when the host's own software makes the slips and the platform hands them out."""
        return self.slip_mode == SlipMode.PLATFORM


class ContributionProfile(Stamped):
    """Which lines apply; a run under an unconfirmed profile is a simulation and cannot be issued.

    A version is never edited once a run used it or once confirmed: a change is a new version.
    """

    host = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="profiles"
    )
    code = models.CharField(max_length=20)  # a profile of payroll.engine: "cape", "employee"
    version = models.PositiveSmallIntegerField(default=1)
    in_force_from = models.DateField()
    disabled_lines: "models.JSONField[Any, Any]" = models.JSONField(
        default=list
    )  # beyond those of the engine's own profile
    # Lines the engine's own profile leaves out and this host owes nevertheless.
    enabled_lines: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    # General reduction: null keeps the answer of the engine's own profile.
    rgdu = models.BooleanField(null=True)
    tdelta_override = RateField(null=True, blank=True)  # coefficient
    legal_reference = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # Reference of the written answer the confirmation rests on, and the answer itself.
    evidence = models.CharField(_("réponse écrite"), max_length=200, blank=True)
    evidence_file = models.FileField(upload_to="evidence", blank=True)
    evidence_sha256 = models.CharField(max_length=64, blank=True)

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


class HostBankDetails(SealedIban):
    """The account a host pays from."""

    host = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="bank_details"
    )
    bic = models.CharField(max_length=11, blank=True)

    objects = HostOwnedQuerySet.as_manager()

    class Meta:
        ordering = ("host_id", "-entered_at", "-id")
        verbose_name = _("compte bancaire de l’hôte")
        constraints = [
            models.UniqueConstraint(
                fields=["host"], condition=Q(ended_at__isnull=True), name="host_bank_one_current"
            )
        ]
