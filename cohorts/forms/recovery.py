"""The door's question, and what the two people of the staff say."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cohorts.enums.recovery import CardWay, CheckedHow
from cohorts.models import RecoveryRequest
from cohorts.selectors.recovery import Candidate, territories_to_name
from cohorts.services.recovery import Asked, Checked
from ct_platform.kit.errors import Refused
from ct_platform.kit.form_fields import DayField
from ct_platform.kit.trap import TrapForm
from members.rules import clean_text, normal_phone
from members.services.people import possible_email


def _longest(name: str) -> int | None:
    return RecoveryRequest._meta.get_field(name).max_length


class CannotEnterForm(TrapForm):
    first_name = forms.CharField(
        label=_("Prénom"),
        max_length=_longest("first_name"),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Écrivez votre prénom.")},
    )
    last_name = forms.CharField(
        label=_("Nom"),
        help_text=_("Celui que vous aviez dans la coopérative."),
        max_length=_longest("last_name"),
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Écrivez votre nom.")},
    )
    birth_date = DayField(label=_("Date de naissance"))
    territory = forms.ModelChoiceField(
        label=_("Où était-ce ?"),
        queryset=territories_to_name().none(),
        required=False,
        empty_label=_("Je ne sais plus"),
    )
    said = forms.CharField(
        label=_("Quelle coopérative, quelle année ?"),
        help_text=_("Avec vos mots. Par exemple : la cuisine de Valbrune, vers 2021, avec Inès."),
        required=False,
        max_length=_longest("said"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    phone = forms.CharField(
        label=_("Votre téléphone d’aujourd’hui"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.CharField(
        label=_("Ou votre e-mail d’aujourd’hui"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = territories_to_name()  # type: ignore[attr-defined]

    def clean_first_name(self) -> str:
        return clean_text(self.cleaned_data["first_name"])

    def clean_last_name(self) -> str:
        return clean_text(self.cleaned_data["last_name"])

    def clean_said(self) -> str:
        return clean_text(self.cleaned_data["said"])

    def clean_phone(self) -> str:
        phone = normal_phone(self.cleaned_data["phone"])
        if phone is None:
            raise ValidationError(_("Ce numéro n’est pas complet. Exemple : 06 39 98 00 12"))
        return phone

    def clean_email(self) -> str:
        try:
            return possible_email(self.cleaned_data["email"])
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("phone") or cleaned.get("email")) and not (
            {"phone", "email"} & set(self.errors)
        ):
            self.add_error(
                "phone", _("Donnez un téléphone ou un e-mail : sinon, comment répondre ?")
            )
        return cleaned

    @property
    def asked(self) -> Asked:
        return Asked(**{name: self.cleaned_data[name] for name in Asked.__slots__})


class CheckForm(forms.Form):
    person = forms.TypedChoiceField(
        label=_("C’est :"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez la personne.")},
    )
    how = forms.ChoiceField(
        label=_("Comment l’avez-vous vérifié ?"),
        choices=CheckedHow.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites comment vous avez vérifié.")},
    )
    note = forms.CharField(
        label=_("Précision"),
        help_text=_(
            "Par exemple : carte d’identité vue. Ni numéro, ni copie : ils ne sont pas gardés."
        ),
        required=False,
        max_length=_longest("check_note"),
    )
    saw_namesake = forms.BooleanField(
        label=_("S’il y a deux fiches au même nom, j’ai regardé laquelle est la bonne."),
        required=False,
    )

    def __init__(self, candidates: Sequence[Candidate], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.persons = {one.person.pk: one.person for one in candidates}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (one.person.pk, f"{one.person.civil_name}, {one.groups} : {one.words}")
            for one in candidates
        ]

    @property
    def checked(self) -> Checked:
        data = self.cleaned_data
        return Checked(how=data["how"], note=data["note"], saw_namesake=data["saw_namesake"])


class CardWayForm(forms.Form):
    way = forms.ChoiceField(
        label=_("Comment donner la carte ?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez comment donner la carte.")},
    )

    def __init__(self, ways: Sequence[CardWay], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [(way.value, way.label) for way in ways]  # type: ignore[attr-defined]


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi"),
        help_text=_("Gardé entre vous. La personne, prévenez-la de vive voix."),
        max_length=_longest("refused_reason"),
        error_messages={"required": _("Dites pourquoi.")},
    )
