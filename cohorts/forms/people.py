"""One person at a time: entering, leaving, and who gets a card."""

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cohorts.enums import LeavingReason
from cohorts.forms.cohort import day_field
from cohorts.importing.checks import READERS
from cohorts.importing.values import ValueFault
from ct_platform.kit.keys import keys_of
from ct_platform.kit.once import OnceForm


class _ReadField(forms.CharField):
    """A field read exactly as the same column of a spreadsheet; its value is kept as text."""

    def __init__(self, code: str, label: Any, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label=label, required=required, max_length=300, **kwargs)
        self.code = code
        self.error_messages["required"] = _("Remplissez cette case.")

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return READERS[self.code](text) if text else ""
        except ValueFault as fault:
            reason = str(fault)
            raise ValidationError(reason[0].upper() + reason[1:], code="invalid") from fault


class PersonForm(OnceForm):
    """Names are those of the columns of an import."""

    first_name = _ReadField("first_name", _("Prénom"), required=True)
    last_name = _ReadField("last_name", _("Nom"), required=True, help_text=_("Celui des papiers."))
    used_name = _ReadField(
        "used_name", _("Prénom d’usage"), help_text=_("Si on l’appelle autrement.")
    )
    birth_date = day_field(_("Date de naissance"))
    phone = _ReadField("phone", _("Téléphone"), widget=forms.TextInput(attrs={"type": "tel"}))
    email = _ReadField("email", _("E-mail"), widget=forms.TextInput(attrs={"inputmode": "email"}))
    address = _ReadField("address", _("Adresse"))
    postcode = _ReadField(
        "postcode", _("Code postal"), widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    city = _ReadField("city", _("Commune"))
    activity = _ReadField("activity", _("Activité"))
    weekly_hours = _ReadField(
        "weekly_hours", _("Heures par semaine"), help_text=_("Par exemple 12,5 ou 12 h 30.")
    )
    votes_from = day_field(
        _("Vote à partir du"),
        required=False,
        help_text=_("Sinon, le premier jour de la coopérative."),
    )
    contract_starts_on = day_field(_("Début de contrat"), required=False)
    contract_ends_on = day_field(
        _("Fin de contrat"), required=False, help_text=_("Sinon, les dates de la coopérative.")
    )

    guardian_name = _ReadField(
        "guardian_name",
        _("Représentant légal"),
        help_text=_("Pour une personne mineure : qui a donné son accord écrit."),
    )
    guardian_agreed_on = day_field(_("Accord donné le"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        half = "col-sm-6"
        self.helper.layout = Layout(
            Row(Column("first_name", css_class=half), Column("last_name", css_class=half)),
            Row(Column("birth_date", css_class=half), Column("used_name", css_class=half)),
            Row(Column("phone", css_class=half), Column("email", css_class=half)),
            "address",
            Row(Column("postcode", css_class="col-sm-4"), Column("city", css_class="col-sm-8")),
            Row(Column("activity", css_class=half), Column("weekly_hours", css_class=half)),
            "votes_from",
            Row(
                Column("contract_starts_on", css_class=half),
                Column("contract_ends_on", css_class=half),
            ),
            Row(
                Column("guardian_name", css_class=half),
                Column("guardian_agreed_on", css_class=half),
            ),
            "submission_key",
        )

    @property
    def values(self) -> dict[str, str]:
        """By column code, as a row of an import keeps them."""
        return {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in self.cleaned_data.items()
            if name != "submission_key" and value
        }


class LeaveForm(forms.Form):
    left_on = day_field(_("Dernier jour dans la coopérative"))
    reason = forms.ChoiceField(
        label=_("Pourquoi"),
        # A decision of the group is written by its vote, never typed here.
        choices=[one for one in LeavingReason.choices if one[0] != LeavingReason.DECISION],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une raison.")},
    )


class KeysField(forms.Field):
    """Primary keys ticked on a list; whether they are in scope is asked by who looks them up."""

    widget = forms.SelectMultiple

    def clean(self, value: Any) -> list[int]:
        keys = keys_of(value or [])
        if not keys:
            raise ValidationError(_("Choisissez au moins une personne."))
        return keys


class PeopleForm(forms.Form):
    people = KeysField()


class CardsForm(OnceForm):
    people = KeysField()
