"""What a cohort may put on a quote or an invoice on a day: its products, their prices, their VAT."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from cohorts.models import Cohort
from projects.enums import VatRegime, WayOfSale
from projects.models import Product, Project, SellerTerms
from projects.rules import RateDecision, vat_percent, vat_rates_on, ways_of
from projects.selectors.prices import prices_on
from projects.selectors.selling import rates_decided, terms_on

NO_VAT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Offered:
    """A product sold in one way. `price`: VAT included, None when nobody ever wrote one."""

    product: Product
    way: WayOfSale
    percent: Decimal
    price: Decimal | None
    # Number of the decision of the group that set the price; None when it is only the usual one.
    decision_number: int | None = None

    @property
    def code(self) -> str:
        return f"{self.product.pk}:{self.way}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`rates`: percents that a line typed by hand may carry, in rising order."""

    day: dt.date
    projects: tuple[Project, ...]
    offers: tuple[Offered, ...]
    rates: tuple[Decimal, ...]
    terms: SellerTerms | None

    @property
    def is_franchise(self) -> bool:
        return self.terms is not None and self.terms.vat_regime == VatRegime.FRANCHISE

    def offered(self, code: str) -> Offered | None:
        return next((one for one in self.offers if one.code == code), None)

    def project(self, key: int) -> Project | None:
        return next((one for one in self.projects if one.pk == key), None)


def catalogue_of(cohort: Cohort, day: dt.date) -> Catalogue:
    """Active products in each of their ways, at the prices of `day`. Five queries.

    A host in franchise sells everything at 0 %: the papers say why (CGI art. 293 B).
    """
    projects = tuple(Project.objects.of_cohort(cohort.pk).order_by("name", "pk"))
    products = (
        Product.objects.of_cohort(cohort.pk)
        .filter(is_active=True)
        .select_related("project")
        .order_by("project__name", "name", "pk")
    )
    terms = terms_on(cohort.host_id, day) if cohort.host_id else None
    decided = rates_decided(cohort.host_id) if cohort.host_id else []
    is_franchise = terms is not None and terms.vat_regime == VatRegime.FRANCHISE
    agreed = {(one.project_id, one.label.casefold()): one for one in prices_on(cohort.pk, day)}
    offers = []
    for product in products:
        price = agreed.get((product.project_id, product.name.casefold()))
        for way in ways_of(product.category):
            percent = (
                NO_VAT
                if is_franchise
                else vat_percent(category=product.category, way=way, day=day, decided=decided)
            )
            offers.append(
                Offered(
                    product,
                    way,
                    percent,
                    price.amount if price else product.usual_price,
                    price.decision_number if price else None,
                )
            )
    rates = (NO_VAT,) if is_franchise else _rates(day, decided)
    return Catalogue(day, projects, tuple(offers), rates, terms)


def _rates(day: dt.date, decided: list[RateDecision]) -> tuple[Decimal, ...]:
    """The law's, and those the host decided (overseas, an exemption it answers for)."""
    found = {one.percent for one in vat_rates_on(day) if one.percent}
    # Stored with five decimals: 5.50000 is the 5.5 of the law.
    found |= {one.percent for one in decided if one.in_force_from <= day}
    return tuple(sorted(found))
