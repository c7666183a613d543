"""What the selection types: an opinion, a decision, who it is, answers, meetings."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.enums.recruiting import APPLICATION_ALLOWED, ApplicationState, Stance
from cohorts.forms.people import KeysField
from cohorts.models import Application, ApplicationAnswer, Opinion
from cohorts.services.selection import Entry
from ct_platform.kit.clock import PARIS, format_day
from ct_platform.kit.form_fields import DayField
from ct_platform.kit.keys import keys_of
from ct_platform.kit.once import OnceForm
from members.selectors import Match


class OpinionForm(forms.Form):
    stance = forms.ChoiceField(
        label=_("Cette personne a-t-elle sa place dans ce groupe ?"),
        choices=Stance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un avis.")},
    )
    reasons = forms.CharField(
        label=_("Vos raisons"),
        help_text=_("Lues par les accompagnateurs seulement. Ni santé, ni famille, ni origine."),
        required=False,
        max_length=Opinion._meta.get_field("reasons").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionForm(forms.Form):
    to = forms.ChoiceField(
        label=_("Cette candidature"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une décision.")},
    )
    note = forms.CharField(
        label=_("Pourquoi"),
        help_text=_(
            "Gardé entre accompagnateurs, jamais envoyé. La personne peut demander à le lire."
        ),
        required=False,
        max_length=Application._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        """Offer the steps possible from `state`, and `state` itself once it is a decision."""
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        possible = APPLICATION_ALLOWED[state] | {state} - {ApplicationState.RECEIVED}
        field.choices = [one for one in ApplicationState.choices if one[0] in possible]


class EntryForm(forms.Form):
    """Who a selected application is, and a minor's guardian."""

    who = forms.ChoiceField(
        label=_("Qui est-ce ?"),
        required=False,
        widget=forms.RadioSelect,
    )
    guardian_name = forms.CharField(label=_("Représentant légal"), required=False, max_length=160)
    guardian_agreed_on = DayField(label=_("Accord écrit donné le"), required=False)

    def __init__(
        self, *args: Any, matches: Sequence[Match], for_minor: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [
            *((f"person:{one.person.pk}", _said(one)) for one in matches),
            ("new", _("Quelqu’un de nouveau")),
        ]
        self.is_asked = bool(matches)
        if not matches:
            del self.fields["who"]
        if not for_minor:
            del self.fields["guardian_name"], self.fields["guardian_agreed_on"]

    @property
    def entry(self) -> Entry:
        data = self.cleaned_data
        return Entry(
            who=data.get("who", ""),
            guardian_name=data.get("guardian_name", ""),
            guardian_agreed_on=data.get("guardian_agreed_on"),
        )


def _said(match: Match) -> str:
    person = match.person
    born = f", {format_day(person.birth_date)}" if person.birth_date else ""
    return f"{person.civil_name}{born} ({match.words})"


class AnswersForm(OnceForm):
    people = KeysField()
    word = forms.CharField(
        label=_("Un mot pratique pour tous"),
        help_text=_("Facultatif. Par exemple le numéro où vous joindre."),
        required=False,
        max_length=ApplicationAnswer._meta.get_field("word").max_length,
    )


class PostedForm(forms.Form):
    letters = KeysField()


class MeetingForm(OnceForm):
    day = DayField(label=_("Jour"))
    hour = forms.TimeField(
        label=_("Heure"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%Hh%M", "%H h %M", "%Hh"],
        error_messages={
            "required": _("Donnez l’heure."),
            "invalid": _("Écrivez une heure, par exemple 18:30."),
        },
    )
    place = forms.CharField(
        label=_("Lieu"),
        help_text=_("Avec l’adresse : on doit pouvoir y aller."),
        max_length=200,
        error_messages={"required": _("Écrivez le lieu.")},
    )
    seats = forms.IntegerField(
        label=_("Places"),
        initial=20,
        min_value=1,
        max_value=500,
        error_messages={
            "required": _("Écrivez le nombre de places."),
            "invalid": _("Écrivez un nombre entier."),
        },
    )

    @property
    def starts_at(self) -> dt.datetime:
        return dt.datetime.combine(
            self.cleaned_data["day"], self.cleaned_data["hour"], tzinfo=PARIS
        )


class CameForm(forms.Form):
    """Who came: none is an answer too."""

    came = forms.Field(widget=forms.SelectMultiple, required=False)

    def clean_came(self) -> list[int]:
        return keys_of(self.cleaned_data["came"] or [])
