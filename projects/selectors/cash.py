"""The counts of the cash box, and where the cash is."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet, Sum
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.components import Fact
from ct_platform.kit.money import ZERO, euros, to_cents
from projects.enums import PaymentMeans
from projects.models import (
    CashAgreement,
    CashCount,
    CashHandover,
    CashTally,
    CashTotal,
    Payment,
)
from projects.rules.cash import Counted, CountStanding, standing_of

ON_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class CountView:
    """One count, as somebody may see it: the figures of the other stay hidden until both are there."""

    count: CashCount
    standing: CountStanding
    agreement: CashAgreement | None
    totals: list[CashTotal]
    shown: list[CashTally]  # of the rounds that ended, two by two
    mine: CashTally | None  # of the round under way
    countered_by: CashCount | None

    @property
    def is_agreed(self) -> bool:
        return self.agreement is not None

    @property
    def is_split(self) -> bool:
        """Nothing sold leaves nothing to say."""
        return self.agreement is not None and (bool(self.totals) or not self.agreement.total)

    @property
    def waits_for_split(self) -> bool:
        return self.is_agreed and not self.is_split and self.countered_by is None

    @property
    def difference(self) -> Decimal | None:
        """Between the two last figures, when they differed."""
        if len(self.shown) < 2 or not self.standing.differed or self.is_agreed:
            return None
        first, second = self.shown[-2], self.shown[-1]
        return abs(first.total - second.total)


@dataclass(frozen=True, slots=True)
class CountsPage:
    views: list[CountView]
    page: Page[CashCount]


def count_rows(actor: Actor) -> QuerySet[CashCount]:
    """Counts in sight, with what a page says of them. Three queries."""
    rows: QuerySet[CashCount] = CashCount.objects.visible_to(actor)
    joined = rows.select_related(
        "project__cohort__host", "opened_by", "agreement__agreed_by", "countered_by", "counters"
    )
    tallies = Prefetch("tallies", CashTally.objects.select_related("counted_by"))
    return joined.prefetch_related(tallies, "agreement__totals")


def count_view(count: CashCount, viewer_id: int) -> CountView:
    """No query for a count of `count_rows`."""
    tallies = list(count.tallies.all())
    now = standing_of(_counted(tallies))
    agreement = getattr(count, "agreement", None)
    ended = [one for one in tallies if agreement is not None or one.round < now.round]
    mine = [one for one in tallies if one.counted_by_id == viewer_id and one.round == now.round]
    return CountView(
        count=count,
        standing=now,
        agreement=agreement,
        totals=list(agreement.totals.all()) if agreement else [],
        shown=ended,
        mine=mine[0] if mine else None,
        countered_by=getattr(count, "countered_by", None),
    )


def _counted(tallies: Iterable[CashTally]) -> Iterable[Counted]:
    for one in tallies:
        box, card, cheque = (to_cents(amount) for amount in one.figures)
        yield Counted(one.round, one.counted_by_id, (box, card, cheque))


def counts_page(actor: Actor, cohort_id: int, number: str) -> CountsPage:
    """A page of counts, the latest first. Five queries."""
    rows = count_rows(actor).filter(project__cohort_id=cohort_id)
    page = Paginator(rows, ON_A_PAGE).get_page(number)
    return CountsPage([count_view(one, actor.person_id) for one in page.object_list], page)


@dataclass(frozen=True, slots=True)
class CashBox:
    """Where the cash of a cohort is, in euros. Floats are apart: they come and go."""

    from_counts: Decimal
    from_invoices: Decimal
    handed_over: Decimal

    @property
    def left(self) -> Decimal:
        return self.from_counts + self.from_invoices - self.handed_over

    @property
    def facts(self) -> list[Fact]:
        return [
            Fact(_("Dans la caisse"), euros(self.left), _("sans les fonds de caisse")),
            Fact(_("Marchés"), euros(self.from_counts)),
            Fact(_("Factures en espèces"), euros(self.from_invoices)),
            Fact(_("Remis à l’hôte"), euros(self.handed_over)),
        ]


def cash_box(cohort_id: int) -> CashBox:
    """Three queries."""

    def total(rows: QuerySet[Any], field: str) -> Decimal:
        found: Decimal = rows.aggregate(total=Sum(field))["total"] or ZERO
        return found

    cash = Payment.objects.of_cohort(cohort_id).filter(means=PaymentMeans.CASH)
    return CashBox(
        from_counts=total(CashAgreement.objects.of_cohort(cohort_id), "cash_amount"),
        from_invoices=total(cash, "amount"),
        handed_over=total(CashHandover.objects.of_cohort(cohort_id), "amount"),
    )


def handovers_of(cohort_id: int, limit: int = 50) -> list[CashHandover]:
    """The last ones. One query."""
    rows = CashHandover.objects.of_cohort(cohort_id)
    return list(rows.select_related("recorded_by", "reversed_by", "reverses")[:limit])
