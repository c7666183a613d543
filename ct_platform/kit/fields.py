"""Model fields for money: the widths are the house's, so they are written once."""

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models


class AmountField(models.DecimalField):  # type: ignore[type-arg]
    """numeric(10,2) euros."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 10)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)


class RateField(models.DecimalField):  # type: ignore[type-arg]
    """numeric(7,5); the docstring or name of the field says percent or fraction."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 7)
        kwargs.setdefault("decimal_places", 5)
        kwargs.setdefault("validators", [MinValueValidator(Decimal(0))])
        super().__init__(*args, **kwargs)
