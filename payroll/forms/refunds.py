"""What the host says of money given back."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.once import OnceForm
from payroll.forms.fields import AmountInput, date_field
from payroll.services.refunds import MEANS


class RefundForm(OnceForm):
    """`seen`: the amount the page showed, so that another one is never written."""

    seen = AmountInput(widget=forms.HiddenInput)
    paid_on = date_field(_("Rendu le"))
    means = forms.ChoiceField(label=_("Comment"), choices=[(one.value, one.label) for one in MEANS])
    reference = forms.CharField(
        label=_("Référence (facultatif)"),
        max_length=80,
        required=False,
        help_text=_("Numéro du chèque, libellé du virement."),
    )

    def __init__(self, *args: Any, due: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = f"{due:.2f}"
