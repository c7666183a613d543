"""Expenses as a receipt prints them. `own`: said to a coopérant ("tu"), else to the coordination."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Enrolment
from ct_platform.kit.errors import Refused
from ct_platform.kit.once import OnceForm
from ct_platform.kit.pictures import ACCEPT, MOST_BYTES, clean_proof
from projects.forms.fields import DayField, EuroField, version_field
from projects.models import Expense, ExpenseClaim, Project
from projects.selectors.spending import LimitLeft


class ProofField(forms.FileField):
    """Cleans to (harmless bytes, "jpg" or "pdf"), or None. Half a second a photo, outside the act."""

    default_error_messages = {"empty": _("Ce fichier est vide.")}

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            # No more than what is accepted, and a byte to know that there is more.
            return clean_proof(upload.read(MOST_BYTES + 1), field="file")
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


def file_field(**kwargs: Any) -> ProofField:
    return ProofField(required=False, widget=forms.FileInput(attrs={"accept": ACCEPT}), **kwargs)


class ReceiptForm(forms.Form):
    """What every expense says. `projects` and `limits` are those of the cohort, and no others."""

    project = forms.ChoiceField(label=_("Activité"))
    label = forms.CharField(label=_("Quoi"), max_length=140)
    supplier = forms.CharField(label=_("Chez qui"), max_length=140, required=False)
    total = EuroField(label=_("Total payé, TVA comprise, en euros"))
    vat = EuroField(label=_("TVA écrite sur le ticket, en euros (facultatif)"), required=False)
    spent_on = DayField(label=_("Dépensé le"))
    spending_limit = forms.ChoiceField(
        label=_("Dépense décidée par le groupe (facultatif)"), required=False
    )

    def __init__(
        self,
        *args: Any,
        projects: Sequence[Project],
        limits: Sequence[LimitLeft],
        own: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        self.projects = {str(one.pk): one for one in projects}
        self.limits = {str(one.limit.pk): one.limit for one in limits}
        names = [(key, one.full_label) for key, one in self.projects.items()]
        first = [] if len(names) == 1 else [("", _("Choisir"))]
        self._offer("project", first + names)
        if limits:
            choices = [(str(one.limit.pk), one.words) for one in limits]
            self._offer("spending_limit", [("", _("Aucune en particulier")), *choices])
        else:
            del self.fields["spending_limit"]
        self._say(own)

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _say(self, own: bool) -> None:
        choose = _("Choisis une activité.") if own else _("Choisissez une activité.")
        self.fields["project"].error_messages |= {"required": choose, "invalid_choice": choose}
        self.fields["label"].error_messages["required"] = (
            _("Dis ce que c’est.") if own else _("Dites ce que c’est.")
        )
        self.fields["vat"].help_text = (
            _("En bas du ticket. Rien d’écrit ? Laisse vide.")
            if own
            else _("La somme, même à plusieurs taux. Laissez vide si le ticket n’en montre pas.")
        )
        self.fields["total"].help_text = _("Par exemple : 12,50.")

    def clean_project(self) -> Project:
        return self.projects[self.cleaned_data["project"]]

    def clean_label(self) -> str:
        return " ".join(self.cleaned_data["label"].split())

    def clean_vat(self) -> Decimal:
        vat: Decimal | None = self.cleaned_data["vat"]
        return Decimal("0.00") if vat is None else vat

    def values(self) -> dict[str, Any]:
        """What the services of spending take."""
        names = ("project", "label", "supplier", "total", "vat", "spent_on")
        found = {name: self.cleaned_data[name] for name in names}
        key = self.cleaned_data.get("spending_limit") or ""
        return found | {"spending_limit": self.limits.get(key)}


class ClaimForm(OnceForm, ReceiptForm):
    """From a phone: the camera at once, or a file; and whose money it was."""

    photo = ProofField(
        label=_("Photo du ticket"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
        help_text=_("À plat, tout le ticket, sans ombre."),
    )
    file = file_field(
        label=_("Ou un fichier (photo, PDF)"),
        help_text=_("15 Mo au plus. L’endroit de la photo est effacé."),
    )
    is_advanced = forms.TypedChoiceField(
        label=_("Qui a payé ?"),
        choices=[
            ("non", _("La coopérative")),
            ("oui", _("Moi, avec mon argent. On me le rend")),
        ],
        coerce=lambda value: value == "oui",
        widget=forms.RadioSelect,
        error_messages={"required": _("Dis qui a payé.")},
    )
    field_order = (
        "submission_key", "photo", "file", "total", "vat", "label", "supplier", "project", "spent_on",
        "spending_limit", "is_advanced",
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return super().values() | {
            "is_advanced": typed["is_advanced"],
            "proof": typed["photo"] or typed["file"],
        }


class ExpenseForm(ReceiptForm):
    """The coordination's: who advanced it, and what allows going beyond a decision."""

    file = file_field(
        label=_("Photo ou PDF du justificatif"),
        help_text=_("15 Mo au plus. Sans justificatif, la clôture le rappellera."),
    )
    advanced_by = forms.ChoiceField(
        label=_("Qui a avancé l’argent"),
        required=False,
        help_text=_("Une personne : le total est noté sur son compte, l’hôte le lui rend."),
    )
    beyond_reason = forms.CharField(
        label=_("Au-delà de la décision, parce que (facultatif)"),
        max_length=200,
        required=False,
        help_text=_("Seulement si la dépense dépasse ce qui reste : quelle décision le permet."),
    )
    field_order = (
        "submission_key", "version", "project", "label", "supplier", "total", "vat", "spent_on", "file",
        "advanced_by", "spending_limit", "beyond_reason",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Enrolment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        names = [(key, one.person.full_name) for key, one in self.people.items()]
        self._offer("advanced_by", [("", _("Personne : l’hôte a payé")), *names])
        if not self.limits:
            del self.fields["beyond_reason"]

    def values(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return super().values() | {
            "proof": typed["file"],
            "advanced_by": self.people.get(typed["advanced_by"]),
            "beyond_reason": typed.get("beyond_reason", ""),
        }


class NewExpenseForm(OnceForm, ExpenseForm):
    pass


class EditExpenseForm(ExpenseForm):
    version = version_field()

    @classmethod
    def initial_of(cls, expense: Expense) -> dict[str, Any]:
        return {
            "project": str(expense.project_id),
            "label": expense.label,
            "supplier": expense.supplier,
            "total": expense.total,
            "vat": expense.vat,
            "spent_on": expense.moved_on,
            "advanced_by": str(expense.advanced_by_id or ""),
            "spending_limit": str(expense.spending_limit_id or ""),
            "beyond_reason": expense.beyond_reason,
            "version": expense.version,
        }


class AcceptForm(ReceiptForm):
    """What was sent, as the coordination accepts it."""

    beyond_reason = forms.CharField(
        label=_("Au-delà de la décision, parce que (facultatif)"), max_length=200, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.limits:
            del self.fields["beyond_reason"]

    @classmethod
    def initial_of(cls, claim: ExpenseClaim) -> dict[str, Any]:
        names = ("label", "supplier", "total", "vat", "spent_on")
        return {name: getattr(claim, name) for name in names} | {
            "project": str(claim.project_id),
            "spending_limit": str(claim.spending_limit_id or ""),
        }

    def values(self) -> dict[str, Any]:
        return super().values() | {"beyond_reason": self.cleaned_data.get("beyond_reason", "")}


class RefuseForm(forms.Form):
    because = forms.CharField(
        label=_("Pourquoi"), max_length=200, required=False, help_text=_("La personne le lira.")
    )


def today_first(today: dt.date) -> dict[str, Any]:
    return {"spent_on": today, "is_advanced": "non"}
