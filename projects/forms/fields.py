"""Form fields of this app: those of the house, and the small hidden version."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.form_fields import DayField, EuroField

__all__ = ["DayField", "EuroField", "QuantityField", "version_field"]


class QuantityField(EuroField):
    """How many, or how much: "3", "1,5". Two decimals at most."""

    default_error_messages = {"amount": _("Écrivez combien, en chiffres : 3 ou 1,5.")}

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


def version_field() -> forms.IntegerField:
    """The version that was shown: the service refuses to write over a newer one."""
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1)
