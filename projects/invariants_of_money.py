"""What must always be true of payments, of the bank and of the cash box; see `check_consistency`."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from ct_platform.kit.invariants import Invariant, register
from ct_platform.kit.money import ZERO, to_cents
from projects.models import BankLine, BankMatch, CashAgreement, CashTotal, Invoice, Sale
from projects.rules.settling import paid_part
from projects.selectors.payments import with_left


def _payments_fit() -> Iterable[str]:
    for invoice in with_left(Invoice.objects.all()):
        if not 0 <= invoice.received <= invoice.total_amount:
            yield _("%s : payée plus que son total, ou moins que rien.") % invoice.number


def _rows_are_paid_in_proportion() -> Iterable[str]:
    """Rows of an invoice sum to its net; of each project and rate exactly its part is paid."""
    groups: dict[int, dict[Any, list[Sale]]] = defaultdict(lambda: defaultdict(list))
    for row in Sale.objects.standing().filter(invoice__isnull=False).iterator():
        groups[row.invoice_id][(row.project_id, row.vat_rate, row.label, row.sold_on)].append(row)
    for invoice in with_left(Invoice.objects.filter(pk__in=list(groups))):
        sign = -1 if invoice.is_credit else 1
        rows = groups[invoice.pk]
        total = sum((row.amount for group in rows.values() for row in group), ZERO)
        if total != sign * invoice.net_amount:
            yield _("%s : ses ventes ne font pas son montant hors taxe.") % invoice.number
        received = to_cents(invoice.received)
        for group in rows.values():
            whole = sum(to_cents(row.amount) for row in group)
            paid = sum(to_cents(row.amount) for row in group if row.is_paid)
            if paid != paid_part(whole, received=received, total=to_cents(invoice.total_amount)):
                yield _("%s : une vente est payée plus, ou moins, que sa part.") % invoice.number


def _matches_fit() -> Iterable[str]:
    matched = (
        BankMatch.objects.standing()
        .order_by()
        .values("line_id")
        .annotate(total=Sum("payment__amount"))
    )
    lines = dict(BankLine.objects.values_list("pk", "amount"))
    for row in matched:
        amount = lines[row["line_id"]]
        if amount is None or row["total"] > amount:
            yield (
                _("Ligne de relevé n° %s : rapprochée pour plus que son montant.") % row["line_id"]
            )


def _bank_stays_home() -> Iterable[str]:
    for match in BankMatch.objects.exclude(line__host_id=F("payment__invoice__host_id")):
        yield _("Rapprochement n° %s : la facture est d’une autre coopérative hôte.") % match.pk


def _takings_are_shared_out() -> Iterable[str]:
    shared: dict[int, Decimal] = dict(
        CashTotal.objects.order_by().values_list("agreement_id").annotate(total=Sum("gross_amount"))
    )
    for one in CashAgreement.objects.filter(pk__in=list(shared)):
        if shared[one.pk] != one.total:
            yield _("Comptage n° %s : les totaux ne font pas la recette.") % one.count_id
    for total in CashTotal.objects.select_related("sale"):
        sale = getattr(total, "sale", None)
        if sale is None or sale.amount != total.net_amount:
            yield _("Total du jour n° %s : sans sa vente, ou d’un autre montant.") % total.pk


def _two_people_counted() -> Iterable[str]:
    rows = CashAgreement.objects.filter(reason="").prefetch_related("count__tallies")
    for one in rows.select_related("count"):
        last = list(one.count.tallies.all())[-2:]
        people = {tally.counted_by_id for tally in last}
        if len(people) != 2 or last[0].figures != last[1].figures:
            yield (
                _("Comptage n° %s : deux personnes n’ont pas compté la même chose.") % one.count_id
            )


def register_all() -> None:
    for code, sentence, check in (
        ("projects.payments_fit", "On ne reçoit pas plus que la facture.", _payments_fit),
        (
            "projects.rows_are_paid_in_proportion",
            "Les ventes d’une facture font son net, payées en proportion.",
            _rows_are_paid_in_proportion,
        ),
        ("projects.matches_fit", "Une ligne ne paie pas plus que son montant.", _matches_fit),
        ("projects.bank_stays_home", "La banque d’un hôte paie ses factures.", _bank_stays_home),
        (
            "projects.takings_are_shared_out",
            "Les totaux du jour font la recette, et chacun est une vente.",
            _takings_are_shared_out,
        ),
        (
            "projects.two_people_counted",
            "Deux personnes ont compté la même chose, ou une raison est écrite.",
            _two_people_counted,
        ),
    ):
        register(Invariant(code, sentence, check))
