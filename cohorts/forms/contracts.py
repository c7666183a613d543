"""What a host types about contracts. The services decide."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.enums.contracts import EndReason, SendingWay
from cohorts.forms.cohort import day_field
from cohorts.forms.people import KeysField
from cohorts.models import Contract, ContractTerms
from cohorts.rules.contract_kinds import Nature
from cohorts.rules.contract_points import POINTS, Answer
from cohorts.selectors.contracts import PointRow
from cohorts.services.authority_notices import Sending
from cohorts.services.contract_signing import Signature
from cohorts.services.contract_terms import TermsWishes
from ct_platform.kit.form_fields import EuroField
from ct_platform.kit.once import OnceForm
from ct_platform.kit.scans import MOST_BYTES

_ACCEPTED = ".pdf,.png,.jpg,.jpeg"


class ScanField(forms.FileField):
    """A scan or a photograph; its value is the bytes, no more than what is accepted, or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("PDF, PNG ou JPEG, 5 Mo au plus."))
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": _ACCEPTED}))
        kwargs.setdefault("error_messages", {"empty": _("Ce fichier est vide.")})
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        return file.read(MOST_BYTES + 1) if file else None


class DatesForm(forms.Form):
    starts_on = day_field(_("Premier jour"))
    ends_on = day_field(_("Dernier jour"))


class ContractKeysForm(forms.Form):
    contracts = KeysField(error_messages={"required": _("Choisissez au moins un contrat.")})


