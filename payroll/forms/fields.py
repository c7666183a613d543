"""Fields of pay: euros, percentages and days as people write them."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.clock import Month
from ct_platform.kit.money import parse_amount

_DATE = {
    "invalid": _("Écrivez une date, par exemple 10/12/2026."),
    "required": _("Donnez une date."),
}


class AmountInput(forms.CharField):
    """Euros as people write them: "1 234,50", "12 €"."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        amount = parse_amount(text)
        if amount is None or amount < 0:
            raise forms.ValidationError(_("Écrivez un montant en euros, par exemple 400,00."))
        return amount


class RateInput(forms.DecimalField):
    """A percentage; a comma is as good as a point."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=Decimal(0),
            max_value=Decimal(100),
            decimal_places=5,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            error_messages={
                "invalid": _("Écrivez un taux en %, par exemple 1,55."),
                "max_value": _("Un taux va de 0 à 100."),
                "min_value": _("Un taux va de 0 à 100."),
                "max_decimal_places": _("Cinq chiffres après la virgule au plus."),
            },
            **kwargs,
        )


def date_field(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=_DATE,
    )


class MonthForm(forms.Form):
    """Chooses one of the `months` offered; the cleaned value is its first day."""

    month = forms.ChoiceField(
        label=_("Mois travaillé"), error_messages={"required": _("Choisissez un mois.")}
    )

    def __init__(self, *args: Any, months: Sequence[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["month"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [(month.isoformat(), str(Month(month))) for month in months]

    def clean_month(self) -> dt.date:
        return dt.date.fromisoformat(self.cleaned_data["month"])
