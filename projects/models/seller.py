"""How a host CAE sells: what its invoices must say, its series of numbers, its choices of VAT."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import RateField
from ct_platform.kit.models import Stamped
from projects.enums import VatCategory, VatRegime, WayOfSale
from projects.querysets import HostRowsQuerySet


class SellerTerms(Stamped):
    """In force from a date until the next; a change is a new row, never an edit."""

    host = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="seller_terms"
    )
    in_force_from = models.DateField(_("à partir du"))
    capital = models.CharField(_("capital"), max_length=60, blank=True)  # "variable, 18 500 €"
    register_city = models.CharField(_("ville du RCS"), max_length=60, blank=True)
    vat_regime = models.CharField(
        _("régime de TVA"), max_length=10, choices=VatRegime.choices, default=VatRegime.NORMAL
    )
    vat_number = models.CharField(_("numéro de TVA"), max_length=14, blank=True)
    vat_on_debits = models.BooleanField(_("option pour la TVA d’après les débits"), default=False)
    # A series of the platform's own, delegated in writing (CGI ann. II art. 242 nonies A). Without
    # it the platform only asks the host to invoice, and keeps the number the host gave.
    series = models.CharField(
        _("série de numéros"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^[A-Z0-9]+$", _("Des lettres majuscules et des chiffres."))],
    )
    delegated_on = models.DateField(_("délégation signée le"), null=True, blank=True)
    asks_to_validate = models.BooleanField(
        _("l’hôte valide chaque devis et facture avant l’envoi"), default=True
    )
    due_days = models.PositiveSmallIntegerField(_("délai de paiement, en jours"), default=30)
    late_rate = RateField(_("pénalités de retard, en % par an"), default=0)  # percent a year
    early_terms = models.CharField(
        _("escompte"), max_length=140, default="Pas d’escompte pour paiement anticipé"
    )
    # The CAE's own account, printed on every invoice: not a person's secret.
    iban = models.CharField(_("IBAN"), max_length=34, blank=True)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    email = models.EmailField(_("adresse électronique"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    written_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = HostRowsQuerySet.as_manager()

    class Meta:
        ordering = ("host_id", "in_force_from")
        verbose_name = _("conditions de vente")
        constraints = [
            models.UniqueConstraint(
                fields=["host", "in_force_from"], name="seller_terms_once_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(series="", delegated_on__isnull=True)
                | (~models.Q(series="") & models.Q(delegated_on__isnull=False)),
                name="seller_terms_series_is_delegated",
                violation_error_message=_(
                    "Une série de numéros demande la date de la délégation écrite, et l’inverse."
                ),
            ),
        ]

    @property
    def gives_numbers(self) -> bool:
        return bool(self.series)


class VatDecision(Stamped):
    """A rate the host decided for one category sold one way, from a day on; it prevails over the table."""

    host = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="vat_decisions"
    )
    category = models.CharField(_("ce qu’on vend"), max_length=20, choices=VatCategory.choices)
    way = models.CharField(_("façon de vendre"), max_length=10, choices=WayOfSale.choices)
    percent = RateField(_("taux, en %"))
    in_force_from = models.DateField(_("à partir du"))
    reason = models.CharField(_("pourquoi"), max_length=200)
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")

    objects = HostRowsQuerySet.as_manager()

    class Meta:
        ordering = ("host_id", "category", "way", "in_force_from")
        verbose_name = _("décision de TVA")
        constraints = [
            models.UniqueConstraint(
                fields=["host", "category", "way", "in_force_from"], name="vat_decision_once_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(percent__gte=0, percent__lte=100),
                name="vat_decision_is_a_percentage",
            ),
        ]