class PointsForm(forms.Form):
    """The eight points, each with the fields the article asks for."""

    def __init__(self, *args: Any, points: Sequence[PointRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = points
        for row in points:
            self._add(row)

    def _add(self, row: PointRow) -> None:
        point, number = row.point, row.point.number
        self.fields[f"text_{number}"] = forms.CharField(
            label=point.asks,
            required=False,
            max_length=4000,
            initial=row.answer.text,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        if point.more:
            self.fields[f"more_{number}"] = forms.CharField(
                label=point.more,
                required=False,
                max_length=4000,
                initial=row.answer.more,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        if point.amount:
            self.fields[f"amount_{number}"] = EuroField(
                label=point.amount, required=False, initial=row.answer.amount
            )
        self.fields[f"file_{number}"] = ScanField(label=_("Document joint"))

    @property
    def groups(self) -> list[tuple[PointRow, list[forms.BoundField]]]:
        names = ("text", "more", "amount", "file")
        return [
            (
                row,
                [
                    self[key]
                    for name in names
                    if (key := f"{name}_{row.point.number}") in self.fields
                ],
            )
            for row in self.points
        ]

    @property
    def answers(self) -> dict[int, Answer]:
        cleaned = self.cleaned_data
        return {
            n: Answer(
                cleaned.get(f"text_{n}", ""),
                cleaned.get(f"more_{n}", ""),
                cleaned.get(f"amount_{n}"),
            )
            for n in (point.number for point in POINTS)
        }

    @property
    def uploads(self) -> dict[int, bytes]:
        found = {point.number: self.cleaned_data[f"file_{point.number}"] for point in POINTS}
        return {number: content for number, content in found.items() if content is not None}


_YES_NO = (("no", _("Non")), ("yes", _("Oui")))


def _full_time(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=_YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Répondez par oui ou par non.")},
    )


class EligibilityForm(forms.Form):
    full_time = _full_time(_("Un emploi l’occupe-t-il à temps complet ?"))
    stated_on = day_field(_("Dit le"))
    consent_by = forms.CharField(
        label=_("Mineur·e : qui donne son accord (autorité parentale)"),
        max_length=160,
        required=False,
    )
    consent_on = day_field(_("Accord donné le"), required=False)
    consent = ScanField(label=_("L’accord signé"))

    def __init__(self, *args: Any, is_minor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_minor:
            for name in ("consent_by", "consent_on", "consent"):
                del self.fields[name]

    @property
    def noted(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "employed_full_time": cleaned["full_time"] == "yes",
            "stated_on": cleaned["stated_on"],
            "consent_by": cleaned.get("consent_by", ""),
            "consent_on": cleaned.get("consent_on"),
            "consent": cleaned.get("consent"),
        }


class QuestionsForm(forms.Form):
    """The question of a full-time job, put to everybody at once: a field a draft, one day for all."""

    stated_on = day_field(_("Réponses données le"))

    def __init__(self, *args: Any, drafts: Sequence[Contract], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in drafts:
            field = _full_time(one.enrolment.person.full_name)
            field.required = False
            asked = getattr(one, "eligibility", None)
            if asked is not None and asked.employed_full_time is not None:
                field.initial = "yes" if asked.employed_full_time else "no"
            self.fields[f"full_time_{one.pk}"] = field

    @property
    def rows(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("full_time_")]

    @property
    def answers(self) -> dict[int, bool]:
        """By contract; who has not been asked is left out."""
        found = {
            int(name.rpartition("_")[2]): value
            for name, value in self.cleaned_data.items()
            if name.startswith("full_time_") and value
        }
        return {key: value == "yes" for key, value in found.items()}


class SignatureForm(forms.Form):
    person_signed_on = day_field(_("La personne a signé le"))
    host_signed_on = day_field(_("La coopérative hôte a signé le"))
    scan = ScanField(label=_("Copie de l’exemplaire signé"))
    proof = forms.CharField(
        label=_("Sans copie : où est l’original"),
        max_length=200,
        required=False,
        help_text=_("Par exemple : classeur CAPE 2026, armoire du bureau."),
    )

    @property
    def signature(self) -> Signature:
        return Signature(**self.cleaned_data)


class RenewForm(forms.Form):
    ends_on = day_field(_("Nouveau dernier jour"))


class AmendmentForm(OnceForm):
    subject = forms.CharField(label=_("Objet"), max_length=120)
    text = forms.CharField(
        label=_("Ce qui change, mot pour mot"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    in_force_from = day_field(_("À partir du"))

    @property
    def written(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("subject", "text", "in_force_from")}


class EndForm(forms.Form):
    ended_on = day_field(_("Dernier jour du contrat"))
    reason = forms.ChoiceField(label=_("Pourquoi"), choices=EndReason.choices)
    note = forms.CharField(
        label=_("Précision, si elle sert"),
        max_length=200,
        required=False,
        help_text=_("Rien sur la santé ni sur la vie privée."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=200,
        help_text=_("Lu par qui vérifie le papier, s’il est déjà émis."),
        error_messages={"required": _("Dites pourquoi, en quelques mots.")},
    )


class SendingForm(forms.Form):
    sent_on = day_field(_("Envoyée le"))
    way = forms.ChoiceField(label=_("Comment"), choices=SendingWay.choices)
    reference = forms.CharField(
        label=_("Numéro de l’envoi, du message ou du reçu"), max_length=80, required=False
    )
    proof = ScanField(label=_("Accusé ou copie d’écran"))

    @property
    def sending(self) -> Sending:
        cleaned = self.cleaned_data
        return Sending(
            cleaned["sent_on"], SendingWay(cleaned["way"]), cleaned["reference"], cleaned["proof"]
        )


class TermsForm(OnceForm):
    """A new dated version of what a host proposes for one kind of contract."""

    in_force_from = day_field(_("En vigueur à partir du"))
    label = forms.CharField(label=_("Nom sur vos pages"), max_length=80, required=False)
    months_at_most = forms.IntegerField(
        label=_("Durée la plus longue d’un terme, en mois"),
        required=False,
        min_value=1,
        max_value=60,
    )
    renewals_at_most = forms.IntegerField(
        label=_("Renouvellements au plus"), required=False, min_value=0, max_value=20
    )
    minors_allowed = forms.BooleanField(
        label=_("Ouvert aux 16 et 17 ans, avec l’accord de l’autorité parentale"),
        required=False,
        help_text=_("À confirmer par votre conseil : la loi ne dit rien d’un CAPE pour mineurs."),
    )
    notice_days = forms.IntegerField(
        label=_("Jours que vous vous donnez pour prévenir l’URSSAF et France Travail"),
        min_value=0,
        max_value=60,
        help_text=_("La loi dit « dès la conclusion », sans nombre de jours."),
    )
    urssaf_name = forms.CharField(label=_("URSSAF ou CGSS"), max_length=80, required=False)
    urssaf_address = forms.CharField(label=_("Son adresse"), max_length=200, required=False)
    france_travail_address = forms.CharField(
        label=_("Adresse de France Travail"), max_length=200, required=False
    )

    def __init__(
        self, *args: Any, nature: Nature, answers: dict[int, Answer], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.nature = nature
        if not nature.is_drawn_here:
            for name in (
                "minors_allowed", "notice_days", "urssaf_name", "urssaf_address", "france_travail_address",
            ):  # fmt: skip
                del self.fields[name]
            self.points: PointsForm | None = None
            return
        rows = [PointRow(p, answers.get(p.number, Answer()), "", None) for p in POINTS]
        self.points = PointsForm(self.data if self.is_bound else None, points=rows)
        for point in POINTS:
            del self.points.fields[f"file_{point.number}"]

    def is_valid(self) -> bool:
        return super().is_valid() and (self.points is None or self.points.is_valid())

    def wishes(self, kind: str) -> TermsWishes:
        cleaned = {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "submission_key" and not name.startswith(("text_", "more_", "amount_"))
        }
        written = {} if self.points is None else self.points.answers
        return TermsWishes(
            kind=kind,
            points={
                str(number): {
                    "text": one.text.strip(),
                    "more": one.more.strip(),
                    "amount": str(one.amount) if one.amount is not None else "",
                }
                for number, one in written.items()
            },
            **cleaned,
        )


def typed(terms: ContractTerms | None, today: dt.date) -> dict[str, Any]:
    """What a new version begins with: the one in force, from today."""
    first: dict[str, Any] = {"in_force_from": today, "notice_days": 8, "urssaf_name": "URSSAF"}
    if terms is None:
        return first
    names = (
        "label", "months_at_most", "renewals_at_most", "minors_allowed", "notice_days", "urssaf_name",
        "urssaf_address", "france_travail_address",
    )  # fmt: skip
    return first | {name: getattr(terms, name) for name in names}
