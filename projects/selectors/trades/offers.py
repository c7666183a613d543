"""One offer with its orders, the list to prepare, what is left to note as sold."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from ct_platform.kit.money import ZERO
from projects.enums import OrderState
from projects.models import Customer, LotMove, Offer, Order, Project
from projects.selectors.trades.projects import when_of
from projects.trade_words import TradeWords, words_of


@dataclass(frozen=True, slots=True)
class OfferPage:
    offer: Offer
    words: TradeWords
    when: str
    orders: list[Order]
    moves: list[LotMove]
    is_past: bool

    @property
    def lines(self) -> list[str]:
        return [one.strip() for one in self.offer.content.splitlines() if one.strip()]

    @property
    def can_order(self) -> bool:
        return self.offer.is_open and self.offer.left > 0 and not self.is_past

    @property
    def to_sell(self) -> list[Order]:
        return [one for one in self.orders if one.is_handed and one.sale_id is None]

    @property
    def to_sell_count(self) -> int:
        return sum(one.quantity for one in self.to_sell)

    @property
    def to_sell_price(self) -> Decimal:
        return sum((one.quantity * self.offer.unit_price for one in self.to_sell), ZERO)


def offer_page(offer: Offer, today: dt.date) -> OfferPage:
    """Two queries."""
    orders = offer.orders.select_related("taken_by", "sale").order_by("day", "hour", "pk")
    moves = offer.lot_moves.select_related("lot__product").order_by("at", "pk")
    return OfferPage(
        offer=offer,
        words=words_of(offer.project.trade),
        when=when_of(offer),
        orders=list(orders),
        moves=list(moves),
        is_past=offer.order_until < today,
    )


def orders_to_sell(offer: Offer, keys: Collection[int]) -> list[Order]:
    """Handed over and in no sale yet; of these keys when some are named. One query."""
    rows = Order.objects.filter(offer=offer, state=OrderState.HANDED, sale__isnull=True)
    if keys:
        rows = rows.filter(pk__in=keys)
    return list(rows.order_by("day", "hour", "pk"))


@dataclass(frozen=True, slots=True)
class OfferToPrepare:
    offer: Offer
    quantity: int

    @property
    def lines(self) -> list[str]:
        return [one.strip() for one in self.offer.content.splitlines() if one.strip()]


@dataclass(frozen=True, slots=True)
class Preparation:
    """What one day asks of a project, on one printed page."""

    project: Project
    words: TradeWords
    day: dt.date
    offers: list[OfferToPrepare]
    orders: list[Order]

    @property
    def quantity(self) -> int:
        return sum(one.quantity for one in self.orders)


def preparation_of(project: Project, day: dt.date) -> Preparation:
    """Every order of the day that stands, by hour. One query."""
    rows = list(
        Order.objects.standing()
        .filter(offer__project=project, day=day)
        .select_related("offer")
        .order_by("hour", "name", "pk")
    )
    quantities: dict[int, int] = {}
    offers: dict[int, Offer] = {}
    for one in rows:
        offers[one.offer_id] = one.offer
        quantities[one.offer_id] = quantities.get(one.offer_id, 0) + one.quantity
    return Preparation(
        project=project,
        words=words_of(project.trade),
        day=day,
        offers=[OfferToPrepare(offer, quantities[key]) for key, offer in offers.items()],
        orders=rows,
    )


def offers_of(project: Project) -> "QuerySet[Offer]":
    """The offers of a project, with what a page and its acts need. One query when read."""
    found: QuerySet[Offer] = Offer.objects.filter(project=project).select_related(
        "project__cohort", "product", "agreed", "written_by"
    )
    return found


def latest_offers(project: Project, at_most: int = 12) -> list[Offer]:
    """One query."""
    return list(offers_of(project).order_by("-ends_on", "-pk")[:at_most])


def orders_of(project: Project) -> "QuerySet[Order]":
    """One query when read."""
    found: QuerySet[Order] = Order.objects.filter(offer__project=project).select_related(
        "offer__project__cohort"
    )
    return found


def handed_of(offer: Offer) -> list[int]:
    """Keys of what was handed over, sold or not. One query."""
    return list(offer.orders.filter(state=OrderState.HANDED).values_list("pk", flat=True))


def customers_of(cohort_id: int, at_most: int = 300) -> list[Customer]:
    """Those that stand, by name. One query."""
    rows = Customer.objects.of_cohort(cohort_id).filter(archived_at=None)
    return list(rows.order_by("name", "pk")[:at_most])
