"""The pages of a file: short, savable in part, the same questions for the person and the desk."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cohorts.communes import commune_of, communes_of
from cohorts.enums.entry_files import (
    MISSING,
    REFUSED,
    REFUSED_LABEL,
    ExitStatus,
    ProofKind,
    YesNo,
)
from cohorts.forms.cohort import day_field
from cohorts.models import EntrySituation
from cohorts.questionnaire import CHOICE, DAY, Question
from cohorts.selectors.entry_files import PersonFile
from cohorts.services.exits import MOST_MONTHS
from ct_platform.kit.errors import Refused
from ct_platform.kit.scans import ACCEPT, MOST_BYTES, suffix_of

Words = Promise | str


def reason_field(help_text: Words) -> forms.CharField:
    return forms.CharField(
        label=_("Pourquoi cette correction"), max_length=200, required=False, help_text=help_text
    )


class QuestionsForm(forms.Form):
    """Some questions; none is required. What is locked is shown beside the form, not in it."""

    def __init__(
        self,
        data: Any = None,
        *,
        questions: list[Question],
        answers: dict[str, str],
        entered_on: dt.date,
        own: bool,
        frozen: bool,
    ) -> None:
        super().__init__(data)
        self.locked = [
            (one, one.spoken(answers.get(one.code, MISSING)))
            for one in questions
            if own and frozen and answers.get(one.code, MISSING) != MISSING
        ]
        held = {one.code for one, _words in self.locked}
        self.questions = [one for one in questions if one.code not in held]
        for one in self.questions:
            self._ask(one, answers.get(one.code, MISSING), entered_on, own)
        given = any(answers.get(one.code, MISSING) != MISSING for one in questions)
        if frozen and given and not own:
            self.fields["reason"] = reason_field(
                _(
                    "Si vous changez une réponse déjà donnée : l’entrée est passée, l’original reste."
                )
            )

    def _ask(self, one: Question, answer: str, entered_on: dt.date, own: bool) -> None:
        words = {"label": one.asked if own else one.label, "help_text": one.purpose}
        if one.kind == CHOICE:
            self.fields[one.code] = forms.ChoiceField(
                choices=[*one.offered(entered_on), (REFUSED, REFUSED_LABEL)],
                required=False,
                widget=forms.RadioSelect,
                initial=answer,
                error_messages={"invalid_choice": _("Choisissez une des réponses proposées.")},
                **words,
            )
        elif one.kind == DAY:
            self.fields[one.code] = day_field(words["label"], required=False, help_text=one.purpose)
            self.fields[one.code].initial = answer if answer not in (MISSING, REFUSED) else None
            self.fields[f"{one.code}_refused"] = forms.BooleanField(
                label=REFUSED_LABEL, required=False, initial=answer == REFUSED
            )
        else:
            longest = EntrySituation._meta.get_field(one.code).max_length
            self.fields[one.code] = forms.CharField(
                required=False, max_length=longest, initial=answer, **words
            )

    @property
    def answers(self) -> dict[str, str]:
        """By question code, once valid; blanks are left out by the service."""
        found = {}
        for one in self.questions:
            value = self.cleaned_data.get(one.code)
            if one.kind == DAY and self.cleaned_data.get(f"{one.code}_refused"):
                found[one.code] = REFUSED
            elif value:
                found[one.code] = value.isoformat() if isinstance(value, dt.date) else str(value)
        return found

    @property
    def reason(self) -> str:
        return str(self.cleaned_data.get("reason", ""))


class ContactForm(forms.Form):
    """How to reach the person; one of the three is enough."""

    phone = forms.CharField(
        label=_("Téléphone"), required=False, max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    email = forms.CharField(
        label=_("E-mail"), required=False, max_length=254,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"}),
    )  # fmt: skip
    referent = forms.CharField(
        label=_("Personne relais"),
        required=False,
        max_length=150,
        help_text=_("Quelqu’un qui sait où joindre la personne : un nom et un numéro."),
    )

    def __init__(self, data: Any = None, *, file: PersonFile, own: bool) -> None:
        person = file.person
        super().__init__(
            data,
            initial={"phone": person.phone, "email": person.email, "referent": file.referent},
        )
        if own:
            self.fields["phone"].label = _("Ton téléphone")
            self.fields["email"].label = _("Ton e-mail")
            self.fields["referent"].label = _("Quelqu’un qui sait où te joindre")
            self.fields["referent"].help_text = _("Un nom et un numéro. Si ton téléphone change.")


MOVE, CORRECTION = "move", "correction"


class AddressForm(forms.Form):
    """The commune is proposed from the postcode; the page comes back with a list when it has several."""

    address = forms.CharField(
        label=_("Numéro et rue"), max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": _("Écrivez le numéro et la rue.")},
    )  # fmt: skip
    postcode = forms.CharField(
        label=_("Code postal"), max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
        error_messages={"required": _("Écrivez le code postal.")},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, file: PersonFile, own: bool, frozen: bool) -> None:
        place, person = file.place, file.person
        kept = place or person
        super().__init__(data, initial={"address": kept.address, "postcode": kept.postcode})
        self.is_given = place is not None and frozen
        self.is_own = own
        typed = str(data.get("postcode", "")) if data is not None else kept.postcode
        self.communes = communes_of(typed.strip())
        insee, city = (place.insee if place else ""), kept.city
        if len(self.communes) > 1:
            names = [(one.insee, one.name) for one in self.communes]
            self.fields["insee"] = forms.ChoiceField(
                label=_("Commune"), choices=[("", _("Choisir la commune")), *names],
                initial=insee or next((code for code, name in names if name == city), ""),
                error_messages={"required": _("Ce code postal a plusieurs communes : choisissez.")},
            )  # fmt: skip
        elif not self.communes:
            self.fields["city"] = forms.CharField(
                label=_("Commune"), max_length=100, required=data is not None, initial=city,
                help_text=_("Le code postal la donne presque toujours."),
                error_messages={
                    "required": _("Ce code postal n’est pas connu : écrivez la commune.")
                },
            )  # fmt: skip
        if self.is_given and not own:
            self.fields["nature"] = forms.ChoiceField(
                label=_("Ce que vous écrivez"),
                choices=[
                    (MOVE, _("un déménagement : l’adresse à l’entrée reste")),
                    (CORRECTION, _("une erreur : corriger l’adresse à l’entrée")),
                ],
                widget=forms.RadioSelect,
                initial=MOVE,
            )
            self.fields["reason"] = reason_field(_("Pour une erreur seulement."))

    @property
    def is_move(self) -> bool:
        """After the entry, the person only tells a move; who coordinates says which of the two."""
        return self.is_given and (self.is_own or self.cleaned_data.get("nature") == MOVE)

    @property
    def where(self) -> dict[str, str]:
        """address, postcode, city, insee, once valid."""
        typed = self.cleaned_data
        insee = typed.get("insee") or (self.communes[0].insee if self.communes else "")
        commune = commune_of(insee) if insee else None
        return {
            "address": typed["address"],
            "postcode": typed["postcode"],
            "city": commune.name if commune else typed.get("city", ""),
            "insee": insee,
        }


class CoordinatesForm(forms.Form):
    latitude = forms.DecimalField(
        label=_("Latitude"), max_digits=9, decimal_places=6, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("Par exemple 48,936181"),
        error_messages={"required": _("Écrivez la latitude."), "invalid": _("Écrivez un nombre.")},
    )  # fmt: skip
    longitude = forms.DecimalField(
        label=_("Longitude"), max_digits=9, decimal_places=6, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("Par exemple 2,357443"),
        error_messages={"required": _("Écrivez la longitude."), "invalid": _("Écrivez un nombre.")},
    )  # fmt: skip


OUTSIDE = "outside"


class HandForm(forms.Form):
    """What the official map says, and where it was seen."""

    quarter = forms.ChoiceField(
        label=_("D’après la carte officielle, cette adresse est"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une réponse.")},
    )
    evidence = forms.CharField(
        label=_("Preuve"),
        max_length=200,
        help_text=_("Ce que vous avez vu, et quand : « carte officielle, le 12 octobre 2026 »."),
        error_messages={"required": _("Dites ce que vous avez vu, et quand.")},
    )

    def __init__(self, data: Any = None, *, quarters: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["quarter"].choices = [
            *((code, name) for code, name in quarters),
            (OUTSIDE, _("hors des quartiers prioritaires")),
        ]

    @property
    def code(self) -> str:
        chosen: str = self.cleaned_data["quarter"]
        return "" if chosen == OUTSIDE else chosen


class ExitForm(forms.Form):
    left_on = day_field(_("Dernier jour dans la coopérative"))
    status = forms.ChoiceField(
        label=_("Situation en sortant"),
        choices=[("", _("Choisir")), *ExitStatus.choices],
        help_text=_("Ce que fait la personne, tel quel. La catégorie en est déduite."),
        error_messages={"required": _("Choisissez une situation.")},
    )
    contract_months = forms.IntegerField(
        label=_("Durée du contrat, en mois entiers"), min_value=0, max_value=MOST_MONTHS,
        required=False, help_text=_("Pour un CDD ou une mission d’intérim."),
    )  # fmt: skip
    contract_days = forms.IntegerField(
        label=_("et jours en plus"), min_value=0, max_value=30, required=False
    )
    qualification = forms.ChoiceField(
        label=_("Une qualification obtenue en sortant"),
        choices=[*YesNo.choices, (REFUSED, REFUSED_LABEL)],
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Diplôme, titre, certificat reconnu (EECR03)."),
    )
    known_on = day_field(_("Constatée le"))
    evidence = forms.CharField(
        label=_("Preuve"), max_length=200, required=False,
        help_text=_("Contrat, attestation, message… La pièce elle-même se joint au dossier."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, file: PersonFile, today: dt.date) -> None:
        noted = file.exit
        super().__init__(
            data,
            initial={
                "left_on": file.last_day,
                "known_on": today,
                **(
                    {
                        name: getattr(noted, name)
                        for name in ExitForm.base_fields
                        if name != "known_on"
                    }
                    if noted
                    else {}
                ),
            },
        )
        if noted:
            self.fields["reason"] = forms.CharField(
                label=_("Ce qui a changé"), max_length=200, required=False,
                help_text=_("Une sortie est déjà notée : elle reste, la nouvelle la suit."),
            )  # fmt: skip

    @property
    def facts(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        typed["contract_days"] = typed["contract_days"] or 0
        return typed


class ProofForm(forms.Form):
    kind = forms.ChoiceField(label=_("Pièce"), choices=ProofKind.choices)
    file = forms.FileField(
        label=_("Scan ou photo"),
        help_text=_("PDF, PNG ou JPEG, 5 Mo au plus. La coordination seule l’ouvre."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Ce fichier est vide."),
        },
    )

    def clean_file(self) -> bytes:
        """Read no more than what is accepted; what a file is, its first bytes say."""
        content: bytes = self.cleaned_data["file"].read(MOST_BYTES + 1)
        try:
            suffix_of(content, field="file")
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return content


class OperationForm(forms.Form):
    operation = forms.CharField(
        label=_("Numéro d’opération FSE+"), max_length=30, required=False,
        help_text=_("Les cohortes du même numéro comptent chaque personne une seule fois."),
    )  # fmt: skip
