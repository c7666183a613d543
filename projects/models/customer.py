import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.querysets import CohortScopedQuerySet
from cohorts.rules import spaced_siret
from ct_platform.kit.models import Stamped
from members.rules import spoken_phone
from projects.enums import CustomerKind
from projects.rules import vat_number_of


class Customer(Stamped):
    """Who buys from a cohort. May be renamed at any time: papers keep what they printed."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="customers")
    kind = models.CharField(
        _("type"), max_length=10, choices=CustomerKind.choices, default=CustomerKind.PERSON
    )
    name = models.CharField(_("nom"), max_length=140)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    vat_number = models.CharField(_("numéro de TVA"), max_length=14, blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    postcode = models.CharField(_("code postal"), max_length=10, blank=True)
    city = models.CharField(_("commune"), max_length=100, blank=True)
    # Where the goods go, when it is elsewhere (CGI ann. II art. 242 nonies A, décret 2022-1299).
    delivery_address = models.CharField(_("adresse de livraison"), max_length=200, blank=True)
    delivery_postcode = models.CharField(_("code postal"), max_length=10, blank=True)
    delivery_city = models.CharField(_("commune"), max_length=100, blank=True)
    email = models.EmailField(_("adresse électronique"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    # Chorus Pro: the service that pays, for an authority.
    service_code = models.CharField(_("code service"), max_length=40, blank=True)
    archived_at = models.DateTimeField(null=True)
    # Made by the form: a double tap creates once.
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = CohortScopedQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("client")

    def __str__(self) -> str:
        return self.name

    @property
    def siren(self) -> str:
        return self.siret[:9]

    @property
    def printed_siret(self) -> str:
        return spaced_siret(self.siret)

    @property
    def expected_vat_number(self) -> str:
        """The number this SIREN has, if the customer is registered for VAT at all."""
        return vat_number_of(self.siren) if self.siret else ""

    @property
    def printed_phone(self) -> str:
        return spoken_phone(self.phone) if self.phone else ""

    @property
    def is_consumer(self) -> bool:
        return self.kind == CustomerKind.PERSON
