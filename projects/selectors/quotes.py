"""Quotes of a cohort, as the coordination, the host and the customer read them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from cohorts.models import Cohort
from ct_platform.kit.actor import Actor, SeatKind
from projects.enums import QuoteState
from projects.models import Customer, Product, Quote, QuoteLine, QuoteMessage
from projects.rules.totals import Totals, totals_of
from projects.selectors.selling import terms_on

PER_PAGE = 25
# Tabs of the list: their word in the address, and the states they show.
TABS: dict[str, tuple[QuoteState, ...]] = {
    "en-cours": (QuoteState.DRAFT, QuoteState.SUBMITTED, QuoteState.APPROVED, QuoteState.SENT),
    "acceptes": (QuoteState.ACCEPTED,),
    "sans-suite": (QuoteState.REFUSED, QuoteState.LAPSED),
}


@dataclass(frozen=True, slots=True)
class QuotesPage:
    rows: "Page[Any]"
    tab: str
    counts: dict[str, int]


def quotes_page(cohort: Cohort, *, tab: str, number: str) -> QuotesPage:
    """One tab of the list, the latest first. Three queries."""
    shown = tab if tab in TABS else "en-cours"
    mine = Quote.objects.of_cohort(cohort.pk)
    counts = mine.aggregate(
        **{name.replace("-", "_"): Count("pk", filter=Q(state__in=TABS[name])) for name in TABS}
    )
    rows: QuerySet[Any] = mine.filter(state__in=TABS[shown]).select_related("customer")
    return QuotesPage(Paginator(rows.order_by("-pk"), PER_PAGE).get_page(number), shown, counts)


@dataclass(frozen=True, slots=True)
class QuotePage:
    quote: Quote
    lines: list[QuoteLine]
    totals: Totals
    messages: list[QuoteMessage]
    replaced_by: Quote | None
    host_has_terms: bool
    asks_to_validate: bool
    is_over: bool  # past its last day, and nobody answered


def quote_page(quote: Quote, today: dt.date) -> QuotePage:
    """One quote with its lines, the mails that took it, and what the host asks. Four queries."""
    lines = lines_of(quote)
    terms = terms_on(quote.cohort.host_id, today)
    return QuotePage(
        quote=quote,
        lines=lines,
        totals=totals_of(lines),
        messages=list(QuoteMessage.objects.filter(quote=quote).order_by("-pk")),
        replaced_by=Quote.objects.filter(replaces=quote).order_by("-pk").first(),
        host_has_terms=terms is not None,
        asks_to_validate=terms is not None and terms.asks_to_validate,
        is_over=is_over(quote, today),
    )


def lines_of(quote: Quote) -> list[QuoteLine]:
    """One query."""
    return list(QuoteLine.objects.filter(quote=quote).select_related("project", "product"))


def is_over(quote: Quote, today: dt.date) -> bool:
    return quote.is_sent and quote.valid_until is not None and quote.valid_until < today


def quotes_to_approve(actor: Actor) -> list[Quote]:
    """What waits for the host's agreement, the oldest first. One query; none for other seats."""
    if actor.kind != SeatKind.HOST:
        return []
    rows = Quote.objects.visible_to(actor).filter(state=QuoteState.SUBMITTED)
    return list(rows.select_related("cohort", "customer").order_by("pk")[:50])


def quote_by_key(quote_id: int) -> Quote | None:
    """For whoever holds a link; the caller checks its secret. One query."""
    rows = Quote.objects.select_related("cohort__host", "cohort__territory", "customer", "document")
    found: Quote | None = rows.filter(pk=quote_id).exclude(number="").first()
    return found


@dataclass(frozen=True, slots=True)
class Hub:
    """What the room of selling counts, for its doors."""

    customers: int
    products: int
    quotes: dict[str, int]
    latest: list[Quote]


def hub(cohort: Cohort) -> Hub:
    """Four queries."""
    counts = Quote.objects.of_cohort(cohort.pk).aggregate(
        drafts=Count("pk", filter=Q(state__in=[QuoteState.DRAFT, QuoteState.APPROVED])),
        submitted=Count("pk", filter=Q(state=QuoteState.SUBMITTED)),
        sent=Count("pk", filter=Q(state=QuoteState.SENT)),
        accepted=Count("pk", filter=Q(state=QuoteState.ACCEPTED)),
    )
    latest = Quote.objects.of_cohort(cohort.pk).select_related("customer").order_by("-pk")
    return Hub(
        customers=Customer.objects.of_cohort(cohort.pk).filter(archived_at__isnull=True).count(),
        products=Product.objects.of_cohort(cohort.pk).filter(is_active=True).count(),
        quotes=counts,
        latest=list(latest[:6]),
    )
