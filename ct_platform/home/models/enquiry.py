"""Somebody who would like a cooperative at home writes to the network. Erased in time (services.enquiries)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.delivery import Delivery, DeliveryQuerySet
from ct_platform.kit.models import Stamped


class Who(models.TextChoices):
    INHABITANT = "inhabitant", _("un habitant, une habitante")
    ASSOCIATION = "association", _("une association")
    AUTHORITY = "authority", _("une collectivité")
    HOST = "host", _("une coopérative d’activité et d’emploi")
    OTHER = "other", _("autre")


class Enquiry(Stamped):
    # Carried by the form: a double tap writes once.
    key = models.UUIDField(unique=True, editable=False)
    who = models.CharField(_("vous êtes"), max_length=12, choices=Who.choices)
    name = models.CharField(_("votre nom"), max_length=120)
    organisation = models.CharField(_("organisme"), max_length=150, blank=True)
    place = models.CharField(_("commune ou quartier"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)  # E.164
    message = models.TextField(_("votre message"), max_length=3000)
    # The very sentence they agreed to.
    agreed_to = models.TextField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("demande reçue par le site")
        constraints = [
            models.CheckConstraint(
                condition=~Q(email="", phone="") | Q(erased_at__isnull=False),
                name="enquiry_can_be_answered",
                violation_error_message=_("Donnez un moyen de vous joindre : un seul suffit."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="enquiry_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(name="", organisation="", place="", email="", phone="", message=""),
                name="enquiry_erased_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("demande effacée"))


class EnquiryMail(Delivery):
    """The mail that tells the network of it: one for each person who sits there."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="mails")
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("message d’une demande reçue par le site")
        indexes = [models.Index(fields=["status", "sent_at"], name="enquiry_mail_to_sweep")]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "person"], name="enquiry_mail_once")
        ]
