"""Organisations that agreed to be named on the public site."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped


class ShownPartner(Stamped):
    organisation = models.OneToOneField(
        "cohorts.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organisation"),
    )
    sentence = models.CharField(_("ce qu’elle fait avec nous, en une phrase"), max_length=200)
    website = models.URLField(_("son site"), max_length=200, blank=True)
    # Drawn again by kit.pictures, whatever was sent.
    logo = models.FileField(upload_to="partner-logos", blank=True)
    # Who said yes there, in what paper or message: read by the network alone.
    agreed_how = models.CharField(_("qui a dit oui, et comment"), max_length=200)
    agreed_on = models.DateField(_("accord donné le"))
    ended_on = models.DateField(_("ne plus montrer depuis le"), null=True, blank=True)
    noted_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("organisation__name", "id")
        verbose_name = _("partenaire montré sur le site")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("agreed_on")),
                name="shown_partner_ends_after_agreeing",
                violation_error_message=_("La fin précède l’accord."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)
