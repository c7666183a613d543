"""The files of a cohort for a period: what each is for, and how it is made.

For the coordination, which keeps the group's figures, and for the host, whose accounts they enter.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from payroll.exports.cohort.entries import selling_fec
from payroll.exports.cohort.hours import hours_between, hours_csv, hours_xlsx
from payroll.exports.cohort.invoices import invoices_zip
from payroll.exports.cohort.journal import journal_csv, journal_xlsx
from payroll.exports.cohort.vat import vat_csv, vat_xlsx
from payroll.exports.fec_file import ENCODING
from payroll.exports.workbook import XLSX
from payroll.models import Refund
from payroll.selectors.in_force import settings_of_month
from payroll.selectors.sales_journal import (
    JournalRow,
    Period,
    RunControl,
    controls_of,
    expenses_of,
    invoices_between,
    journal_of,
)
from projects.models import CashHandover, Expense, Payment, WorkEntry

CSV, TEXT, ZIP = "text/csv; charset=utf-8", f"text/plain; charset={ENCODING}", "application/zip"


class Reading:
    """One reading of a cohort's books; every file begins by checking it against the pays."""

    def __init__(self, cohort: Cohort, period: Period) -> None:
        self.cohort, self.period = cohort, period

    @cached_property
    def rows(self) -> list[JournalRow]:
        return journal_of(self.cohort)

    @cached_property
    def expenses(self) -> list[Expense]:
        return expenses_of(self.cohort)

    @cached_property
    def controls(self) -> list[RunControl]:
        """Raises UnbalancedEntry: no file is made of books that do not meet the pays."""
        return controls_of(self.cohort, self.rows, self.expenses)

    @cached_property
    def hours(self) -> list[WorkEntry]:
        return hours_between(self.cohort, self.period)


def _fec(reading: Reading) -> bytes:
    reading.controls  # noqa: B018  they meet the pays, or nothing is made
    cohort = reading.cohort
    settings = settings_of_month(cohort.host_id, reading.period.last)
    payments = Payment.objects.of_cohort(cohort.pk).select_related("invoice").order_by("pk")
    refunds = Refund.objects.of_cohort(cohort.pk).select_related("enrolment__person")
    handovers = CashHandover.objects.of_cohort(cohort.pk).select_related("reverses")
    return selling_fec(
        cohort, reading.rows, list(payments), reading.expenses, list(refunds.order_by("pk")),
        list(handovers.order_by("pk")),
        period=reading.period, accounts=settings.accounts if settings else {},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _File:
    stem: str
    suffix: str
    content_type: str
    make: Callable[[Reading], Iterable[bytes]]
    names_people: bool = False


_FILES = {
    "ventes": _File(
        "journal-des-ventes", "xlsx", XLSX,
        lambda r: [journal_xlsx(r.cohort, r.rows, r.period, r.controls)],
    ),
    "ventes-csv": _File(
        "journal-des-ventes", "csv", CSV, lambda r: [journal_csv(r.rows, r.period, r.controls)]
    ),
    "tva": _File("tva", "xlsx", XLSX, lambda r: [vat_xlsx(r.cohort, r.rows, r.expenses, r.period)]),
    "tva-csv": _File("tva", "csv", CSV, lambda r: [vat_csv(r.rows, r.expenses, r.period)]),
    "ecritures": _File("ecritures", "txt", TEXT, lambda r: [_fec(r)]),
    "heures": _File(
        "heures", "xlsx", XLSX, lambda r: [hours_xlsx(r.cohort, r.hours, r.period)], True
    ),
    "heures-csv": _File("heures", "csv", CSV, lambda r: [hours_csv(r.hours)], True),
    "factures": _File(
        "factures", "zip", ZIP,
        lambda r: invoices_zip(invoices_between(r.cohort, r.period)),
    ),
}  # fmt: skip
CODES = tuple(_FILES)


@dataclass(frozen=True, slots=True)
class Made:
    """A file ready to send. `person_ids`: whom it names, whose record keeps the download."""

    filename: str
    content_type: str
    pieces: Iterable[bytes]
    person_ids: frozenset[int]


def make(code: str, cohort: Cohort, period: Period) -> Made:
    """Make one file. Raises KeyError for another code, UnbalancedEntry when a sum does not come back."""
    file, reading = _FILES[code], Reading(cohort, period)
    name = f"{file.stem}-{slugify(cohort.name)}-{period.first}-{period.last}.{file.suffix}"
    named = reading.hours if file.names_people else ()
    people = frozenset(one.enrolment.person_id for one in named)
    return Made(name, file.content_type, file.make(reading), people)


@dataclass(frozen=True, slots=True)
class Offer:
    code: str
    icon: str
    title: str
    purpose: str


def offers() -> list[Offer]:
    """Every file, in the order they are used."""
    return [
        Offer("ventes", "vente", _("Journal des ventes, classeur"),
              _("Chaque vente, sa TVA, son paiement, la paie qui l’a comptée, et le contrôle des paies (XLSX).")),
        Offer("ventes-csv", "vente", _("Journal des ventes, CSV"),
              _("Les mêmes ventes, pour un logiciel qui importe un fichier CSV.")),
        Offer("tva", "paie", _("TVA de la période, classeur"),
              _("La TVA due par taux : biens à la livraison, services au paiement ; et celle des achats (XLSX).")),
        Offer("tva-csv", "paie", _("TVA de la période, CSV"), _("Le même résumé, en CSV.")),
        Offer("ecritures", "cagnotte", _("Écritures comptables"),
              _("Ventes, encaissements, achats, remboursements, espèces remises : les 18 colonnes du FEC, "
                "équilibrées au centime.")),
        Offer("factures", "papier", _("Factures de la période"),
              _("Chaque PDF tel qu’il a été émis, son fichier Factur-X, et leur liste (ZIP).")),
        Offer("heures", "horloge", _("Heures, classeur"),
              _("Chaque heure notée, avec le nom des personnes. Le téléchargement est noté dans leur dossier (XLSX).")),
        Offer("heures-csv", "horloge", _("Heures, CSV"), _("Les mêmes heures, en CSV.")),
    ]  # fmt: skip
