"""The VAT of a period: owed by rate with the reason of its day, and what purchases let deduct."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.exports import Cell, csv_of
from ct_platform.kit.money import ZERO
from payroll.exports.workbook import RATE, Sheet, workbook
from payroll.rules.selling_books import Due
from payroll.selectors.sales_journal import JournalRow, Period, VatLine, vat_summary
from projects.models import Expense


def reason(due: Due) -> str:
    return {
        Due.DELIVERY: _("Biens : à la livraison (CGI art. 269, 2 a)"),
        Due.PAYMENT: _("Services et acomptes : au paiement (CGI art. 269, 2 a et c)"),
        Due.DEBITS: _("Services, option pour les débits : à la facture (CGI art. 269, 2 c)"),
        Due.EARLIEST: _("Bien ou service, non précisé : au premier des deux jours"),
    }[due]


def header() -> list[str]:
    return [_("Taux de TVA, en %"), _("Quand elle est due"), _("Base HT"), _("TVA")]


def _cells(lines: Sequence[VatLine]) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[one.percent, reason(one.due), one.base, one.vat] for one in lines]
    bases, vats = (sum((getattr(one, name) for one in lines), ZERO) for name in ("base", "vat"))
    return [*rows, [None, _("TVA due sur la période"), bases, vats]]


def vat_csv(rows: Sequence[JournalRow], expenses: Sequence[Expense], period: Period) -> bytes:
    return csv_of(header(), [*_cells(vat_summary(rows, period)), *_deductible(expenses, period)])


def _deductible(expenses: Sequence[Expense], period: Period) -> list[list[Cell]]:
    """Purchases with a receipt, then without: no receipt, no deduction (CGI art. 271, II)."""
    found = [one for one in expenses if period.holds(one.moved_on)]
    lines: list[list[Cell]] = []
    for words, rows in (
        (_("TVA des achats, avec justificatif"), [one for one in found if one.receipt_id]),
        (_("TVA des achats sans justificatif : à ne pas déduire"),
         [one for one in found if not one.receipt_id]),
    ):  # fmt: skip
        net: Decimal = sum((one.amount for one in rows), ZERO)
        vat: Decimal = sum((one.vat for one in rows), ZERO)
        lines.append([None, words, net, vat])
    return lines


def vat_xlsx(
    cohort: Cohort, rows: Sequence[JournalRow], expenses: Sequence[Expense], period: Period
) -> bytes:
    lines = vat_summary(rows, period)
    rate = ((_("Taux de TVA, en %"), RATE),)
    detail_header = [
        _("Due le"), _("Numéro"), _("Client"), _("Quoi"), _("Base HT"), _("Taux de TVA, en %"), _("TVA"),
        _("Quand elle est due"),
    ]  # fmt: skip

    def cells(found: Sequence[JournalRow]) -> list[list[Cell]]:
        return [
            [
                row.due_on, row.number, row.sale.customer, row.label, row.net, row.sale.vat_rate,
                row.vat, reason(row.due),
            ]
            for row in found
        ]  # fmt: skip

    due = sorted(
        (row for row in rows if period.holds(row.due_on)), key=lambda row: (row.due_on, row.sale.pk)
    )
    later = [row for row in rows if row.due_on is None and row.dated <= period.last]
    return workbook(
        title=_("TVA, %(cohort)s") % {"cohort": cohort.name},
        company=cohort.host.name,
        created=period.last,
        sheets=[
            Sheet(_("Par taux"), header(), [*_cells(lines), *_deductible(expenses, period)], rate),
            Sheet(_("Détail"), detail_header, cells(due), rate),
            Sheet(_("Pas encore due"), detail_header, cells(later), rate),
        ],
    )
