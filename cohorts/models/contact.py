"""The people a cohort met, and who of the group keeps them as theirs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums.events import ConsentWay, ContactState, Opening
from cohorts.querysets.events import ContactQuerySet, KeptContactQuerySet
from ct_platform.kit.models import Stamped
from members.rules import spoken_phone

_NOBODY = Q(name="", organisation="", role="", email="", phone="", reach="", note="", name_key="")


class Contact(Stamped):
    """Somebody from outside: who, how to reach them, what they may open. Erased in time."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="contacts")
    event = models.ForeignKey(
        "cohorts.Event", null=True, on_delete=models.PROTECT, related_name="contacts"
    )
    state = models.CharField(
        max_length=8, choices=ContactState.choices, default=ContactState.PROPOSED
    )
    name = models.CharField(_("nom"), max_length=120)
    name_key = models.CharField(max_length=240, blank=True)
    organisation = models.CharField(_("organisme"), max_length=150, blank=True)
    role = models.CharField(_("rôle"), max_length=120, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)  # E.164
    email = models.EmailField(_("e-mail"), blank=True)
    reach = models.CharField(_("autre moyen de la joindre"), max_length=150, blank=True)
    opens = models.JSONField(default=list)  # codes of Opening
    note = models.CharField(_("note"), max_length=500, blank=True)
    met_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    # They agreed that each of the group keeps their address: when, how, and who wrote it down.
    consented_on = models.DateField(null=True)
    consent_way = models.CharField(max_length=7, choices=ConsentWay.choices, blank=True, default="")
    consent_words = models.CharField(_("ce qui a été dit"), max_length=200, blank=True)
    consent_noted_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    consent_noted_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("contact")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "name_key"],
                condition=Q(erased_at__isnull=True),
                name="contact_once_in_cohort",
                violation_error_message=_("Cette personne est déjà dans les contacts."),
            ),
            models.CheckConstraint(
                condition=Q(
                    consented_on__isnull=True, consent_way="", consent_words="",
                    consent_noted_by__isnull=True, consent_noted_at__isnull=True,
                )
                | Q(
                    consented_on__isnull=False, consent_noted_by__isnull=False,
                    consent_noted_at__isnull=False,
                )
                & ~Q(consent_way=""),
                name="contact_consent_is_whole",
                violation_error_message=_("Un accord dit quand, comment, et qui l’a noté."),
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) & ~Q(name="")
                | Q(erased_at__isnull=False, consented_on__isnull=True) & _NOBODY,
                name="contact_erased_says_nothing",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name or str(_("personne effacée"))

    @property
    def spoken_phone(self) -> str:
        return spoken_phone(self.phone) if self.phone else ""

    @property
    def opens_words(self) -> list[str]:
        known = {one.value: str(one.label) for one in Opening}
        return [known[code] for code in self.opens if code in known]

    @property
    def is_proposed(self) -> bool:
        return self.state == ContactState.PROPOSED

    @property
    def place_words(self) -> str:
        """Role and organisation, as a card says them."""
        return ", ".join(filter(None, [self.role, self.organisation]))


class KeptContact(models.Model):
    """Somebody of the group keeps a contact who agreed to it, and leaves with it."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="keepers")
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    objects = KeptContactQuerySet.as_manager()

    class Meta:
        ordering = ("contact__name", "id")
        verbose_name = _("contact gardé")
        constraints = [
            models.UniqueConstraint(fields=["contact", "person"], name="contact_kept_once")
        ]
