"""A host's statements, their credits, and the invoices each may pay."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.keys import keys_of
from ct_platform.kit.money import ZERO, from_cents, to_cents
from projects.banking import Doubt, read_statement
from projects.enums import StatementState
from projects.models import BankLine, BankMatch, BankStatement, Invoice
from projects.rules.matching import Credit, OpenInvoice, Why, proposals
from projects.selectors.payments import owed_to_host

ON_A_PAGE = 25
_WHY = {
    Why.NUMBER: _("le numéro est dans le libellé"),
    Why.AMOUNT: _("le montant est exact"),
    Why.NAME: _("le nom du client ressemble"),
    Why.SEVERAL: _("un virement pour plusieurs factures"),
    Why.PART: _("une partie du reste"),
    Why.MORE: _("plus que le reste : la suite attendra"),
}


@dataclass(frozen=True, slots=True)
class Share:
    """What of a credit pays one invoice, in euros, VAT included."""

    invoice: Invoice
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ProposedMatch:
    shares: list[Share]
    why: tuple[Why, ...]
    score: int

    @property
    def total(self) -> Decimal:
        return sum((one.amount for one in self.shares), ZERO)

    @property
    def is_sure(self) -> bool:
        return self.score >= 80

    @property
    def said(self) -> str:
        """Why it is proposed, in words."""
        return ", ".join(str(_WHY[one]) for one in self.why)

    @property
    def key(self) -> str:
        """What a form sends: "12:4000,15:100", invoices and cents as they were shown."""
        return ",".join(f"{one.invoice.pk}:{to_cents(one.amount)}" for one in self.shares)


@dataclass(slots=True)
class LineView:
    line: BankLine
    matches: list[BankMatch]
    undone: list[BankMatch]
    proposed: list[ProposedMatch] = field(default_factory=list)

    @property
    def left(self) -> Decimal:
        matched = sum((one.payment.amount for one in self.matches), ZERO)
        return (self.line.amount or ZERO) - matched

    @property
    def is_for_nobody(self) -> bool:
        return not (self.line.twin_id or self.matches or self.undone or self.proposed)


@dataclass(frozen=True, slots=True)
class StatementPage:
    statement: BankStatement
    lines: list[LineView]
    page: Page[BankLine]
    waiting: int
    matched: int
    forgotten: int
    without: list[int]  # of this page: nothing matched, nothing proposed
    repeated: list[int]  # of this page: another statement may have brought them

    @property
    def without_count(self) -> int:
        return len(self.without)

    @property
    def repeated_count(self) -> int:
        return len(self.repeated)


def statements_of(actor: Actor) -> QuerySet[BankStatement]:
    """Not given up; with how many lines wait. One query a page."""
    ever = BankMatch.objects.filter(line=OuterRef("pk"), payment__reversed_by__isnull=True)
    waiting = BankLine.objects.kept().exclude(Exists(ever)).values("pk")
    rows: QuerySet[BankStatement] = BankStatement.objects.visible_to(actor)
    return (
        rows.exclude(state=StatementState.DROPPED)
        .select_related("imported_by")
        .annotate(waiting=Count("lines", filter=Q(lines__in=waiting)))
    )


def statement_page(statement: BankStatement, number: str) -> StatementPage:
    """A page of its credits, what waits first, each with its proposals. Six queries."""
    standing = BankMatch.objects.standing().filter(line=OuterRef("pk"))
    rows = (
        BankLine.objects.filter(statement=statement)
        .kept()
        .annotate(is_matched=Exists(standing))
        .select_related("twin__statement")
        .order_by("is_matched", "-day", "-pk")
        .prefetch_related("matches__payment__invoice__customer", "matches__payment__reversed_by")
    )
    page = Paginator(rows, ON_A_PAGE).get_page(number)
    views = [_view(line) for line in page.object_list]
    _propose(views, statement.host_id)
    counts = BankLine.objects.filter(statement=statement).aggregate(
        forgotten=Count("pk", filter=Q(forgotten_at__isnull=False)),
        matched=Count("pk", filter=Q(pk__in=_matched(statement))),
        all=Count("pk"),
    )
    return StatementPage(
        statement=statement,
        lines=views,
        page=page,
        waiting=counts["all"] - counts["matched"] - counts["forgotten"],
        matched=counts["matched"],
        forgotten=counts["forgotten"],
        without=[one.line.pk for one in views if one.is_for_nobody],
        repeated=[one.line.pk for one in views if one.line.twin_id],
    )


def _matched(statement: BankStatement) -> QuerySet[Any]:
    rows = BankMatch.objects.standing().filter(line__statement=statement)
    return rows.values("line_id")


def _view(line: BankLine) -> LineView:
    standing: list[BankMatch] = []
    undone: list[BankMatch] = []
    for one in line.matches.all():
        (undone if hasattr(one.payment, "reversed_by") else standing).append(one)
    return LineView(line, standing, undone)


def _propose(views: Iterable[LineView], host_id: int) -> None:
    """For the lines that still hold money. Two queries for all of them."""
    waiting = [one for one in views if one.left > 0 and not one.line.twin_id]
    if not waiting:
        return
    owed = owed_to_host(host_id)
    known, open_ones = {row.pk: row for row in owed}, _open(owed)
    for view in waiting:
        taken = {one.payment.invoice_id for one in view.matches}
        among = [one for one in open_ones if one.key not in taken]
        credit = Credit(view.line.words, to_cents(view.left))
        view.proposed = [
            ProposedMatch(
                [Share(known[key], from_cents(cents)) for key, cents in one.parts],
                one.why,
                one.score,
            )
            for one in proposals(credit, among)
        ]


def _open(owed: Sequence[Any]) -> list[OpenInvoice]:
    return [
        OpenInvoice(
            key=row.pk,
            number=row.number,
            customer_key=row.customer_id,
            customer=row.customer.name,
            left=to_cents(row.left),
            due_on=row.due_on or dt.date.max,
        )
        for row in owed
    ]


def line_view(line: BankLine) -> LineView:
    """One credit with its matches and proposals. Four queries."""
    row: BankLine = BankLine.objects.prefetch_related(
        "matches__payment__invoice__customer", "matches__payment__reversed_by"
    ).get(pk=line.pk)
    view = _view(row)
    _propose([view], row.host_id)
    return view


def doubt_of(statement: BankStatement) -> Doubt | None:
    """What is in doubt in a draft; None once it is imported. No query."""
    if statement.state != StatementState.DRAFT:
        return None
    read = read_statement(statement.content.encode("latin-1"))
    return read if isinstance(read, Doubt) else None


def forgettable(statement: BankStatement, keys: Sequence[str]) -> list[int]:
    """The keys of its lines among what a form sent. One query."""
    rows = BankLine.objects.filter(statement=statement, pk__in=keys_of(keys))
    return list(rows.values_list("pk", flat=True))


def shares_of(host_id: int, parts: Sequence[tuple[int, Decimal]]) -> list[Share] | None:
    """The invoices of this host that a form named; None when one of them is not. One query."""
    rows = Invoice.objects.issued().filter(host_id=host_id, pk__in=[key for key, _ in parts])
    known = {one.pk: one for one in rows}
    if any(key not in known for key, _ in parts):
        return None
    return [Share(known[key], amount) for key, amount in parts]
