"""The sales journal: what was sold and what was paid in a period, and how it meets every pay."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.clock import Month
from ct_platform.kit.exports import Cell, csv_of
from ct_platform.kit.money import ZERO
from payroll.exports.workbook import RATE, Sheet, workbook
from payroll.models import PayRun
from payroll.selectors.sales_journal import JournalRow, Period, RunControl
from projects.enums import PaymentMeans


def header() -> list[str]:
    return [
        _("Date"), _("Numéro"), _("Client"), _("Activité"), _("Quoi"), _("Montant HT"),
        _("Taux de TVA, en %"), _("TVA"), _("Montant TTC"), _("Payé le"), _("Moyen"), _("Dans la paie"),
    ]  # fmt: skip


def cells(rows: Iterable[JournalRow], months: dict[int, str]) -> list[list[Cell]]:
    return [
        [
            row.dated, row.number, row.sale.customer, row.sale.project.name, row.label, row.net,
            row.sale.vat_rate, row.vat, row.gross, row.paid_on,
            str(PaymentMeans(row.payment.means).label) if row.payment else "",
            months.get(row.sale.pay_run_key or 0, ""),
        ]
        for row in rows
    ]  # fmt: skip


def journal_csv(
    rows: Sequence[JournalRow], period: Period, controls: Sequence[RunControl]
) -> bytes:
    """What was sold in the period, paid or not, one table."""
    found = [row for row in rows if period.holds(row.dated)]
    return csv_of(header(), cells(found, months_of(controls)))


def journal_xlsx(
    cohort: Cohort, rows: Sequence[JournalRow], period: Period, controls: Sequence[RunControl]
) -> bytes:
    """Sold in the period; paid in the period; each pay beside what the journal says it counted."""
    months, rate = months_of(controls), ((_("Taux de TVA, en %"), RATE),)
    sold = [row for row in rows if period.holds(row.dated)]
    paid = [row for row in rows if period.holds(row.paid_on)]
    return workbook(
        title=_("Journal des ventes, %(cohort)s") % {"cohort": cohort.name},
        company=cohort.host.name,
        created=period.last,
        sheets=[
            Sheet(_("Vendu dans la période"), header(), [*cells(sold, months), total(sold)], rate),
            Sheet(_("Payé dans la période"), header(), [*cells(paid, months), total(paid)], rate),
            control_sheet(rows, controls),
        ],
    )


def total(rows: Iterable[JournalRow]) -> list[Cell]:
    found = list(rows)
    nets = sum((row.net for row in found), ZERO)
    vats = sum((row.vat for row in found), ZERO)
    return [None, "", _("Total"), "", "", nets, None, vats, nets + vats, None, "", ""]


def control_sheet(rows: Iterable[JournalRow], controls: Sequence[RunControl]) -> Sheet:
    """Paid sales of the whole journal = what each pay photographed + what waits for the next one."""
    names = [
        _("Paie"), _("Ventes de sa photo, HT"), _("Ventes du journal, HT"), _("Dépenses de sa photo, HT"),
        _("Dépenses notées, HT"), _("Contrôle"),
    ]  # fmt: skip
    paid = [row for row in rows if row.paid_on is not None]
    lines: list[list[Cell]] = [
        [
            str(Month(one.run.month)), one.sales, one.journal_sales, one.expenses,
            one.journal_expenses, _("égal"),
        ]
        for one in controls
    ]  # fmt: skip
    waits: Decimal = sum((row.net for row in paid if row.sale.pay_run_key is None), ZERO)
    everything: Decimal = sum((row.net for row in paid), ZERO)
    lines.append([_("Payé, dans aucune paie encore"), None, waits, None, None, ""])
    lines.append(
        [
            _("Toutes les ventes payées"),
            sum((one.sales for one in controls), ZERO) + waits,
            everything, None, None, _("égal"),
        ]
    )  # fmt: skip
    return Sheet(_("Contrôle avec les paies"), names, lines)


def months_of(controls: Iterable[RunControl]) -> dict[int, str]:
    def name(run: PayRun) -> str:
        return str(Month(run.month))

    return {one.run.pk: name(one.run) for one in controls}
