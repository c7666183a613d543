"""What an invoice brings to each project: the rows of Sale that the pot, the accounts and reports count."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from projects.enums import InvoiceKind
from projects.models import Invoice, InvoiceLine, Sale
from projects.rules.billing import Brought, brought_by
from projects.services.invoices._rows import amounts

LABEL = 140


def write_turnover(
    *, invoice: Invoice, lines: Sequence[InvoiceLine], issued_by_id: int
) -> list[Sale]:
    """One unpaid row for each (project, rate), in euros excl. VAT; a credit note's are negative.

    Rows always sum to ± the invoice's net. An invoice whose deposits paid it all has nothing left to
    be paid: its rows, if projects or rates differ, are paid on the day of issue.
    """
    sign = -1 if invoice.kind == InvoiceKind.CREDIT_NOTE else 1
    rates = zip((one.project_id for one in lines), amounts(lines), strict=True)
    brought = brought_by(rates)
    paid_on = invoice.issued_on if invoice.total_amount == 0 else None
    rows = [_row(invoice, one, sign, paid_on, issued_by_id) for one in brought]
    written: list[Sale] = Sale.objects.bulk_create(rows)
    return written


def _row(
    invoice: Invoice, one: Brought, sign: int, paid_on: dt.date | None, issued_by_id: int
) -> Sale:
    # A deposit is turnover the day it is asked, a credit note the day it corrects.
    later = invoice.kind != InvoiceKind.INVOICE and invoice.issued_on
    sold_on = later or invoice.sold_until
    return Sale(
        project_id=one.project,
        label=f"{invoice.number} · {invoice.title}"[:LABEL],
        customer=invoice.customer.name,
        amount=Decimal(sign) * one.amount,
        vat_rate=one.percent,
        sold_on=sold_on,
        moved_on=paid_on,
        invoice=invoice,
        recorded_by_id=issued_by_id,
    )
