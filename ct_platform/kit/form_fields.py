"""Form fields of the house: euros as people type them, and days."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.money import parse_amount


class EuroField(forms.Field):
    """Euros with a comma or a dot, spaces and "€": "1 234,50 €". Cleans to Decimal, whole cents."""

    default_error_messages = {
        "required": _("Il manque le montant."),
        "amount": _("Il faut un montant en chiffres, par exemple 120,50."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        amount = parse_amount(text)
        if amount is None:
            raise forms.ValidationError(self.error_messages["amount"], code="amount")
        return amount

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}".replace(".", ",") if isinstance(value, Decimal) else value


class TickedField(forms.TypedMultipleChoiceField):
    """Keys ticked in a list the page draws itself; `offer` says which exist."""

    default_error_messages = {
        "required": _("Choisissez au moins une personne."),
        "invalid_choice": _("Cette personne n’est pas dans la liste."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, **kwargs)

    def offer(self, keys: Iterable[int]) -> None:
        self.choices = [(key, str(key)) for key in keys]


class DayField(forms.DateField):
    """A civil day, from the phone's own calendar or typed as 25/11/2026."""

    default_error_messages = {
        "required": _("Il manque la date."),
        "invalid": _("Il faut une date, par exemple 25/11/2026."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"])
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)
