"""Five lines for somebody who would like a cooperative at home."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ct_platform.home.models import Enquiry
from ct_platform.home.models.enquiry import Who
from ct_platform.home.services.enquiries import Asked
from ct_platform.kit.errors import Refused
from ct_platform.kit.trap import TrapForm
from members.rules import clean_text, normal_phone
from members.services.people import possible_email


def _line(name: str, label: Any, *, autocomplete: str = "", **extra: Any) -> forms.CharField:
    attrs = {"autocomplete": autocomplete} if autocomplete else {}
    return forms.CharField(
        label=label,
        max_length=Enquiry._meta.get_field(name).max_length,
        widget=forms.TextInput(attrs=attrs | extra.pop("attrs", {})),
        **extra,
    )


class EnquiryForm(TrapForm):
    who = forms.ChoiceField(
        label=_("Vous êtes"),
        choices=Who.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites qui vous êtes.")},
    )
    name = _line(
        "name",
        _("Votre nom"),
        autocomplete="name",
        error_messages={"required": _("Écrivez votre nom.")},
    )
    organisation = _line(
        "organisation",
        _("Votre organisme, s’il y en a un"),
        autocomplete="organization",
        required=False,
    )
    place = _line(
        "place",
        _("Où voudriez-vous une coopérative ?"),
        help_text=_("Une commune, un quartier, une vallée."),
        error_messages={"required": _("Écrivez le nom du lieu.")},
    )
    email = _line(
        "email", _("E-mail"), autocomplete="email", attrs={"inputmode": "email"}, required=False
    )
    phone = forms.CharField(
        label=_("Téléphone"),
        help_text=_("L’un des deux suffit."),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    message = forms.CharField(
        label=_("Votre message"),
        help_text=_("Où vous en êtes, avec qui, ce que vous aimeriez savoir."),
        max_length=Enquiry._meta.get_field("message").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Écrivez quelques mots.")},
    )
    agreed = forms.BooleanField(
        label=_("J’accepte que ces réponses soient gardées pour me répondre, puis effacées."),
        error_messages={
            "required": _("Sans cet accord, nous ne pouvons pas garder votre message.")
        },
    )

    def clean_name(self) -> str:
        return clean_text(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        phone = normal_phone(self.cleaned_data["phone"])
        if phone is None:
            raise ValidationError(
                _("Ce numéro n’est pas complet. Exemple : 06 39 98 00 12"), code="invalid"
            )
        return phone

    def clean_email(self) -> str:
        try:
            return possible_email(self.cleaned_data["email"])
        except Refused as refusal:
            raise ValidationError(str(refusal), code="invalid") from refusal

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        reach = {"email", "phone"}
        if not any(cleaned.get(name) for name in reach) and not (reach & set(self.errors)):
            self.add_error("email", _("Donnez un moyen de vous joindre : un seul suffit."))
        return cleaned

    @property
    def asked(self) -> Asked:
        """What was typed, once valid."""
        said = {name: self.cleaned_data[name] for name in Asked.__slots__ if name != "agreed_to"}
        return Asked(**said, agreed_to=str(self.fields["agreed"].label))
