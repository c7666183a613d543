"""A statement to read, its columns when they are in doubt, the invoice a credit pays."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.money import euros, from_cents
from projects.banking import Columns, Doubt, StatementRefused, check_size
from projects.forms.fields import EuroField


class StatementForm(forms.Form):
    file = forms.FileField(
        label=_("Relevé en CAMT.053, OFX ou CSV"),
        help_text=_(
            "5 Mo au plus. Un seul compte. Le même relevé deux fois ne compte qu’une fois."
        ),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.ofx,.qfx,.xml"}),
        error_messages={"required": _("Choisissez un fichier.")},
    )

    def clean_file(self) -> Any:
        try:
            check_size(self.cleaned_data["file"].size)
        except StatementRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return self.cleaned_data["file"]


class ColumnsForm(forms.Form):
    """Which column is what; the titles of the file, or its first cells."""

    date = forms.ChoiceField(label=_("La date"))
    words = forms.ChoiceField(label=_("Le libellé"))
    amount = forms.ChoiceField(
        label=_("Le montant, avec son signe"), required=False,
        help_text=_("Ou bien les deux colonnes suivantes."),
    )  # fmt: skip
    credit = forms.ChoiceField(label=_("Le crédit (argent reçu)"), required=False)
    debit = forms.ChoiceField(label=_("Le débit (argent parti)"), required=False)

    def __init__(self, *args: Any, doubt: Doubt, **kwargs: Any) -> None:
        guess = {name: "" if at is None else str(at) for name, at in doubt.guess.items()}
        kwargs["initial"] = guess
        super().__init__(*args, **kwargs)
        self.first_row = doubt.first_row
        named = [("", gettext("Aucune")), *_columns(doubt)]
        for field in self.fields.values():
            field.choices = named  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("amount") and not typed.get("credit"):
            self.add_error("amount", gettext("Dites où est le montant, ou le crédit."))
        if typed.get("amount") and typed.get("credit"):
            self.add_error("credit", gettext("Le montant, ou le crédit : pas les deux."))
        return typed

    def columns(self) -> Columns:
        def at(name: str) -> int | None:
            value = self.cleaned_data[name]
            return int(value) if value else None

        return Columns(
            date=int(self.cleaned_data["date"]),
            words=(int(self.cleaned_data["words"]),),
            amount=at("amount"),
            credit=at("credit"),
            debit=at("debit"),
            first_row=self.first_row,
        )


def _columns(doubt: Doubt) -> list[tuple[str, str]]:
    found = []
    for index in range(len(doubt.titles)):
        sample = next((row[index] for row in doubt.rows if row[index]), "")
        title = doubt.titles[index] or gettext("Colonne %d") % (index + 1)
        found.append((str(index), f"{title} ({sample[:30]})" if sample else title))
    return found


class ProposalForm(forms.Form):
    """A proposal as it was shown: "12:4000,15:100", invoices and cents."""

    parts = forms.CharField(max_length=400)

    def clean_parts(self) -> list[tuple[int, Decimal]]:
        told = self.cleaned_data["parts"]
        if not re.fullmatch(r"\d{1,12}:\d{1,10}(,\d{1,12}:\d{1,10}){0,9}", told):
            raise ValidationError(gettext("Cette page n’est plus à jour. Rechargez-la."))
        pairs = [one.split(":") for one in told.split(",")]
        return [(int(key), from_cents(int(cents))) for key, cents in pairs]


class ChooseInvoiceForm(forms.Form):
    invoice = forms.ChoiceField(
        label=_("Quelle facture"), error_messages={"required": _("Choisissez une facture.")}
    )
    amount = EuroField(label=_("Montant, TVA comprise"))

    def __init__(self, *args: Any, owed: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invoice"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Choisir")),
            *(
                (str(one.pk), f"{one.number}, {one.customer.name}, {euros(one.left)}")
                for one in owed
            ),
        ]

    def parts(self) -> list[tuple[int, Decimal]]:
        return [(int(self.cleaned_data["invoice"]), self.cleaned_data["amount"])]
