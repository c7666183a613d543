"""An invoice as it stands once issued, without the road that leads there: lines first, then frozen."""

import datetime as dt
from decimal import Decimal

from projects.enums import InvoiceKind, InvoiceState
from projects.models import Customer, Invoice, InvoiceLine, Project, Sale
from projects.rules import Line, totals_of_lines
from tests.factories import NOW, CustomerFactory, PersonFactory

DAY = dt.date(2026, 11, 2)


def issued_invoice(
    project: Project, *nets: tuple[str, str], customer: Customer | None = None, **extra: object
) -> Invoice:
    """An issued invoice of (net, VAT percent) lines, with the sale rows that issuing writes.

    `kind="credit_note", corrects=…` writes negative rows. Numbers run on: F-1, F-2…
    """
    kind = extra.pop("kind", InvoiceKind.INVOICE)
    nature = extra.pop("nature", "goods")
    totals = totals_of_lines([Line(Decimal(net), Decimal(rate)) for net, rate in nets])
    invoice: Invoice = Invoice.objects.create(
        cohort=project.cohort, host=project.cohort.host, kind=kind, corrects=extra.pop("corrects", None),
        customer=customer or CustomerFactory(cohort=project.cohort), title=extra.pop("title", "Paniers"),
        sold_from=DAY, sold_until=DAY, written_by=PersonFactory(),
        net_amount=totals.net, vat_amount=totals.vat, total_amount=totals.gross,
    )  # fmt: skip
    for position, (net, rate) in enumerate(nets, start=1):
        InvoiceLine.objects.create(
            invoice=invoice, position=position, project=project, designation="Paniers", quantity=1,
            nature=nature, unit_price=Decimal(net), vat_percent=Decimal(rate), amount=Decimal(net),
        )  # fmt: skip
    issued = {
        "state": InvoiceState.ISSUED,
        "number": f"F-{Invoice.objects.count()}",
        "issued_on": DAY,
        "due_on": dt.date(2026, 12, 2),
        "issued_at": NOW,
    }
    Invoice.objects.filter(pk=invoice.pk).update(**issued | extra)
    invoice.refresh_from_db()
    sign = -1 if kind == InvoiceKind.CREDIT_NOTE else 1
    for one in totals.rates:
        if one.net:
            Sale.objects.create(
                project=project, label=f"{invoice.title}, {invoice.number}", invoice=invoice,
                customer=invoice.customer.name, amount=sign * one.net, vat_rate=one.percent,
                sold_on=invoice.sold_until, recorded_by=invoice.written_by,
            )  # fmt: skip
    return invoice


def invoiced_sale(
    project: Project, amount: Decimal, *, paid: bool = True, rate: str = "0", nature: str = "goods"
) -> Sale:
    """A sale an issued invoice wrote; of a credit note when negative."""
    day, size = dt.date(2026, 11, 7), str(abs(amount))
    more = {
        "title": "Vente",
        "issued_on": day,
        "sold_from": day,
        "sold_until": day,
        "nature": nature,
    }
    invoice = issued_invoice(project, (size, rate), **more)
    if amount < 0:
        note = {"kind": InvoiceKind.CREDIT_NOTE, "corrects": invoice} | more
        Sale.objects.filter(invoice=invoice).delete()
        invoice = issued_invoice(project, (size, rate), customer=invoice.customer, **note)
    sale = Sale.objects.get(invoice=invoice)
    if paid:
        Sale.objects.filter(pk=sale.pk).update(moved_on=dt.date(2026, 11, 9))
        sale.refresh_from_db()
    return sale
