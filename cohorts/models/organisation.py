from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums import OrganisationKind, PartnershipRole
from cohorts.querysets import OrganisationQuerySet
from cohorts.rules import spaced_siret
from ct_platform.kit.models import Stamped


class Organisation(Stamped):
    """A CAE, a chamber, a hub, an authority, a funder: whoever hosts or follows cohorts."""

    name = models.CharField(_("nom"), max_length=150, unique=True)
    kind = models.CharField(_("type"), max_length=20, choices=OrganisationKind.choices)
    # Printed on papers issued in its name.
    legal_form = models.CharField(_("forme juridique"), max_length=80, blank=True)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    ape = models.CharField(_("code APE"), max_length=5, blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    postcode = models.CharField(_("code postal"), max_length=10, blank=True)
    city = models.CharField(_("commune"), max_length=100, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return self.name

    @property
    def printed_siret(self) -> str:
        return spaced_siret(self.siret)


class Partnership(Stamped):
    """An organisation follows a whole territory, or one cohort, between two dates."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="partnerships"
    )
    territory = models.ForeignKey(
        "cohorts.Territory",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="partnerships",
    )
    cohort = models.ForeignKey(
        "cohorts.Cohort",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="partnerships",
    )
    role = models.CharField(max_length=20, choices=PartnershipRole.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(territory__isnull=False, cohort__isnull=True)
                | Q(territory__isnull=True, cohort__isnull=False),
                name="partnership_of_one_place",
                violation_error_message=_(
                    "Un partenariat porte sur un territoire ou sur une cohorte."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="partnership_ends_after_start",
                violation_error_message=_("La fin du partenariat précède son début."),
            ),
        ]
