"""What a share became by one answer of the engine: the first one, or the last that corrected it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Euros. Amounts are None when the share was too small for a slip: everything is carried.

    `answer` is the stored answer of the engine (payroll.rules.stored_slips) with its year-to-date
    amounts before and after.
    """

    cost: Decimal
    remainder: Decimal
    gross: Decimal | None = None
    net_before_tax: Decimal | None = None
    net_social: Decimal | None = None
    net_taxable: Decimal | None = None
    tax: Decimal | None = None
    net_paid: Decimal | None = None
    # Hours paid by an employment contract, when they are not simply the confirmed ones.
    paid_hours: Decimal | None = None
    answer: Mapping[str, Any] | None = None
    is_corrected: bool = False

    @classmethod
    def corrected(cls, answer: Mapping[str, Any], *, cost: Decimal, remainder: Decimal) -> Self:
        """Read a stored answer: nothing is computed."""
        slip = answer["slip"]
        return cls(
            cost=cost,
            remainder=remainder,
            gross=Decimal(slip["gross"]),
            net_before_tax=Decimal(slip["net_before_tax"]),
            net_social=Decimal(slip["net_social"]),
            net_taxable=Decimal(slip["net_taxable"]),
            tax=Decimal(slip["pas_amount"]),
            net_paid=Decimal(slip["net_paid"]),
            paid_hours=Decimal(answer["paid_hours"]) if answer["paid_hours"] else None,
            answer=answer,
            is_corrected=True,
        )
