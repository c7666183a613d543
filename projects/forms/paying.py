"""What is typed when money comes: a payment, its reverse, an offset, a reminder."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from projects.enums import PaymentMeans, ReminderWay
from projects.forms.fields import DayField, EuroField
from projects.models import Invoice


class KeyedForm(forms.Form):
    """Carries the UUID of what it makes: a double tap makes it once."""

    client_uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class PaymentForm(KeyedForm):
    amount = EuroField(label=_("Montant, TVA comprise"))
    means = forms.ChoiceField(
        label=_("Comment"),
        choices=[(one.value, one.label) for one in PaymentMeans if one is not PaymentMeans.OFFSET],
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites comment l’argent est arrivé.")},
    )
    received_on = DayField(label=_("Reçu le"))
    reference = forms.CharField(
        label=_("Référence (facultatif)"),
        max_length=80,
        required=False,
        help_text=_("Numéro du chèque, libellé du virement."),
    )

    def values(self) -> dict[str, Any]:
        names = ("amount", "means", "received_on", "reference", "client_uuid")
        return {name: self.cleaned_data[name] for name in names}


class BackForm(PaymentForm):
    """Money given back for a credit note."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].label = _("Rendu le")


class ReverseForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=80,
        help_text=_("Par exemple : chèque sans provision, montant mal lu."),
        error_messages={"required": _("Dites pourquoi : on le relira.")},
    )
    received_on = DayField(label=_("Le"))


def payment_form(data: Any, *, left: Decimal, is_credit: bool, today: dt.date) -> PaymentForm:
    """What is left, today, by transfer: the usual case needs one press."""
    kind = BackForm if is_credit else PaymentForm
    initial = {"amount": left, "received_on": today, "means": PaymentMeans.TRANSFER}
    return kind(data, initial=initial)


class OffsetForm(KeyedForm):
    credit = forms.IntegerField(widget=forms.HiddenInput)
    amount = EuroField(widget=forms.HiddenInput)


class ReminderForm(forms.Form):
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    way = forms.ChoiceField(
        label=_("Comment part-elle"),
        choices=ReminderWay.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites comment la relance part.")},
    )

    def __init__(self, *args: Any, invoice: Invoice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        address = invoice.customer.email
        if address:
            label = _("Par courrier électronique, à %s") % address
            self.fields["way"].choices = [  # type: ignore[attr-defined]
                (ReminderWay.MAIL, label), (ReminderWay.LETTER, capfirst(ReminderWay.LETTER.label))
            ]  # fmt: skip
        else:
            self.fields["way"].choices = [(ReminderWay.LETTER, capfirst(ReminderWay.LETTER.label))]  # type: ignore[attr-defined]
            self.fields["way"].help_text = _("Ce client n’a pas d’adresse électronique.")
