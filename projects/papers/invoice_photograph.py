"""The photograph of an invoice, made at issue: everything its paper and its XML say, as text."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from projects.models import Invoice, InvoiceLine, SellerTerms
from projects.papers import commercial
from projects.papers.invoice_mentions import Case, mentions_of
from projects.rules.totals import Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an invoice is issued with. `lines` with their project and deposit; `number` may be empty
    (a request to the host, a preview). `cape_until`: the latest end of the contracts in force."""

    invoice: Invoice
    lines: Sequence[InvoiceLine]
    totals: Totals
    terms: SellerTerms
    issued_on: dt.date
    due_on: dt.date
    number: str
    cape_until: dt.date | None = None
    deposits: Sequence[Invoice] = field(default=())
    # Why lines are without VAT while the seller charges it; empty when none is.
    exemption: str = ""


def photograph(facts: Facts) -> dict[str, Any]:
    """Write it all down. No query when lines come with their projects and deposits."""
    invoice, totals = facts.invoice, facts.totals
    return {
        "kind": invoice.kind,
        "number": facts.number,
        "title": invoice.title,
        "note": invoice.note,
        "issued_on": facts.issued_on.isoformat(),
        "due_on": facts.due_on.isoformat(),
        "sold_from": invoice.sold_from.isoformat(),
        "sold_until": invoice.sold_until.isoformat(),
        "order_number": invoice.order_number,
        "quote": invoice.quote.number if invoice.quote else "",
        "reason": invoice.reason,
        "corrects": _named(invoice.corrects) if invoice.corrects else None,
        "deposits": [_named(one) for one in facts.deposits],
        "seller": commercial.seller_of(invoice.host, facts.terms),
        "customer": commercial.customer_of(invoice.customer, service_code=invoice.service_code),
        "lines": commercial.lines_of(facts.lines),
        "totals": commercial.totals_of(totals),
        "mentions": [{"code": one.code, "words": one.words} for one in mentions_of(_case(facts))],
        "exemption": facts.exemption,
        "cohort": invoice.cohort.name,
        "weave": commercial.threads_of(one.project for one in facts.lines),
        "eu": invoice.cohort.eu_funded,
    }


def _case(facts: Facts) -> Case:
    invoice, host, terms = facts.invoice, facts.invoice.host, facts.terms
    return Case(
        kind=invoice.kind,
        customer_kind=invoice.customer.kind,
        natures=frozenset(str(one.nature) for one in facts.lines),
        regime=terms.vat_regime,
        on_debits=terms.vat_on_debits,
        total=facts.totals.gross,
        late_rate=Decimal(str(terms.late_rate)),
        early_terms=terms.early_terms,
        host=host.name,
        host_place=" ".join(part for part in (host.address, host.postcode, host.city) if part),
        host_number=host.siret[:9],
        cohort=invoice.cohort.name,
        cape_until=facts.cape_until,
        exemption=facts.exemption,
    )


def _named(invoice: Invoice) -> dict[str, str]:
    return {
        "number": invoice.number,
        "issued_on": invoice.issued_on.isoformat() if invoice.issued_on else "",
        "kind": invoice.kind,
    }
