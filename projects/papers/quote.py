"""The quote: what the host offers, at which price, until when. The customer answers by a link."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from ct_platform.kit.actor import SeatKind
from ct_platform.kit.clock import format_day
from documents import kinds
from projects.models import Quote, QuoteLine, SellerTerms
from projects.papers import commercial
from projects.rules.totals import totals_of

KIND = "quote"


def title() -> str:
    return _("Devis")


def snapshot_of(
    quote: Quote,
    lines: Sequence[QuoteLine],
    terms: SellerTerms,
    *,
    sent_on: dt.date,
    valid_until: dt.date,
    cape: dt.date,
    exemptions: Sequence[str] = (),
) -> dict[str, Any]:
    """The photograph of a quote. No query, with the cohort, its host and the customer at hand."""
    customer = quote.customer
    return {
        "seller": commercial.seller_of(quote.cohort.host, terms),
        "customer": commercial.customer_of(customer),
        "object": quote.title,
        "note": quote.note,
        "lines": commercial.lines_of(lines),
        "totals": commercial.totals_of(totals_of(lines)),
        "mentions": [
            commercial.nature_words(one.nature for one in lines),
            *commercial.tax_mentions(terms),
            *commercial.exemption_mentions(exemptions),
            *commercial.payment_mentions(terms, customer.kind),
        ],
        "cape": commercial.cape_mention(quote.cohort, cape),
        "sent_on": sent_on.isoformat(),
        "valid_until": valid_until.isoformat(),
        "cohort": quote.cohort.name,
        "weave": commercial.threads_of(one.project for one in lines),
        "eu": quote.cohort.eu_funded,
        "replaces": quote.replaces.number if quote.replaces else "",
    }


def context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What templates/pdf/quote.html prints, from the photograph alone."""
    return {
        **commercial.printed(snapshot),
        "object": snapshot["object"],
        "note": snapshot["note"],
        "cape": snapshot["cape"],
        "cohort": snapshot["cohort"],
        "replaces": snapshot["replaces"],
        "sent_on": dt.date.fromisoformat(snapshot["sent_on"]),
        "valid_until": dt.date.fromisoformat(snapshot["valid_until"]),
    }


def filename(snapshot: Mapping[str, Any]) -> str:
    number = snapshot["paper"]["number"]
    return f"devis-{slugify(number)}-{slugify(snapshot['customer']['name'])[:40]}.pdf"


def public_facts(snapshot: Mapping[str, Any]) -> list[kinds.PublicFact]:
    """Never the amount nor the customer."""
    until = format_day(dt.date.fromisoformat(snapshot["valid_until"]))
    return [
        kinds.PublicFact(_("Coopérative"), snapshot["cohort"]),
        kinds.PublicFact(_("Valable jusqu’au"), until),
    ]


QUOTE = kinds.DocumentKind(
    code=KIND,
    label="Devis",
    template="pdf/quote.html",
    template_version="2",
    former={"1": "pdf/former/quote_1.html"},
    context=context,
    filename=filename,
    open_to=frozenset({SeatKind.COORDINATOR, SeatKind.HOST}),
    public_facts=public_facts,
    icon="vente",
)
