"""The pay journal: what an accountant ticks, person by person, line by line, and what it all makes."""

from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.clock import Month
from ct_platform.kit.exports import Cell
from payroll.enums import PaymentState
from payroll.exports.workbook import HOURS, RATE, Sheet, workbook
from payroll.models import Payment
from payroll.rules.declared import ORGANISMS
from payroll.selectors.book_rows import CORRECTION, COUNTER, NONE, SLIP, Row
from payroll.selectors.books import Books, controls

# Column → the total of the run it belongs to, in the order of the sheet.
_TOTALS = (
    "amount", "carried_in", "gross", "employee_total", "employer_total", "relief", "cost", "remainder",
    "net_social", "net_before_tax", "net_taxable", "tax", "net_paid", "withheld", "to_pay",
)  # fmt: skip


def journal(books: Books) -> bytes:
    """Write the pay journal of an issued run (XLSX), counter-slips with opposite amounts."""
    return workbook(
        title=_("Journal de paie, %(month)s") % {"month": Month(books.run.month)},
        company=books.run.cohort.host.name,
        created=max(row.issued_on for row in books.rows),
        sheets=[people_sheet(books), lines_sheet(books), _totals_sheet(books)],
    )


def kind_words(kind: str) -> str:
    return {
        SLIP: _("bulletin"),
        COUNTER: _("annulation"),
        CORRECTION: _("correction"),
        NONE: _("sans bulletin"),
    }[kind]


def contract_words(row: Row) -> str:
    return _("CAPE") if row.is_cape else _("Contrat de travail")


def _names() -> dict[str, str]:
    return {
        "amount": _("Part du pot"),
        "carried_in": _("Repris de la paie d’avant"),
        "gross": _("Brut"),
        "employee_total": _("Cotisations de la personne"),
        "employer_total": _("Cotisations de l’hôte"),
        "relief": _("Réduction générale"),
        "cost": _("Coût total"),
        "remainder": _("Gardé pour la suite"),
        "net_social": _("Montant net social"),
        "net_before_tax": _("Net avant impôt"),
        "net_taxable": _("Net imposable"),
        "tax": _("Prélèvement à la source"),
        "net_paid": _("Net payé"),
        "withheld": _("Acomptes et retenues"),
        "to_pay": _("À payer"),
    }


def people_sheet(books: Books) -> Sheet:
    hours, names = _("Heures"), _names()
    return Sheet(
        _("Par personne"),
        [
            _("Compte auxiliaire"), _("Nom"), _("Prénom"), _("Pièce"), _("N° de bulletin"),
            _("Émis le"), _("Contrat"), hours, *(names[name] for name in _TOTALS),
            _("Paiement"), _("Payé le"),
        ],
        [_person(row) for row in books.rows],
        ((hours, HOURS),),
    )  # fmt: skip


def _person(row: Row) -> list[Cell]:
    last = row.payments[-1] if row.payments else None
    return [
        row.account,
        row.person.last_name,
        row.person.first_name,
        kind_words(row.kind),
        row.number or None,
        row.issued_on,
        contract_words(row),
        row.hours,
        *(getattr(row, name) for name in _TOTALS),
        _payment_words(row, last),
        last.paid_on if last and last.state == PaymentState.PAID else None,
    ]


def _payment_words(row: Row, last: Payment | None) -> str:
    if not row.stands or row.kind == NONE:
        return ""
    return str(last.get_state_display()) if last else _("à payer")


def lines_sheet(books: Books) -> Sheet:
    rate = _("Taux, en %")
    return Sheet(
        _("Par cotisation"),
        [
            _("Code"), _("Libellé du bulletin"), _("Organisme"), _("Base"), rate,
            _("Part de la personne"), _("Part de l’hôte"),
        ],
        [
            [
                line.code,
                line.label,
                ORGANISMS[line.organism],
                line.base,
                line.rate,
                line.amount if line.side == "ee" else None,
                line.amount if line.side == "er" else None,
            ]
            for line in books.declared()
        ],
        ((rate, RATE),),
    )  # fmt: skip


def _totals_sheet(books: Books) -> Sheet:
    run = books.run
    names = _names()
    pot: list[tuple[str, Decimal]] = [
        (_("Ventes payées, hors TVA"), run.sales),
        (_("Dépenses"), -run.expenses),
        (_("Contribution de la coopérative hôte"), -run.contribution),
        (_("Cotisations des mois sans paie"), -run.idle_cost),
        (_("Réserve votée"), -run.reserve),
        (_("Pot commun"), run.envelope),
    ]
    paid: list[tuple[str, Decimal]] = [
        (_("Payé à ce jour"), books.paid),
        (_("Reste à payer sur cette paie"), books.total("to_pay") - books.paid),
    ]
    rows: list[list[Cell]] = [[*line, None, None] for line in pot]
    rows += [[names[name], books.total(name), None, None] for name in _TOTALS]
    rows += [[*line, None, None] for line in paid]
    rows += [[one.label, one.figure, one.again, _("égal")] for one in controls(books)]
    return Sheet(
        _("Totaux et contrôles"), [_("Total"), _("Montant"), _("Retrouvé"), _("Contrôle")], rows
    )
