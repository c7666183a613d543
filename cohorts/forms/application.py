"""Five plain questions, filled on a phone, alone or with somebody's help."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cohorts.enums.recruiting import Availability
from cohorts.models import Application
from cohorts.rules.recruiting import VOICE_BYTES, voice_format
from cohorts.services.applications import Said
from ct_platform.kit.errors import Refused
from ct_platform.kit.form_fields import DayField
from ct_platform.kit.trap import TrapForm
from members.rules import clean_text, normal_phone
from members.services.people import possible_email


def _line(name: str, label: Any, **kwargs: Any) -> forms.CharField:
    attrs = kwargs.pop("attrs", {})
    return forms.CharField(
        label=label,
        required=kwargs.pop("required", False),
        max_length=Application._meta.get_field(name).max_length,
        widget=forms.TextInput(attrs=attrs),
        **kwargs,
    )


def _text(name: str, label: Any, rows: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=Application._meta.get_field(name).max_length,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ApplicationForm(TrapForm):
    first_name = _line(
        "first_name",
        _("Prénom"),
        required=True,
        attrs={"autocomplete": "given-name"},
        error_messages={"required": _("Écrivez votre prénom.")},
    )
    last_name = _line(
        "last_name",
        _("Nom"),
        required=True,
        attrs={"autocomplete": "family-name"},
        error_messages={"required": _("Écrivez votre nom.")},
    )
    birth_date = DayField(
        label=_("Date de naissance"),
        help_text=_("Pour savoir si le programme est fait pour votre âge."),
    )
    phone = forms.CharField(
        label=_("Téléphone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"}),
    )
    address = _line("address", _("Adresse"), attrs={"autocomplete": "street-address"})
    postcode = _line(
        "postcode",
        _("Code postal"),
        attrs={"inputmode": "numeric", "autocomplete": "postal-code"},
    )
    city = _line("city", _("Commune"), attrs={"autocomplete": "address-level2"})
    motivation = _text(
        "motivation",
        _("Avec vos mots"),
        4,
        _("Quelques mots suffisent. Les fautes ne comptent pas."),
    )
    voice = forms.FileField(
        label=_("Ou avec votre voix"),
        required=False,
        help_text=_("Enregistrez-vous avec le téléphone. Dix minutes et 10 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": "audio/*"}),
        allow_empty_file=True,
    )
    wishes = _text(
        "wishes",
        _("Ce que vous aimeriez faire"),
        3,
        _("Par exemple : cuisiner, jardiner, vendre au marché, tenir les comptes."),
    )
    available = forms.MultipleChoiceField(
        label=_("Vos moments libres"),
        required=False,
        choices=Availability.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    availability = _line(
        "availability",
        _("Quelque chose à savoir ?"),
        help_text=_("Par exemple : je garde mes enfants le mercredi."),
    )
    is_helped = forms.BooleanField(
        label=_("Quelqu’un remplit ce formulaire avec moi"), required=False
    )
    helper_name = _line("helper_name", _("Son nom"))
    helper_link = _line(
        "helper_link",
        _("Qui est-ce pour vous ?"),
        help_text=_("Voisin, fille, assistante sociale…"),
    )
    helper_contact = _line(
        "helper_contact",
        _("Comment la joindre"),
        help_text=_("Si vous n’avez ni téléphone ni e-mail, c’est par elle que nous répondrons."),
    )
    helper_agreed = forms.BooleanField(
        label=_(
            "Nous avons relu les réponses ensemble, et la personne est d’accord pour les envoyer."
        ),
        required=False,
    )

    def clean_first_name(self) -> str:
        return clean_text(self.cleaned_data["first_name"])

    def clean_last_name(self) -> str:
        return clean_text(self.cleaned_data["last_name"])

    def clean_phone(self) -> str:
        phone = normal_phone(self.cleaned_data["phone"])
        if phone is None:
            raise ValidationError(
                _("Ce numéro n’est pas complet. Exemple : 06 39 98 00 12"), code="invalid"
            )
        return phone

    def clean_email(self) -> str:
        try:
            return possible_email(self.cleaned_data["email"])
        except Refused as refusal:
            raise ValidationError(str(refusal), code="invalid") from refusal

    def clean_voice(self) -> Any:
        voice = self.cleaned_data["voice"]
        if not voice:
            return None
        if voice.size > VOICE_BYTES:
            raise ValidationError(_("Ce message est trop long : dix minutes et 10 Mo au plus."))
        if voice_format(voice.read(12)) is None:
            raise ValidationError(
                _("Ce fichier n’est pas un message vocal. Enregistrez-vous avec le téléphone.")
            )
        voice.seek(0)
        return voice

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(
            cleaned.get(name) for name in ("phone", "email", "address", "helper_contact")
        ) and not ({"phone", "email"} & set(self.errors)):
            self.add_error(
                "phone", _("Donnez un moyen de vous joindre : un seul suffit, s’il marche.")
            )
        if cleaned.get("is_helped") or cleaned.get("helper_name"):
            self._require_helper(cleaned)
        return cleaned

    def _require_helper(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("helper_name"):
            self.add_error("helper_name", _("Écrivez le nom de la personne qui aide."))
        if not cleaned.get("helper_link"):
            self.add_error("helper_link", _("Dites qui elle est pour vous."))
        if not cleaned.get("helper_agreed"):
            self.add_error(
                "helper_agreed", _("Relisez les réponses ensemble, puis cochez cette case.")
            )

    @property
    def said(self) -> Said:
        """What was typed, once valid."""
        data = self.cleaned_data
        kept = {
            name: data[name]
            for name in Said.__slots__
            if name not in ("available", "helper_wording")
        }
        agreed = str(self.fields["helper_agreed"].label) if data["helper_name"] else ""
        return Said(**kept, available=tuple(data["available"]), helper_wording=agreed)


class SignUpForm(TrapForm):
    name = forms.CharField(
        label=_("Votre nom"),
        max_length=120,
        error_messages={"required": _("Écrivez votre nom.")},
    )
    contact = forms.CharField(
        label=_("Téléphone ou e-mail"),
        help_text=_("Pour vous prévenir si la réunion change. Vous pouvez laisser vide."),
        required=False,
        max_length=120,
    )

    def clean_name(self) -> str:
        return clean_text(self.cleaned_data["name"])

    def clean_contact(self) -> str:
        return clean_text(self.cleaned_data["contact"])
