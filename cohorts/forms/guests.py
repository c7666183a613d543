"""What is written of guests, and what they answer. No judgement."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cohorts.enums.events import GuestAnswer, GuestKind
from cohorts.forms.events import line, read_email, read_phone
from cohorts.forms.people import KeysField
from cohorts.models import EventGuest, EventMessage
from cohorts.rules.events import MOST_AT_ONCE, MOST_PEOPLE
from cohorts.services.event_guests import GuestSaid
from ct_platform.kit.once import OnceForm
from ct_platform.kit.trap import TrapForm


class GuestForm(OnceForm):
    kind = forms.ChoiceField(label=_("Qui est-ce"), choices=GuestKind.choices)
    name = line(
        EventGuest, "name", _("Nom"), required=True,
        error_messages={"required": _("Écrivez le nom.")},
    )  # fmt: skip
    organisation = line(EventGuest, "organisation", _("Organisme"))
    email = forms.CharField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"inputmode": "email"}),
        help_text=_("Vide : l’invitation est une lettre à imprimer."),
    )
    phone = forms.CharField(
        label=_("Téléphone"), required=False, max_length=30,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )  # fmt: skip
    address = line(EventGuest, "address", _("Adresse"))
    postcode = line(EventGuest, "postcode", _("Code postal"), attrs={"inputmode": "numeric"})
    city = line(EventGuest, "city", _("Commune"))

    def clean_email(self) -> str:
        return read_email(self.cleaned_data["email"])

    def clean_phone(self) -> str:
        return read_phone(self.cleaned_data["phone"])

    @property
    def said(self) -> GuestSaid:
        return GuestSaid(**{name: self.cleaned_data[name] for name in GuestSaid.__slots__})

    @classmethod
    def initial_of(cls, guest: EventGuest) -> dict[str, Any]:
        known = {name: getattr(guest, name) for name in GuestSaid.__slots__}
        return {**known, "phone": guest.spoken_phone}


class GuestListForm(OnceForm):
    """Many at once, pasted from a letter or a spreadsheet."""

    kind = forms.ChoiceField(label=_("Qui sont-ils"), choices=GuestKind.choices)
    lines = forms.CharField(
        label=_("Une personne par ligne"),
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Nom ; organisme ; e-mail. L’organisme et l’e-mail peuvent manquer."),
        error_messages={"required": _("Écrivez au moins un nom.")},
    )

    def clean_lines(self) -> list[tuple[str, str, str]]:
        rows = [one for one in self.cleaned_data["lines"].splitlines() if one.strip()]
        if len(rows) > MOST_AT_ONCE:
            raise ValidationError(
                _("C’est trop en une fois : %(n)d personnes au plus."), params={"n": MOST_AT_ONCE}
            )
        return [self._row(number, text) for number, text in enumerate(rows, start=1)]

    def _row(self, number: int, text: str) -> tuple[str, str, str]:
        """A name, then in any order an address (it has an @) and an organisation."""
        parts = [one.strip() for one in re.split(r"[;\t]", text)]
        mails = [one for one in parts[1:] if "@" in one]
        rest = [one for one in parts[1:] if one and "@" not in one]
        try:
            email = read_email(mails[0]) if mails else ""
        except ValidationError as error:
            said = _("Ligne %(n)d : cette adresse e-mail n’est pas complète.")
            raise ValidationError(said, params={"n": number}) from error
        name, organisation = parts[0], ", ".join(rest)
        if not name or len(name) > 120 or len(organisation) > 150 or "@" in name:
            raise ValidationError(
                _("Ligne %(n)d : il faut d’abord un nom, puis l’organisme."), params={"n": number}
            )
        return name, organisation, email

    @property
    def said(self) -> Sequence[GuestSaid]:
        kind = self.cleaned_data["kind"]
        return [
            GuestSaid(kind=kind, name=name, organisation=organisation, email=email)
            for name, organisation, email in self.cleaned_data["lines"]
        ]


class InviteForm(OnceForm):
    guests = KeysField()
    word = line(
        EventMessage,
        "word",
        _("Un mot pour tous"),
        help_text=_("Facultatif. Par exemple : un verre sera offert à 18 h."),
    )


class PostedLettersForm(forms.Form):
    letters = KeysField()
    version = forms.IntegerField(min_value=1)


def _people() -> forms.IntegerField:
    words = _("Entre 1 et %(n)d. Pour un groupe, appelez-nous.") % {"n": MOST_PEOPLE}
    return forms.IntegerField(
        label=_("À combien, avec vous"),
        required=False,
        initial=1,
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": words, "min_value": words, "max_value": words},
    )


class _AnswerFields(forms.Form):
    answer = forms.ChoiceField(
        label=_("Votre réponse"),
        choices=[
            (GuestAnswer.YES.value, _("Je viens")),
            (GuestAnswer.NO.value, _("Je ne viens pas")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si vous venez.")},
    )
    people = _people()

    def clean(self) -> dict[str, Any]:
        """Who does not come may well write 0: a number is read with a yes only."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == GuestAnswer.NO:
            self.errors.pop("people", None)
        return cleaned

    @property
    def count(self) -> int:
        return int(self.cleaned_data.get("people") or 1)


class GuestAnswerForm(TrapForm, _AnswerFields):
    """What a guest answers by their link, without an account."""


class NotedAnswerForm(_AnswerFields):
    """What a guest said on the telephone or in the street, written down for them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = _("Sa réponse")
        self.fields["people"].label = _("À combien, en tout")
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            (GuestAnswer.YES.value, _("vient")),
            (GuestAnswer.NO.value, _("ne vient pas")),
        ]


class CameForm(forms.Form):
    """Who came, and with how many: none is an answer too."""

    def __init__(self, *args: Any, guests: Sequence[EventGuest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in guests:
            self.fields[f"came-{one.pk}"] = forms.BooleanField(required=False)
            self.fields[f"people-{one.pk}"] = forms.IntegerField(
                required=False,
                min_value=1,
                max_value=MOST_PEOPLE,
                error_messages={
                    "max_value": _("%(name)s : %(n)d personnes au plus.")
                    % {"name": one.name, "n": MOST_PEOPLE},
                    "min_value": _("%(name)s : une personne au moins.") % {"name": one.name},
                    "invalid": _("%(name)s : écrivez un nombre.") % {"name": one.name},
                },
            )

    @property
    def came(self) -> dict[int, int]:
        cleaned = self.cleaned_data
        keys = [
            int(name.removeprefix("came-"))
            for name, ticked in cleaned.items()
            if name.startswith("came-") and ticked
        ]
        return {key: cleaned.get(f"people-{key}") or 1 for key in keys}
