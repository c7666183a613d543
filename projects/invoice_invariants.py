"""What must always be true of invoices, checked by `check_consistency`."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ct_platform.kit.invariants import Invariant, register
from ct_platform.kit.money import euros
from documents.models import Counter
from documents.services.numbers import format_number
from projects.enums import InvoiceKind
from projects.models import Invoice, InvoiceLine, Sale, SellerTerms

_AMOUNT: Any = DecimalField(max_digits=14, decimal_places=2)


def _summed(rows: Any, by: str) -> Any:
    """The sum of `amount` of the rows of an invoice, 0 when it has none."""
    sums = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(s=Sum("amount"))
    return Coalesce(Subquery(sums.values("s")), Value(Decimal(0)), output_field=_AMOUNT)


def _numbers_have_no_gap() -> Iterable[str]:
    """Every number a delegated series gave is on an issued invoice: 1, 2, 3… to the last."""
    delegated = set(SellerTerms.objects.exclude(series="").values_list("host_id", "series"))
    for counter in Counter.objects.order_by("pk"):
        if (counter.issuer_key, counter.series) not in delegated:
            continue
        prefix = format_number(counter.series, counter.year, 0)[:-5]
        held = set(
            Invoice.objects.issued()
            .filter(host_id=counter.issuer_key, number__startswith=prefix, numbered_by_host=False)
            .values_list("number", flat=True)
        )
        for n in range(1, counter.last + 1):
            number = format_number(counter.series, counter.year, n)
            if number not in held:
                yield (
                    _("Facture n° %s : le numéro est donné, et aucune facture ne le porte.")
                    % number
                )


def _days_follow_numbers() -> Iterable[str]:
    last: dict[tuple[int, str], tuple[Any, str]] = {}
    rows = Invoice.objects.issued().filter(numbered_by_host=False).order_by("host_id", "number")
    for host, number, day in rows.values_list("host_id", "number", "issued_on"):
        series = (host, number[:-5])
        if series in last and day < last[series][0]:
            yield _("Facture n° %(number)s : datée d’avant la n° %(before)s.") % {
                "number": number,
                "before": last[series][1],
            }
        last[series] = (day, number)


def _totals_are_lines() -> Iterable[str]:
    # Compared here: SQLite sums amounts as floats, and two of them may differ by nothing.
    lined = _summed(InvoiceLine.objects, "invoice_id")
    for invoice in Invoice.objects.annotate(lined=lined).iterator(chunk_size=500):
        whole = invoice.net_amount + invoice.vat_amount
        if invoice.lined != invoice.net_amount or invoice.total_amount != whole:
            yield _("« %s » : le total n’est pas la somme des lignes.") % invoice


def _turnover_is_net() -> Iterable[str]:
    """± the net, to the cent, whatever was paid since."""
    standing = Sale.objects.standing()
    for invoice in Invoice.objects.issued().annotate(sold=_summed(standing, "invoice_id")):
        net = -invoice.net_amount if invoice.is_credit else invoice.net_amount
        if invoice.sold != net:
            yield _("Facture n° %(number)s : %(sold)s de ventes pour %(net)s facturés.") % {
                "number": invoice.number,
                "sold": euros(invoice.sold),
                "net": euros(net),
            }


def _drafts_bring_nothing() -> Iterable[str]:
    for sale in Sale.objects.filter(invoice__isnull=False).exclude(invoice__state="issued"):
        yield _("Vente n° %s : écrite par une facture qui n’est pas émise.") % sale.pk


def _issued_has_its_paper() -> Iterable[str]:
    for invoice in Invoice.objects.issued().select_related("document"):
        paper = invoice.document
        if paper is None or paper.issuer_key != invoice.host_id:
            yield _("Facture n° %s : émise sans son papier.") % invoice.number
        elif not invoice.numbered_by_host and paper.number != invoice.number:
            yield _("Facture n° %s : son papier porte un autre numéro.") % invoice.number


def _credits_fit_their_invoice() -> Iterable[str]:
    credited = (
        Invoice.objects.issued()
        .filter(kind=InvoiceKind.CREDIT_NOTE)
        .values("corrects_id", "corrects__number", "corrects__total_amount")
        .order_by()
        .annotate(given=Sum("total_amount"))
        .filter(given__gt=F("corrects__total_amount"))
    )
    for row in credited:
        yield _("Facture n° %s : ses avoirs la dépassent.") % row["corrects__number"]


def _stays_home() -> Iterable[str]:
    for invoice in Invoice.objects.exclude(customer__cohort_id=F("cohort_id")):
        yield _("« %s » : le client est d’une autre cohorte.") % invoice
    lines = InvoiceLine.objects.exclude(project__cohort_id=F("invoice__cohort_id"))
    for line in lines:
        yield _("Ligne de facture n° %s : l’activité est d’une autre cohorte.") % line.pk


def _deposit_taken_once() -> Iterable[str]:
    """By one invoice that nothing cancelled: its credit notes are smaller than it."""
    given = (
        Invoice.objects.issued()
        .filter(corrects_id=OuterRef("invoice_id"))
        .order_by()
        .values("corrects_id")
        .annotate(s=Sum("net_amount"))
        .values("s")
    )
    standing = (
        InvoiceLine.objects.filter(deposit__isnull=False, invoice__state="issued")
        .annotate(given=Coalesce(Subquery(given), Value(Decimal(0)), output_field=_AMOUNT))
        .exclude(given__gte=F("invoice__net_amount"))
    )
    twice = (
        standing.order_by()
        .values("deposit__number")
        .annotate(takers=Count("invoice", distinct=True))
        .filter(takers__gt=1)
    )
    for row in twice:
        yield _("Acompte n° %s : déduit deux fois.") % row["deposit__number"]


def register_all() -> None:
    for code, sentence, check in (
        ("invoice_numbers_have_no_gap", "Une série de factures n’a pas de trou.", _numbers_have_no_gap),
        ("invoice_days_follow_numbers", "Les dates des factures suivent leurs numéros.", _days_follow_numbers),
        ("invoice_totals_are_lines", "Le total d’une facture est la somme de ses lignes.", _totals_are_lines),
        ("invoice_turnover_is_net", "Les ventes d’une facture font son montant hors TVA.", _turnover_is_net),
        ("invoice_drafts_bring_nothing", "Un brouillon de facture ne rapporte rien.", _drafts_bring_nothing),
        ("invoice_has_its_paper", "Une facture émise a son papier.", _issued_has_its_paper),
        ("invoice_credits_fit", "Les avoirs ne dépassent pas leur facture.", _credits_fit_their_invoice),
        ("invoice_stays_home", "Une facture reste dans sa coopérative.", _stays_home),
        ("invoice_deposit_taken_once", "Un acompte est déduit une fois.", _deposit_taken_once),
    ):  # fmt: skip
        register(Invariant(f"projects.{code}", sentence, check))
