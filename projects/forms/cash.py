"""Counting notes and coins, sharing the takings out, deciding, handing over."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.enums import VatCategory, WayOfSale
from projects.forms.fields import DayField, EuroField
from projects.forms.paying import KeyedForm
from projects.models import Project
from projects.rules import RateDecision, vat_percent
from projects.rules.cash import COINS, MOST_PIECES, NOTES, PIECES
from projects.rules.vat import LAW
from projects.services.cash import Counted, Part

ROWS = 5


class OpenCountForm(KeyedForm):
    project = forms.ChoiceField(
        label=_("Activité"), error_messages={"required": _("Choisissez une activité.")}
    )
    day = DayField(label=_("Jour du marché"))
    label = forms.CharField(
        label=_("Quel étal (facultatif)"),
        max_length=60,
        required=False,
        help_text=_("Seulement s’il y a deux caisses ce jour-là."),
    )
    float_amount = EuroField(
        label=_("Fond de caisse au départ, en euros"),
        help_text=_(
            "L’argent déjà dans la caisse avant la première vente. 0 s’il n’y en avait pas."
        ),
    )

    def __init__(self, *args: Any, projects: Sequence[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.projects = {str(one.pk): one for one in projects}
        names = [(key, one.full_label) for key, one in self.projects.items()]
        first = [] if len(names) == 1 else [("", gettext("Choisir"))]
        self.fields["project"].choices = first + names  # type: ignore[attr-defined]

    def clean_project(self) -> Project:
        return self.projects[self.cleaned_data["project"]]

    def values(self) -> dict[str, Any]:
        names = ("project", "day", "label", "float_amount", "client_uuid")
        return {name: self.cleaned_data[name] for name in names}


def piece_label(value: int) -> str:
    """ "Billets de 20 €", "Pièces de 50 c"."""
    if value in NOTES:
        return gettext("Billets de %(value)s €") % {"value": value // 100}
    if value >= 100:
        return gettext("Pièces de %(value)s €") % {"value": value // 100}
    return gettext("Pièces de %(value)s c") % {"value": value}


class TallyForm(KeyedForm):
    """One number for each note and coin; the sum is made by the server, never in one's head."""

    card = EuroField(label=_("Cartes, en euros"), required=False)
    cheque = EuroField(label=_("Chèques, en euros"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value in PIECES:
            self.fields[f"p{value}"] = forms.IntegerField(
                label=piece_label(value),
                min_value=0,
                max_value=MOST_PIECES,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={"invalid": gettext("Écris combien, en chiffres.")},
            )

    def notes(self) -> Iterable[BoundField]:
        return [self[f"p{value}"] for value in NOTES]

    def coins(self) -> Iterable[BoundField]:
        return [self[f"p{value}"] for value in COINS]

    def counted(self) -> Counted:
        typed = self.cleaned_data
        return Counted(
            {value: typed[f"p{value}"] or 0 for value in PIECES},
            typed["card"] or Decimal(0),
            typed["cheque"] or Decimal(0),
        )


class SplitForm(forms.Form):
    """What was sold, how, for how much VAT included: five lines are enough for a stall."""

    def __init__(
        self, *args: Any, takings: Decimal, decided: Sequence[RateDecision], day: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext("Choisir")), *_kinds(decided, day)]
        for number in range(1, ROWS + 1):
            self.fields[f"kind{number}"] = forms.ChoiceField(
                label=gettext("Ligne %d : quoi") % number, choices=choices, required=number == 1
            )
            self.fields[f"amount{number}"] = EuroField(
                label=gettext("Ligne %d : montant, TVA comprise") % number, required=number == 1
            )
        if not self.is_bound:
            self.initial.setdefault("amount1", takings)

    def rows(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"kind{n}"], self[f"amount{n}"]) for n in range(1, ROWS + 1)]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for number in range(1, ROWS + 1):
            kind, amount = typed.get(f"kind{number}"), typed.get(f"amount{number}")
            if bool(kind) != bool(amount) and f"amount{number}" not in self.errors:
                name = f"amount{number}" if kind else f"kind{number}"
                self.add_error(name, gettext("Dites quoi et combien, ou videz la ligne."))
        return typed

    def parts(self) -> list[Part]:
        found = []
        for number in range(1, ROWS + 1):
            kind = self.cleaned_data[f"kind{number}"]
            if kind:
                category, way = kind.split(":")
                found.append(Part(category, way, self.cleaned_data[f"amount{number}"]))
        return found


def _kinds(decided: Sequence[RateDecision], day: Any) -> list[tuple[str, str]]:
    """ "Aliments, boissons sans alcool, emballé, à conserver (5,5 %)": the rates of that day."""
    found = []
    for row in LAW:
        rate = vat_percent(category=row.category, way=row.way, day=day, decided=decided)
        what, way = VatCategory(row.category).label, WayOfSale(row.way).label
        said = f"{what}, {way} ({rate.normalize():f} %)".replace(".", ",")
        found.append((f"{row.category}:{row.way}", said[:1].upper() + said[1:]))
    return found


class DecideForm(forms.Form):
    cash = EuroField(label=_("Billets et pièces dans la caisse, fond compris"))
    card = EuroField(label=_("Cartes"))
    cheque = EuroField(label=_("Chèques"))
    reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=200,
        error_messages={"required": _("Dites pourquoi : on le relira.")},
    )


class CounterForm(KeyedForm):
    reason = forms.CharField(
        label=_("Pourquoi ce comptage était faux"),
        max_length=200,
        error_messages={"required": _("Dites pourquoi : on le relira.")},
    )


class HandoverForm(KeyedForm):
    amount = EuroField(label=_("Montant remis, en euros"))
    handed_on = DayField(label=_("Remis le"))
    given_by = forms.CharField(
        label=_("Remis par"), max_length=100,
        error_messages={"required": _("Écrivez le nom de la personne.")},
    )  # fmt: skip
    given_to = forms.CharField(
        label=_("Remis à"), max_length=100,
        error_messages={"required": _("Écrivez le nom de la personne.")},
    )  # fmt: skip
    note = forms.CharField(label=_("Un mot (facultatif)"), max_length=200, required=False)

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
