"""Form fields of this app: those of the house, and the small hidden version."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.form_fields import DayField, EuroField
from ct_platform.kit.money import plain

__all__ = [
    "DayField",
    "EuroField",
    "NumberField",
    "QuantityField",
    "version_field",
]


class QuantityField(EuroField):
    """How many, or how much: "3", "1,5". Two decimals at most."""

    default_error_messages = {"amount": _("Écrivez combien, en chiffres : 3 ou 1,5.")}

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


def version_field() -> forms.IntegerField:
    """The version that was shown: the service refuses to write over a newer one."""
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class NumberField(EuroField):
    """A number as people type it, with at most `decimals`: "1,5", "11,3744". No unit."""

    default_error_messages = {"amount": _("Il faut un nombre, par exemple 3 ou 1,5.")}

    def __init__(self, *, decimals: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.decimals = decimals

    def to_python(self, value: Any) -> Any:
        text = re.sub(r"[\s\u00a0\u202f€%]", "", str(value or "")).replace(",", ".")
        if not text:
            return None
        if not re.fullmatch(r"-?[0-9]{1,8}(\.[0-9]*)?", text):
            raise forms.ValidationError(self.error_messages["amount"], code="amount")
        number = Decimal(text)
        if -int(number.normalize().as_tuple().exponent) > self.decimals:
            sentence = _("%(n)d chiffres au plus après la virgule.") % {"n": self.decimals}
            raise forms.ValidationError(sentence, code="decimals")
        return number

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal) else value
