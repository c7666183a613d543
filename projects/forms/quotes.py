"""A quote, as the coordination types it, and the customer's answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.once import OnceForm
from projects.forms.fields import DayField, version_field
from projects.forms.lines import WITH_VAT, WITHOUT_VAT, LinesForm, PricesField
from projects.models import Customer, Quote
from projects.services.quotes import QuoteSaid


class QuoteFields(forms.Form):
    """`customers`: those of the cohort that may be chosen."""

    customer = forms.ChoiceField(
        label=_("Client"),
        error_messages={
            "required": _("Choisissez un client."),
            "invalid_choice": _("Choisissez un client de la liste."),
        },
    )
    title = forms.CharField(
        label=_("Objet"),
        max_length=140,
        help_text=_("Par exemple : Buffet du 12 décembre."),
        error_messages={"required": _("Dites en quelques mots ce que vous proposez.")},
    )
    valid_until = DayField(
        label=_("Valable jusqu’au"),
        required=False,
        help_text=_("Vide : 30 jours à compter de l’envoi."),
    )
    note = forms.CharField(
        label=_("Mot au client (facultatif)"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    prices = PricesField()

    def __init__(self, *args: Any, customers: Sequence[Customer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.customers = {str(one.pk): one for one in customers}
        names = [(key, f"{one.name}{_place(one)}") for key, one in self.customers.items()]
        self.fields["customer"].choices = [("", _("Choisir")), *names]  # type: ignore[attr-defined]

    def clean_customer(self) -> Customer:
        return self.customers[self.cleaned_data["customer"]]

    def said(self, lines: LinesForm) -> QuoteSaid:
        typed = self.cleaned_data
        return QuoteSaid(
            customer=typed["customer"],
            title=typed["title"],
            note=typed["note"],
            valid_until=typed["valid_until"],
            lines=lines.asked(with_vat=typed["prices"] == WITH_VAT),
        )


class NewQuoteForm(OnceForm, QuoteFields):
    pass


class EditQuoteForm(QuoteFields):
    version = version_field()

    @classmethod
    def initial_of(cls, quote: Quote, *, with_vat: bool) -> dict[str, Any]:
        return {
            "customer": str(quote.customer_id),
            "title": quote.title,
            "note": quote.note,
            "valid_until": quote.valid_until,
            "prices": WITH_VAT if with_vat else WITHOUT_VAT,
            "version": quote.version,
        }


def retyped(data: Mapping[str, Any]) -> dict[str, str]:
    """What was typed, to show again without judging it."""
    return {name: str(value) for name, value in data.items() if not name.startswith("lignes-")}


class MailQuoteForm(OnceForm):
    to = forms.EmailField(
        label=_("Adresse électronique du client"),
        error_messages={"required": _("Écrivez l’adresse du client.")},
    )
    word = forms.CharField(
        label=_("Un mot (facultatif)"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=300, required=False)


class AnswerForm(forms.Form):
    """`answer`: what the button says. A name signs either; only yes asks for the tick."""

    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    name = forms.CharField(
        label=_("Votre nom"),
        max_length=140,
        error_messages={"required": _("Écrivez votre nom.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    agreed = forms.BooleanField(
        label=_("J’ai lu ce devis et je l’accepte : bon pour accord."), required=False
    )
    because = forms.CharField(
        label=_("Pourquoi, si vous voulez le dire"), max_length=300, required=False
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("answer") == "yes" and not typed.get("agreed"):
            self.add_error("agreed", _("Cochez la case pour accepter."))
        return typed


class NotedAnswerForm(forms.Form):
    """The answer as the coordination heard it: on paper, at the market, on the phone."""

    answer = forms.ChoiceField(
        label=_("Réponse"), choices=[("yes", _("accepté")), ("no", _("refusé"))]
    )
    name = forms.CharField(
        label=_("Qui a répondu"),
        max_length=140,
        error_messages={"required": _("Écrivez le nom de qui a répondu.")},
    )


def _place(customer: Customer) -> str:
    return f", {customer.city}" if customer.city else ""
