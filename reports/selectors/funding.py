"""Lines of funding as pages read them: what was asked, decided, paid, and what is to hand over."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet, Sum

from cohorts.models import Cohort, Organisation
from ct_platform.kit.actor import Actor
from ct_platform.kit.money import ZERO, cents
from reports.enums.funding import WON, FundingAim, FundingState, ReceiptKind
from reports.models import FundingDue, FundingLine, FundingReceipt, FundingShare, Operation
from reports.rules.funding import kept_until, left_to_share

LINES_ON_A_PAGE = 25
DUES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Told:
    """One line, what it received, and the cohorts it pays for."""

    line: FundingLine
    received: Decimal
    shares: Sequence[FundingShare]

    @property
    def left(self) -> Decimal:
        """Still to come; nothing before a yes."""
        return (self.line.granted_amount or ZERO) - self.received

    @property
    def percent(self) -> int:
        """Of what was granted, rounded down: never whole before it is."""
        granted = self.line.granted_amount
        return int(100 * self.received // granted) if granted else 0

    @property
    def left_to_share(self) -> Decimal:
        return left_to_share(self.line.amount, [one.amount for one in self.shares])

    @property
    def whom(self) -> str:
        """The operation, the cohorts or the territory, in words."""
        line = self.line
        if line.aim == FundingAim.OPERATION and line.operation is not None:
            return f"{line.operation.number}, {line.operation.name}"
        if line.aim == FundingAim.COHORTS:
            return ", ".join(one.cohort.name for one in self.shares)
        return str(line.territory.name)


@dataclass(frozen=True, slots=True)
class Due:
    due: FundingDue
    today: dt.date

    @property
    def is_late(self) -> bool:
        return self.due.is_expected and self.due.due_on < self.today

    @property
    def days(self) -> int:
        return (self.due.due_on - self.today).days


@dataclass(frozen=True, slots=True)
class Totals:
    asked: Decimal
    granted: Decimal
    received: Decimal


@dataclass(frozen=True, slots=True)
class FundingPage:
    page: Page[Told]
    totals: Totals
    dues: list[Due]
    operations: list[Operation]
    unnamed: list[tuple[str, str, int]]  # (number, host, host key) said by cohorts, without facts


def funding_page(actor: Actor, number: str | None, today: dt.date) -> FundingPage:
    """The lines this seat sees, latest first, with what they make together. Eight queries."""
    rows = FundingLine.objects.visible_to(actor)
    joined = rows.select_related("organisation", "territory", "operation")
    found: Page[Any] = Paginator(joined, LINES_ON_A_PAGE).get_page(number)
    lines = list(found.object_list)
    found.object_list = told(lines)
    dues = FundingDue.objects.visible_to(actor).expected().select_related("line__organisation")
    operations = list(Operation.objects.visible_to(actor).select_related("host"))
    return FundingPage(
        page=found,
        totals=_totals(rows),
        dues=[Due(one, today) for one in dues[:DUES_SHOWN]],
        operations=operations,
        unnamed=_unnamed(actor, operations) if actor.is_coordinator else [],
    )


def told(lines: Sequence[FundingLine]) -> list[Told]:
    """Two queries."""
    keys = [one.pk for one in lines]
    received = dict(
        FundingReceipt.objects.filter(line__in=keys)
        .order_by()
        .values_list("line_id")
        .annotate(total=Sum("amount"))
    )
    shares: dict[int, list[FundingShare]] = {}
    for share in FundingShare.objects.filter(line__in=keys).select_related("cohort"):
        shares.setdefault(share.line_id, []).append(share)
    # SQLite sums floats: back to whole cents.
    return [
        Told(one, cents(Decimal(received.get(one.pk, ZERO))), shares.get(one.pk, []))
        for one in lines
    ]


def _totals(rows: QuerySet[Any]) -> Totals:
    """What was asked stands for requests still open; refused and dropped ones count nowhere."""
    asked = rows.filter(state=FundingState.ASKED).aggregate(total=Sum("asked_amount"))["total"]
    granted = rows.filter(state__in=WON).aggregate(total=Sum("granted_amount"))["total"]
    paid = FundingReceipt.objects.filter(line__in=rows.values("pk"))
    received = paid.aggregate(total=Sum("amount"))["total"]
    return Totals(*(cents(Decimal(one or ZERO)) for one in (asked, granted, received)))


def _unnamed(actor: Actor, operations: Sequence[Operation]) -> list[tuple[str, str, int]]:
    named = {(one.host_id, one.number) for one in operations}
    said = Cohort.objects.visible_to(actor).exclude(operation="").order_by("operation", "host_id")
    rows = said.values_list("operation", "host__name", "host_id").distinct()
    return [one for one in rows if (one[2], one[0]) not in named]


@dataclass(frozen=True, slots=True)
class LinePage:
    told: Told
    receipts: list[FundingReceipt]
    dues: list[Due]
    without_emblem: list[Cohort]  # paid with money of the Union, and whose papers do not say so

    @property
    def line(self) -> FundingLine:
        return self.told.line

    @property
    def standing(self) -> list[FundingReceipt]:
        """Payments that no counter-entry cancelled."""
        gone = {one.reverses_id for one in self.receipts if one.reverses_id}
        return [
            one for one in self.receipts if one.kind != ReceiptKind.COUNTER and one.pk not in gone
        ]

    @property
    def kept_until(self) -> dt.date | None:
        paid = [one.received_on for one in self.standing]
        return kept_until(paid, self.line.keep_years)

    @property
    def expects(self) -> bool:
        return any(one.due.is_expected for one in self.dues)


def line_page(line: FundingLine, today: dt.date) -> LinePage:
    """One line whole. Four queries."""
    found = told([line])[0]
    return LinePage(
        told=found,
        receipts=list(line.receipts.select_related("reverses")),
        dues=[Due(one, today) for one in line.dues.all()],
        without_emblem=[
            one.cohort for one in found.shares if line.is_eu and not one.cohort.eu_funded
        ],
    )


def funds_anything(actor: Actor) -> bool:
    """Whether this seat reads any line. One query."""
    return bool(FundingLine.objects.visible_to(actor).exists())


def possible_funders() -> list[tuple[int, str]]:
    """Whoever may pay: every organisation. One query."""
    return list(Organisation.objects.order_by("name").values_list("pk", "name"))


def possible_hosts() -> list[tuple[int, str]]:
    return list(Organisation.objects.hosts().order_by("name").values_list("pk", "name"))


def lines_of_operation(actor: Actor, operation: Operation) -> list[Told]:
    """The lines of an operation this seat sees. Three queries."""
    rows = FundingLine.objects.visible_to(actor).filter(operation=operation)
    return told(list(rows.select_related("organisation", "territory", "operation")))


def cohorts_to_fund(actor: Actor) -> list[Cohort]:
    """One query."""
    return list(Cohort.objects.visible_to(actor).order_by("-starts_on", "name"))


def operations_of(actor: Actor) -> list[Operation]:
    return list(Operation.objects.visible_to(actor))


def cohorts_of_operation(operation: Operation) -> list[Cohort]:
    """The cohorts that say its number, in the order of time. One query."""
    rows = Cohort.objects.filter(
        operation=operation.number,
        territory_id=operation.territory_id,
        host_id=operation.host_id,
    )
    return list(rows.select_related("territory", "host").order_by("starts_on", "pk"))


def funded_cohorts(actor: Actor) -> QuerySet[Any]:
    """Cohorts a partner pays for, whether or not it follows them. Not yet asked."""
    mine = FundingShare.objects.filter(
        cohort=OuterRef("pk"), line__organisation_id=actor.organisation_id or 0, line__state__in=WON
    )
    return Cohort.objects.filter(Exists(mine))
