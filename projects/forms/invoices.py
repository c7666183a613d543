"""An invoice as the coordination types it, a deposit, a credit note, and what the host answers."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.money import euros, plain
from ct_platform.kit.once import OnceForm
from projects.forms.fields import DayField, NumberField, version_field
from projects.forms.lines import WITH_VAT, WITHOUT_VAT, PricesField
from projects.models import Customer, Invoice, InvoiceLine, Project
from projects.services.invoices.credit_notes import Group


class SoldDays(forms.Form):
    """Days of the sale; the second one left empty is the first."""

    sold_from = DayField(label=_("Vendu le, ou à partir du"))
    sold_until = DayField(
        label=_("Jusqu’au (facultatif)"), required=False, help_text=_("Vide : le même jour.")
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        typed["sold_until"] = typed.get("sold_until") or typed.get("sold_from")
        return typed


class InvoiceFields(SoldDays):
    """`customers` and `deposits`: those of the cohort that may be chosen."""

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
        help_text=_("Par exemple : Paniers de novembre."),
        error_messages={"required": _("Dites en quelques mots ce que vous facturez.")},
    )
    order_number = forms.CharField(
        label=_("Numéro de commande du client (facultatif)"), max_length=40, required=False
    )
    service_code = forms.CharField(
        label=_("Code service (administrations, facultatif)"), max_length=40, required=False
    )
    note = forms.CharField(
        label=_("Mot au client (facultatif)"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    deposits = forms.MultipleChoiceField(
        label=_("Acomptes à déduire"), required=False, widget=forms.CheckboxSelectMultiple
    )
    prices = PricesField()

    def __init__(
        self,
        *args: Any,
        customers: Sequence[Customer],
        deposits: Sequence[Invoice],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.customers = {str(one.pk): one for one in customers}
        names = [
            (key, ", ".join(filter(None, [one.name, one.city])))
            for key, one in self.customers.items()
        ]
        self.fields["customer"].choices = [("", _("Choisir")), *names]  # type: ignore[attr-defined]
        self.free = {str(one.pk): one for one in deposits}
        if not self.free:
            del self.fields["deposits"]
        else:
            said = [
                (key, f"{one.number}, {one.customer.name}, {euros(one.total_amount)}")
                for key, one in self.free.items()
            ]
            self.fields["deposits"].choices = said  # type: ignore[attr-defined]

    def clean_customer(self) -> Customer:
        return self.customers[self.cleaned_data["customer"]]

    @property
    def with_vat(self) -> bool:
        return bool(self.cleaned_data["prices"] == WITH_VAT)

    def values(self) -> dict[str, Any]:
        """What the services take, but for the lines."""
        typed = self.cleaned_data
        names = (
            "customer", "title", "sold_from", "sold_until", "order_number", "service_code", "note",
        )  # fmt: skip
        chosen = [self.free[key] for key in typed.get("deposits", [])]
        return {**{name: typed[name] for name in names}, "deposits": chosen}


class NewInvoiceForm(OnceForm, InvoiceFields):
    pass


class EditInvoiceForm(InvoiceFields):
    version = version_field()

    @classmethod
    def initial_of(
        cls, invoice: Invoice, taken: Sequence[Invoice], *, with_vat: bool
    ) -> dict[str, Any]:
        same = invoice.sold_from == invoice.sold_until
        return {
            "customer": str(invoice.customer_id),
            "title": invoice.title,
            "order_number": invoice.order_number,
            "service_code": invoice.service_code,
            "note": invoice.note,
            "sold_from": invoice.sold_from,
            "sold_until": None if same else invoice.sold_until,
            "deposits": [str(one.pk) for one in taken],
            "prices": WITH_VAT if with_vat else WITHOUT_VAT,
            "version": invoice.version,
        }


def retyped(data: Any) -> dict[str, Any]:
    """What was typed, to show again without judging it."""
    kept = {name: str(value) for name, value in data.items() if not name.startswith("lignes-")}
    return {**kept, "deposits": data.getlist("deposits")}


class BillQuoteForm(OnceForm, SoldDays):
    """The whole of an accepted quote."""


class DepositForm(OnceForm):
    percent = NumberField(label=_("Acompte, en % du devis"), decimals=2)
    sold_until = DayField(label=_("Livraison prévue le"))


class SeenForm(forms.Form):
    """A button on what was shown: the service refuses to act on a newer version."""

    version = version_field()


class SendBackForm(forms.Form):
    because = forms.CharField(
        label=_("Ce qu’il faut changer"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Dites ce qu’il faut changer.")},
    )


class HostNumberForm(forms.Form):
    """The number and day that the host's own software gave."""

    number = forms.CharField(
        label=_("Numéro de votre facture"),
        max_length=30,
        error_messages={"required": _("Écrivez le numéro que votre logiciel a donné.")},
    )
    issued_on = DayField(label=_("Date de votre facture"))
    version = version_field()


class MailInvoiceForm(OnceForm):
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


class HandedForm(OnceForm):
    """The paper was given from hand to hand, or posted."""


class ReasonForm(OnceForm):
    """Why an invoice is corrected: the credit note says it."""

    reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=200,
        help_text=_("L’avoir l’écrit : Paniers abîmés, Mauvais client…"),
        error_messages={"required": _("Dites pourquoi : l’avoir l’écrit.")},
    )


class CreditLinesForm(ReasonForm):
    """Quantities to take back, a field for each line of the invoice."""

    def __init__(self, *args: Any, lines: Sequence[InvoiceLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [one for one in lines if one.deposit_id is None]
        for line in self.lines:
            sold = Decimal(str(line.quantity))
            self.fields[f"line_{line.pk}"] = NumberField(
                label=line.designation,
                decimals=3,
                required=False,
                help_text=_say("Vendu : %(n)s") % {"n": plain(sold)},
            )

    def taken(self) -> dict[int, Decimal]:
        typed = {one.pk: self.cleaned_data.get(f"line_{one.pk}") for one in self.lines}
        return {key: value for key, value in typed.items() if value}


class CreditAmountsForm(ReasonForm):
    """Sums to give back, excl. VAT, a field for each activity and rate that still holds something."""

    def __init__(
        self,
        *args: Any,
        groups: Mapping[Group, Decimal],
        projects: Mapping[int, Project],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups = [group for group, left in groups.items() if left > 0]
        for place, (project_id, _nature, percent) in enumerate(self.groups):
            words = {"name": projects[project_id].full_label, "rate": plain(percent.normalize())}
            left = {"left": euros(groups[self.groups[place]])}
            self.fields[f"sum_{place}"] = NumberField(
                label=_say("%(name)s, à %(rate)s %% de TVA") % words,
                decimals=2,
                required=False,
                help_text=_say("Hors TVA. Il reste %(left)s.") % left,
            )

    def amounts(self) -> dict[Group, Decimal]:
        typed = {
            group: self.cleaned_data.get(f"sum_{place}") for place, group in enumerate(self.groups)
        }
        return {group: value for group, value in typed.items() if value}


class StatementForm(forms.Form):
    """The day of a statement, from the address: anything else is today."""

    until = DayField(label=_("Arrêté au"), required=False)
