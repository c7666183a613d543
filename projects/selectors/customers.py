"""Customers of a cohort, as the coordination reads them."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from cohorts.models import Cohort
from members.search import Query, matching
from projects.models import Customer, Quote

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class CustomersPage:
    rows: "Page[Any]"
    typed: str
    shows_archived: bool
    archived_count: int


def customers_page(cohort: Cohort, *, typed: str, archived: bool, number: str) -> CustomersPage:
    """Customers that bear every word typed. Three queries."""
    mine = Customer.objects.of_cohort(cohort.pk)
    rows: QuerySet[Any] = mine.filter(archived_at__isnull=not archived)
    query = Query.read(typed)
    if query.is_searchable:
        rows = matching(rows, query, "name", "city", "siret")
    rows = rows.annotate(quotes_count=Count("quotes")).order_by("name", "pk")
    return CustomersPage(
        rows=Paginator(rows, PER_PAGE).get_page(number),
        typed=query.text,
        shows_archived=archived,
        archived_count=mine.filter(archived_at__isnull=False).count(),
    )


def customers_to_choose(cohort_id: int) -> list[Customer]:
    """Those a paper may be made for. One query."""
    rows = Customer.objects.of_cohort(cohort_id).filter(archived_at__isnull=True)
    return list(rows.order_by("name", "pk"))


def quotes_of(customer: Customer) -> list[Quote]:
    """Their quotes, the latest first. One query."""
    return list(Quote.objects.filter(customer=customer).order_by("-pk")[:20])
