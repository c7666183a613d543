"""Hints for the DSN that the host files: nature of contracts, tax, contributions added up.

The platform declares nothing. Codes are those of the DSN technical notebook (S21.G00.40.007 nature of
the contract, S21.G00.50.007 kind of withholding rate), each to confirm in the notebook of the year;
the Urssaf's own codes (CTP) depend on the host and are left to it.
"""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.clock import Month
from ct_platform.kit.exports import Cell
from ct_platform.kit.money import ZERO
from payroll.exports.journal import kind_words
from payroll.exports.workbook import HOURS, RATE, Sheet, workbook
from payroll.rules.booking import RETIREMENT, URSSAF, LineAmount, reduction_parts
from payroll.rules.declared import ORGANISMS
from payroll.selectors.book_rows import NONE, Row, auxiliary
from payroll.selectors.books import Books

# Kind of contract → nature of the contract.
NATURES = {
    "cape": ("32", "Contrat d’appui au projet d’entreprise"),
    "cdd": ("02", "Contrat de travail à durée déterminée de droit privé"),
    "cdi": ("01", "Contrat de travail à durée indéterminée de droit privé"),
}
# Whether the tax office sent a rate for the person → kind of rate.
RATES = {
    True: ("01", "Taux transmis par la DGFiP (personnalisé)"),
    False: ("13", "Barème mensuel, métropole (taux neutre)"),
}


def dsn(books: Books) -> bytes:
    """Write the hints of an issued run (XLSX). Raises UnbalancedEntry when totals do not agree."""
    return workbook(
        title=_("Indications pour la DSN, %(month)s") % {"month": Month(books.run.month)},
        company=books.run.cohort.host.name,
        created=max(row.issued_on for row in books.rows),
        sheets=[
            _people(books),
            _contributions(books),
            _idle(books),
            _totals(books),
            _notes(),
        ],
    )


def _people(books: Books) -> Sheet:
    hours, rate = _("Heures"), _("Taux d’impôt, en %")
    return Sheet(
        _("Personnes"),
        [
            _("Compte auxiliaire"), _("Nom"), _("Prénom"), _("Pièce"), _("N° de bulletin"),
            _("Nature du contrat (code, à confirmer)"), _("Nature du contrat"),
            _("Début du contrat"), _("Fin du contrat"), hours, _("Brut"), _("Base plafonnée"),
            _("Montant net social"), _("Rémunération nette fiscale"),
            _("Type de taux (code, à confirmer)"), _("Type de taux"), rate,
            _("Prélèvement à la source"), _("Net versé, avant acomptes"),
        ],
        [_person(row) for row in books.rows if row.kind != NONE],
        ((hours, HOURS), (rate, RATE)),
    )  # fmt: skip


def _person(row: Row) -> list[Cell]:
    contract = row.contract or {}
    nature = NATURES.get(contract.get("kind", ""), ("", _("à compléter")))
    kind_of_rate = RATES[row.has_own_rate]
    return [
        row.account,
        row.person.last_name,
        row.person.first_name,
        kind_words(row.kind),
        row.number,
        nature[0],
        nature[1],
        _day(contract, "starts_on"),
        _day(contract, "ends_on"),
        row.hours,
        row.gross,
        _capped(row),
        row.net_social,
        row.net_taxable,
        kind_of_rate[0],
        kind_of_rate[1],
        row.tax_rate,
        row.tax,
        row.net_paid,
    ]


def _capped(row: Row) -> Decimal:
    """The capped base the slip used; its old-age line carries it."""
    bases = (line.base for line in row.lines if line.code == "er_old_age_capped")
    return next(bases, ZERO)


