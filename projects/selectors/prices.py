"""Prices that the group agreed on, as they are on a day."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ct_platform.kit.keys import key_of
from projects.models import AgreedPrice, Sale
from projects.rules import amount_before_vat, vat_rates_on


def prices_on(cohort_id: int, day: dt.date) -> list[AgreedPrice]:
    """The price of each thing on `day`: the latest begun, unless it has ended. One query.

    A price that ended brings no earlier one back.
    """
    begun = AgreedPrice.objects.of_cohort(cohort_id).begun(day).select_related("project")
    latest = {
        (one.project_id, one.label.casefold()): one for one in begun.order_by("starts_on", "pk")
    }
    held = (one for one in latest.values() if one.ends_on is None or one.ends_on >= day)
    return sorted(held, key=lambda one: (one.project.name, one.label))


def same_thing_on(price: AgreedPrice, cohort_id: int, day: dt.date) -> AgreedPrice | None:
    """The price of the same thing on another day, if it had one. One query."""
    thing = (price.project_id, price.label.casefold())
    return next(
        (
            one
            for one in prices_on(cohort_id, day)
            if (one.project_id, one.label.casefold()) == thing
        ),
        None,
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """The prices of a day, and what a sale at the one that was taken begins with."""

    day: dt.date
    prices: list[AgreedPrice]
    taken: AgreedPrice | None
    initial: dict[str, Any]


def offer_of(cohort_id: int, day: dt.date, taken: int | None, quantity: Decimal) -> Offer:
    """One query; two when a price is taken. The rate of VAT is the one of the activity's last sale."""
    prices = prices_on(cohort_id, day)
    price = next((one for one in prices if one.pk == taken), None)
    if price is None:
        return Offer(day, prices, None, {"sold_on": day})
    begins = {
        "sold_on": day,
        "price": price.pk,
        "project": str(price.project_id),
        "label": price.label,
        "quantity": quantity,
    }
    last = Sale.objects.standing().filter(project=price.project).order_by("-sold_on", "-pk")
    percent = last.values_list("vat_rate", flat=True).first()
    rate = next((one for one in vat_rates_on(day) if one.percent == percent), None)
    if rate is not None:
        begins["vat_rate"] = str(rate.percent)
        begins["amount"] = amount_before_vat(price.amount, quantity, rate.percent)
    return Offer(day, prices, price, begins)


def taken_before(cohort_id: int, key: str) -> AgreedPrice | None:
    """The price that a form was begun with: of the cohort, whatever it has become since. One query."""
    asked = key_of(key)
    if asked is None:
        return None
    rows = AgreedPrice.objects.of_cohort(cohort_id).select_related("project")
    found: AgreedPrice | None = rows.filter(pk=asked).first()
    return found
