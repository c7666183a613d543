"""What must always be true of quotes and their customers, checked by `check_consistency`."""

from collections.abc import Iterable

from django.db.models import F, Q
from django.utils.translation import gettext as _

from ct_platform.kit.invariants import Invariant, register
from projects.models import Quote, QuoteLine
from projects.rules.totals import totals_of


def _sent_has_paper() -> Iterable[str]:
    sent = Q(state__in=["sent", "accepted", "refused"])
    for quote in Quote.objects.filter(sent & (Q(number="") | Q(document__isnull=True))):
        yield _("Devis n° %s : parti sans numéro ou sans papier.") % quote.pk


def _lines_make_totals() -> Iterable[str]:
    """Two queries, whatever the number of quotes."""
    for quote in Quote.objects.prefetch_related("lines").iterator(chunk_size=500):
        totals = totals_of(quote.lines.all())
        if (totals.net, totals.vat) != (quote.net_amount, quote.vat_amount) or (
            totals.gross != quote.total_amount
        ):
            yield _("Devis n° %s : ses lignes ne font pas son total.") % quote.pk


def _papers_say_totals() -> Iterable[str]:
    """The paper and the row say one amount: nobody changed either after the sending."""
    for quote in Quote.objects.filter(document__isnull=False).select_related("document"):
        printed = quote.document.snapshot["totals"]["gross"]
        if printed != f"{quote.total_amount:.2f}":
            yield _("Devis n° %s : le papier dit un autre montant.") % quote.pk


def _quotes_stay_home() -> Iterable[str]:
    for quote in Quote.objects.exclude(customer__cohort_id=F("cohort_id")):
        yield _("Devis n° %s : le client est d’une autre cohorte.") % quote.pk
    for line in QuoteLine.objects.exclude(project__cohort_id=F("quote__cohort_id")):
        yield _("Devis n° %s : une ligne est d’une autre cohorte.") % line.quote_id


def register_all() -> None:
    for code, sentence, check in (
        ("projects.sent_quote_has_paper", "Un devis parti a un numéro et un papier.", _sent_has_paper),
        ("projects.quote_lines_make_totals", "Les lignes d’un devis font son total.", _lines_make_totals),
        ("projects.quote_paper_says_totals", "Le papier d’un devis dit son total.", _papers_say_totals),
        ("projects.quotes_stay_home", "Un devis reste dans sa coopérative.", _quotes_stay_home),
    ):  # fmt: skip
        register(Invariant(code, sentence, check))
