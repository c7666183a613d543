"""A consent: for one purpose, for a time, with its proof, and withdrawable."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from members.querysets import ConsentQuerySet


class ConsentPurpose(models.TextChoices):
    PUBLIC_SITE = "public_site", _("le site public")
    SOCIAL = "social", _("les réseaux sociaux")
    REPORT = "report", _("les rapports aux partenaires")
    PRESS = "press", _("la presse")
    IMAGE = "image", _("l’image")
    # C. civ. art. 388-1-1: who has not come of age acts through a legal guardian.
    GUARDIAN = "guardian", _("l’entrée d’une personne mineure")
    FOLLOW_UP = "follow_up", _("des nouvelles après la sortie")


class Consent(Stamped):
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=30, choices=ConsentPurpose.choices)
    # The exact sentence the person agreed to: the wording may change later, the proof may not.
    wording = models.TextField()
    # Who agreed, when it is not the person: the legal guardian of a minor.
    given_by = models.CharField(_("donné par"), max_length=160, blank=True)
    given_at = models.DateTimeField()
    expires_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("-given_at", "-id")
        verbose_name = _("consentement")
