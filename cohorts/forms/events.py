"""What a coordinator types of an event. No judgement."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cohorts.enums.events import EventKind
from cohorts.enums.sessions import Half
from cohorts.models import Event
from cohorts.services.events import EventWishes
from ct_platform.kit.errors import Refused
from ct_platform.kit.form_fields import DayField
from ct_platform.kit.once import OnceForm
from members.rules import normal_phone
from members.services.people import possible_email


def read_phone(text: str) -> str:
    """E.164; "" stays "". Raises ValidationError."""
    phone = normal_phone(text)
    if phone is None:
        raise ValidationError(_("Ce numéro n’est pas complet. Exemple : 06 39 98 00 12"))
    return phone


def read_email(text: str) -> str:
    """Lower case; "" stays "". Raises ValidationError."""
    try:
        return possible_email(text)
    except Refused as refusal:
        raise ValidationError(str(refusal)) from refusal


def line(model: Any, name: str, label: Any, **kwargs: Any) -> forms.CharField:
    attrs = kwargs.pop("attrs", {})
    return forms.CharField(
        label=label,
        required=kwargs.pop("required", False),
        max_length=model._meta.get_field(name).max_length,
        widget=forms.TextInput(attrs=attrs),
        **kwargs,
    )


def _hour(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", "step": "300"}, format="%H:%M"),
        error_messages={"invalid": _("Écrivez une heure, par exemple 09:30.")},
    )


class EventForm(OnceForm):
    kind = forms.ChoiceField(label=_("Genre"), choices=EventKind.choices)
    title = line(
        Event,
        "title",
        _("Titre"),
        required=True,
        error_messages={"required": _("Donnez un titre.")},
    )
    day = DayField(label=_("Jour"))
    half = forms.ChoiceField(
        label=_("Demi-journée"), required=False, choices=[("", _("des heures")), *Half.choices]
    )
    starts, ends = _hour(_("De")), _hour(_("à"))
    place = line(
        Event,
        "place",
        _("Lieu"),
        required=True,
        help_text=_("Avec l’adresse : on doit pouvoir y aller."),
        error_messages={"required": _("Dites où.")},
    )
    description = forms.CharField(
        label=_("Ce que liront les invités"),
        required=False,
        max_length=Event._meta.get_field("description").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Sans nom de personne : cela peut être montré à tous."),
    )
    organisers = forms.ModelMultipleChoiceField(
        label=_("Des personnes du groupe"),
        required=False,
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
    )
    is_public = forms.BooleanField(
        label=_("Montrer sur la page publique de la coopérative"),
        required=False,
        help_text=_("Titre, date, lieu et description. Aucun nom."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisers"].queryset = people  # type: ignore[attr-defined]
        self.fields["organisers"].label_from_instance = _full_name  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row(Column("kind", css_class="col-sm-4"), Column("title", css_class="col-sm-8")),
            Row(
                Column("day", css_class="col-sm-6"),
                Column("half", css_class="col-sm-6"),
                Column("starts", css_class="col-6"),
                Column("ends", css_class="col-6"),
            ),
            "place", "description", "is_public",
            Div(HTML('<details class="mb-3"><summary>'), HTML(str(_("Qui organise"))), HTML("</summary>"),
                "organisers", HTML("</details>")),
            "submission_key", *self._more(),
        )  # fmt: skip

    def _more(self) -> list[str]:
        return []

    @property
    def wishes(self) -> EventWishes:
        cleaned = self.cleaned_data
        return EventWishes(
            kind=cleaned["kind"],
            title=cleaned["title"],
            place=cleaned["place"],
            day=cleaned["day"],
            half=cleaned["half"],
            starts=cleaned["starts"],
            ends=cleaned["ends"],
            description=cleaned["description"],
            is_public=cleaned["is_public"],
            organisers=tuple(one.pk for one in cleaned["organisers"]),
        )


class EventEditForm(EventForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def _more(self) -> list[str]:
        return ["version"]

    @classmethod
    def initial_of(cls, event: Event) -> dict[str, Any]:
        names = ("kind", "title", "place", "day", "half", "starts", "ends", "description")
        return {
            **{name: getattr(event, name) for name in (*names, "is_public", "version")},
            "organisers": [one.pk for one in event.organisers.all()],
        }


class EventCancelForm(forms.Form):
    reason = line(
        Event,
        "cancel_reason",
        _("Pourquoi"),
        required=True,
        help_text=_("Les personnes invitées le liront. Rien de privé : « la salle est fermée »."),
        error_messages={"required": _("Dites pourquoi : les personnes invitées le liront.")},
    )


def _full_name(enrolment: Any) -> str:
    return str(enrolment.person.full_name)
