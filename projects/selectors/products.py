"""What a cohort sells, with its price of the day and its VAT for each way of selling."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from cohorts.models import Cohort
from projects.enums import WayOfSale
from projects.models import AgreedPrice, Product
from projects.rules import ways_of
from projects.selectors.prices import prices_on
from projects.selectors.selling import rate_of, rates_decided


@dataclass(frozen=True, slots=True)
class Rate:
    way: WayOfSale
    percent: Decimal


@dataclass(frozen=True, slots=True)
class ProductRow:
    """`agreed`: the price the group decided, which prevails over the usual one."""

    product: Product
    rates: tuple[Rate, ...]
    agreed: AgreedPrice | None


def product_rows(cohort: Cohort, day: dt.date) -> list[ProductRow]:
    """On the shelf first, then by activity and name. Three queries."""
    rows = Product.objects.of_cohort(cohort.pk).select_related("project")
    decided = rates_decided(cohort.host_id)
    agreed = {(one.project_id, one.label.casefold()): one for one in prices_on(cohort.pk, day)}
    return [
        ProductRow(
            product,
            tuple(
                Rate(way, rate_of(product, way, day, decided)) for way in ways_of(product.category)
            ),
            agreed.get((product.project_id, product.name.casefold())),
        )
        for product in rows.order_by("-is_active", "project__name", "name", "pk")
    ]