def _contributions(books: Books) -> Sheet:
    rate = _("Taux, en %")
    to_confirm = _("à confirmer")
    return Sheet(
        _("Cotisations"),
        [
            _("Organisme"), _("Famille"), _("Code Urssaf (CTP)"), _("Libellé du bulletin"),
            _("Code interne"), _("Payée par"), _("Base totale"), rate, _("Somme des bulletins"),
            _("Total déclaré"), _("Écart d’arrondi"),
        ],
        [
            [
                ORGANISMS[line.organism],
                line.family,
                to_confirm if line.organism == URSSAF else None,
                line.label,
                line.code,
                _("la personne") if line.side == "ee" else _("l’hôte"),
                line.base,
                line.rate,
                line.amount,
                line.declared,
                line.gap,
            ]
            for line in books.declared()
        ],
        ((rate, RATE),),
    )  # fmt: skip


def _idle(books: Books) -> Sheet:
    """Months without pay owe AT/MP on a flat base (décret 2008-121): declared although nobody is paid.

    Their cost was taken out of the pot; the entries leave it to the host, who books what it declares.
    """
    return Sheet(
        _("Mois sans paie"),
        [_("Compte auxiliaire"), _("Nom"), _("Mois"), _("Cotisation AT/MP forfaitaire")],
        [
            [
                auxiliary(one["person"]),
                one["name"],
                dt.date.fromisoformat(one["month"]),
                Decimal(one["amount"]),
            ]
            for one in books.run.photograph.get("idle", [])
        ],
    )


def _totals(books: Books) -> Sheet:
    """By organism, then the ways back to the totals of the run."""
    found: dict[str, list[Decimal]] = {}
    for line in books.declared():
        sums = found.setdefault(line.organism, [ZERO, ZERO])
        sums[0], sums[1] = sums[0] + line.amount, sums[1] + line.declared
    slips = sum((amount for amount, _declared in found.values()), ZERO)
    declared = sum((total for _amount, total in found.values()), ZERO)
    due = books.total("employee_total") + books.total("employer_total") - books.total("relief")
    rows: list[list[Cell]] = [
        [ORGANISMS[organism], amount, total, amount - total]
        for organism, (amount, total) in found.items()
    ]
    rows += [
        [_("Cotisations, réduction déduite"), slips, declared, slips - declared],
        [_("Les mêmes, au journal de paie"), due, None, slips - due],
        [_("Dont réduction imputée sur l’Agirc-Arrco"), _retirement_part(books), None, None],
        [_("Brut"), books.total("gross"), None, None],
        [_("Montant net social"), books.total("net_social"), None, None],
        [_("Rémunération nette fiscale"), books.total("net_taxable"), None, None],
        [_("Prélèvement à la source"), books.total("tax"), None, None],
        [_("Coût total"), books.total("cost"), None, None],
        [_("Cotisations des mois sans paie"), books.run.idle_cost, None, None],
    ]
    header = [_("Total"), _("Somme des bulletins"), _("Total déclaré"), _("Écart d’arrondi")]
    return Sheet(_("Totaux"), header, rows)


def _retirement_part(books: Books) -> Decimal:
    """Positive: what the reduction takes off what is owed to Agirc-Arrco."""
    parts = (
        reduction_parts(
            [LineAmount(line.code, line.side, line.amount) for line in row.lines],
            row.top_coefficient,
        )[RETIREMENT]
        for row in books.rows
    )
    return -sum(parts, ZERO)


def _notes() -> Sheet:
    notes = [
        _("La plateforme ne dépose rien : votre logiciel ou votre tiers déclarant établit la DSN."),
        _("Codes de nature de contrat et de type de taux : à confirmer dans le cahier technique de l’année."),
        _("Codes Urssaf (CTP) : ils dépendent de votre effectif, de votre commune et de votre statut."),
        _("Total déclaré : une base totale multipliée par un taux. Les bulletins en diffèrent de quelques centimes."),
        _("Les annulations et corrections ont des montants opposés : une régularisation les déclare une à une."),
        _("Le NIR n’est pas dans la plateforme : rapprochez les personnes par leur compte auxiliaire."),
    ]  # fmt: skip
    return Sheet(_("À lire"), [_("À savoir avant de déclarer")], [[note] for note in notes])


def _day(contract: dict[str, str], name: str) -> Cell:
    return dt.date.fromisoformat(contract[name]) if name in contract else None
