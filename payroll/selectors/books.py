"""A run as an accountant reads it: one row a slip, whatever became of it, and the money that left.

A counter-slip is a row of opposite amounts, so that every sum over rows is what is due today.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q, Sum

from ct_platform.kit.money import ZERO, cents
from payroll.enums import EntryKind, PaymentState
from payroll.models import AccountEntry, Payment, PayRun, Payslip, Withholding
from payroll.rules.booking import UnbalancedEntry
from payroll.rules.declared import DeclaredLine, declared_lines
from payroll.selectors.book_rows import SLIP, Row, rows_of
from payroll.selectors.in_force import settings_of_month


@dataclass(frozen=True, slots=True)
class Books:
    """The rows of a run, its payments sent (paid, or paid and sent back), its host's own accounts."""

    run: PayRun
    rows: tuple[Row, ...]
    payments: tuple[Payment, ...]
    accounts: dict[str, str]

    def total(self, name: str) -> Decimal:
        found: Decimal = sum((getattr(row, name) for row in self.rows), ZERO)
        return found

    def declared(self) -> list[DeclaredLine]:
        """Contributions added up as a declaration does."""
        first = [line for row in self.rows if row.kind == SLIP for line in row.lines]
        later = [line for row in self.rows if row.kind != SLIP for line in row.lines]
        return declared_lines(first, later)

    @property
    def paid(self) -> Decimal:
        """What left and did not come back."""
        kept = (p.amount for p in self.payments if p.state == PaymentState.PAID)
        return sum(kept, ZERO)


@dataclass(frozen=True, slots=True)
class Control:
    """Two ways of reaching one figure, in euros; they are the same, or no file is made."""

    label: str
    figure: Decimal
    again: Decimal


def books_of(run: PayRun) -> Books:
    """Read an issued run whole: slips, counter-slips, lines, payments. Costs seven queries.

    Raises UnbalancedEntry when a control differs by a cent.
    """
    shares = (
        run.shares.select_related("enrolment__person")
        .prefetch_related(
            Prefetch(
                "slips",
                Payslip.objects.select_related("document", "correction")
                .defer("document__snapshot")
                .prefetch_related("lines")
                .order_by("pk"),
            ),
            Prefetch("withholdings", Withholding.objects.select_related("adjustment")),
        )
        .order_by("enrolment__person__last_name", "enrolment__person__first_name", "pk")
    )
    payments = tuple(
        Payment.objects.filter(
            order__run=run, state__in=(PaymentState.PAID, PaymentState.REJECTED)
        ).select_related("enrolment__person")
    )
    settings = settings_of_month(run.cohort.host_id, run.month)
    books = Books(
        run=run,
        rows=tuple(row for share in shares for row in rows_of(run, share, payments)),
        payments=payments,
        accounts=settings.accounts if settings else {},
    )
    for control in controls(books):
        if control.figure != control.again:
            raise UnbalancedEntry(
                f"{control.label} : {control.figure} d’un côté, {control.again} de l’autre. "
                "Aucun fichier n’a été fait. Prévenez le réseau."
            )
    return books


def controls(books: Books) -> list[Control]:
    """What ties the files of a run to the run, to its slips and to the accounts of people.

    Costs one query.
    """
    run, total = books.run, books.total
    # SQLite sums floats: back to whole cents.
    account = {
        kind: cents(amount)
        for kind, amount in AccountEntry.objects.filter(
            Q(run=run) | Q(correction__share__run=run), payment__isnull=True
        )
        .order_by()
        .values_list("kind")
        .annotate(total=Sum("amount"))
    }
    return [
        Control("Parts = pot commun", total("amount"), run.envelope),
        Control(
            "Parts et reprises = coût et restes",
            total("amount") + total("carried_in"),
            total("cost") + total("remainder"),
        ),
        Control(
            "Coût = brut et cotisations de l’hôte",
            total("cost"),
            total("gross") + total("employer_total") - total("relief"),
        ),
        Control(
            "Net payé = brut, cotisations et impôt retirés",
            total("net_paid"),
            total("gross") - total("employee_total") - total("tax"),
        ),
        Control("Coût = comptes des personnes", total("cost"), -account.get(EntryKind.COST, ZERO)),
        Control("Net = comptes des personnes", total("net_paid"), account.get(EntryKind.NET, ZERO)),
    ]
