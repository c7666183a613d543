"""A new cohort from another one, or from a file: its name, its first day, and what is taken over."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cohorts.forms.cohort import day_field, programme_label
from cohorts.models import Cohort
from cohorts.selectors.starter_kits import LARGEST
from ct_platform.kit.actor import Seat
from ct_platform.kit.once import OnceForm


class StartForm(OnceForm):
    name = forms.CharField(
        label=_("Nom de la nouvelle coopérative"),
        help_text=_("Un nom provisoire convient : le groupe choisira le sien."),
        max_length=Cohort._meta.get_field("name").max_length,
        error_messages={"required": _("Donnez un nom.")},
    )
    starts_on = day_field(
        _("Premier jour"),
        help_text=_(
            "La durée est la même. Chaque séance garde son jour de la semaine et ses heures."
        ),
    )
    seat = forms.ChoiceField(
        label=_("Territoire"),
        error_messages={
            "required": _("Choisissez le territoire."),
            "invalid_choice": _("Vous n’accompagnez pas ce territoire."),
        },
    )
    programme = forms.ModelChoiceField(
        label=_("Programme"),
        queryset=None,
        empty_label=_("Choisissez"),
        error_messages={
            "required": _("Choisissez le programme."),
            "invalid_choice": _("Ce programme n’existe pas."),
        },
    )
    host = forms.ModelChoiceField(
        label=_("Coopérative hôte"),
        help_text=_("Les termes des contrats et les réglages de paie sont les siens."),
        queryset=None,
        empty_label=_("Choisissez"),
        error_messages={
            "required": _("Choisissez la coopérative hôte."),
            "invalid_choice": _("Cette coopérative hôte n’existe pas."),
        },
    )

    def __init__(
        self,
        *args: Any,
        hosts: QuerySet[Any],
        programmes: QuerySet[Any],
        seats: Sequence[Seat],
        source: Cohort | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {one.key: one for one in seats}
        self.fields["seat"].choices = [(one.key, one.place) for one in seats]
        self.fields["host"].queryset = hosts
        self.fields["programme"].queryset = programmes
        self.fields["programme"].label_from_instance = programme_label
        if source is not None:
            self.fields["host"].initial = source.host_id
            self.fields["programme"].initial = source.programme_id
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*self.fields)

    @property
    def chosen_seat(self) -> Seat:
        """The coordinator's own seat in the territory they chose."""
        return self.seats[self.cleaned_data["seat"]]


class CloneForm(StartForm):
    """The items ticked come beside the fields, as `take`."""


class KitForm(StartForm):
    file = forms.FileField(
        label=_("Kit de démarrage (fichier .json)"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Ce fichier est vide."),
        },
    )
    field_order = ("file", "name", "starts_on", "seat", "programme", "host")

    def clean_file(self) -> bytes:
        found = self.cleaned_data["file"]
        if found.size > LARGEST:
            raise forms.ValidationError(
                _("Ce fichier est trop gros pour être un kit de démarrage.")
            )
        content: bytes = found.read()
        return content
