"""Who somebody is: one person across years and cohorts, with or without an account."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from members.querysets import PersonQuerySet
from members.rules import spoken_phone


class Person(Stamped):
    user = models.OneToOneField(
        "members.User", null=True, blank=True, on_delete=models.PROTECT, related_name="person"
    )
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80)
    used_name = models.CharField(
        _("prénom d’usage"), max_length=80, blank=True, help_text=_("Si on l’appelle autrement.")
    )
    birth_date = models.DateField(_("date de naissance"), null=True, blank=True)
    # Contact only, never an identifier nor a way in.
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)  # E.164
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    postcode = models.CharField(_("code postal"), max_length=10, blank=True)
    city = models.CharField(_("commune"), max_length=100, blank=True)
    # Folded "nom prénom" (no accent, no case, no hyphen): what duplicates are looked up by.
    search_key = models.CharField(max_length=170, db_index=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ("last_name", "first_name", "id")
        verbose_name = _("personne")

    def __str__(self) -> str:
        return self.full_name

    @property
    def called(self) -> str:
        """The first name people use."""
        return self.used_name or self.first_name

    @property
    def full_name(self) -> str:
        return f"{self.called} {self.last_name}"

    @property
    def civil_name(self) -> str:
        """The name papers carry."""
        return f"{self.first_name} {self.last_name}"

    @property
    def spoken_phone(self) -> str:
        return spoken_phone(self.phone) if self.phone else ""
