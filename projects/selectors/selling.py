"""What the host decided about selling, as it stands on a day."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from projects.models import Product, SellerTerms, VatDecision
from projects.rules import RateDecision, vat_percent


def terms_on(host_id: int, day: dt.date) -> SellerTerms | None:
    """The host's conditions of sale in force on `day`; None when it never wrote any. One query."""
    rows = SellerTerms.objects.of_host(host_id).begun(day).select_related("host")
    found: SellerTerms | None = rows.order_by("-in_force_from").first()
    return found


def answers_to(host_id: int, day: dt.date) -> list[str]:
    """Where a customer who answers a message is read: the host's address for sales. One query."""
    terms = terms_on(host_id, day)
    return [terms.email] if terms and terms.email else []


def rates_decided(host_id: int) -> list[RateDecision]:
    """Every rate the host decided, for `rules.vat_percent`. One query."""
    rows = VatDecision.objects.of_host(host_id)
    return [RateDecision(one.category, one.way, one.percent, one.in_force_from) for one in rows]


def exemptions_on(
    host_id: int, day: dt.date, things: Collection[tuple[str, str]] | None = None
) -> list[str]:
    """Why the host sells at 0 %, as its decisions in force say; `things`: only of these (category, way).

    One query.
    """
    latest: dict[tuple[str, str], VatDecision] = {}
    for one in VatDecision.objects.of_host(host_id).begun(day).order_by("in_force_from"):
        latest[one.category, one.way] = one
    kept = [
        one
        for thing, one in latest.items()
        if not one.percent and (things is None or thing in things)
    ]
    return list(dict.fromkeys(one.reason for one in kept))


def rate_of(product: Product, way: str, day: dt.date, decided: list[RateDecision]) -> Decimal:
    """The VAT of a product sold in a way on a day, in percent. Raises NoRate. No query."""
    return vat_percent(category=product.category, way=way, day=day, decided=decided)
