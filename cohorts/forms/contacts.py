"""What is written of somebody met, in full at a desk, shortly on a phone; and their consent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.enums.events import ConsentWay, Opening
from cohorts.forms.events import line, read_email, read_phone
from cohorts.models import Contact
from cohorts.services.contacts import Consent, ContactSaid
from ct_platform.kit.form_fields import DayField
from ct_platform.kit.once import OnceForm

_WAYS = [one for one in ConsentWay.choices if one[0]]


class ProposeForm(OnceForm):
    """The short form, on a phone, in front of the person."""

    name = line(
        Contact, "name", _("Son nom"), required=True,
        error_messages={"required": _("Il manque le nom.")},
    )  # fmt: skip
    organisation = line(Contact, "organisation", _("Où elle travaille"))
    phone = forms.CharField(
        label=_("Téléphone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"inputmode": "email"}),
    )
    opens = forms.MultipleChoiceField(
        label=_("Ce que ça peut ouvrir"),
        required=False,
        choices=Opening.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    event = forms.ModelChoiceField(
        label=_("Rencontrée à"), required=False, queryset=None, empty_label=_("ailleurs")
    )
    agreed = forms.BooleanField(
        label=_("Elle m’a dit oui : chacun du groupe peut garder son contact"), required=False
    )

    def __init__(self, *args: Any, events: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].queryset = events  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        return read_email(self.cleaned_data["email"])

    def clean_phone(self) -> str:
        return read_phone(self.cleaned_data["phone"])

    @property
    def said(self) -> ContactSaid:
        known = {
            name: self.cleaned_data[name]
            for name in ContactSaid.__slots__
            if name in self.cleaned_data and name != "opens"
        }
        return ContactSaid(**known, opens=tuple(self.cleaned_data["opens"]))


class ContactForm(ProposeForm):
    """In full: the coordination."""

    role = line(Contact, "role", _("Rôle"))
    reach = line(Contact, "reach", _("Autre moyen de la joindre"))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=Contact._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Des faits utiles au groupe. Ni santé, ni famille, ni opinion : la personne peut la lire."
        ),
    )
    met_by = forms.ModelChoiceField(label=_("Qui l’a rencontrée"), queryset=None, empty_label=None)

    field_order = (
        "name", "organisation", "role", "phone", "email", "reach", "opens", "event", "met_by", "note",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Nom")
        self.fields["organisation"].label = _("Organisme")
        self.fields["met_by"].queryset = people  # type: ignore[attr-defined]
        self.fields["met_by"].label_from_instance = _called  # type: ignore[attr-defined]
        del self.fields["agreed"]

    @classmethod
    def initial_of(cls, contact: Contact) -> dict[str, Any]:
        known = {name: getattr(contact, name) for name in ContactSaid.__slots__}
        return {
            **known,
            "phone": contact.spoken_phone,
            "event": contact.event_id,
            "met_by": contact.met_by_id,
        }


class ConsentForm(forms.Form):
    consented_on = DayField(label=_("Accord donné le"))
    consent_way = forms.ChoiceField(label=_("Comment"), choices=_WAYS)
    consent_words = line(
        Contact,
        "consent_words",
        _("Ce qui a été dit"),
        help_text=_("Par exemple : « oui, qu’ils m’appellent pour des stages »."),
    )

    @property
    def consent(self) -> Consent:
        data = self.cleaned_data
        return Consent(
            on=data["consented_on"], way=data["consent_way"], words=data["consent_words"]
        )


def _called(person: Any) -> str:
    return str(person.full_name)
