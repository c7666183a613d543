"""Money and hours at a glance on the board: sold, paid, spent, what is left to share; hours by week."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import CharField, F, Q, Sum, Value
from django.db.models.functions import TruncWeek
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.charts import GRADES, PLUM, ColumnsChart, Series, stacked_columns
from ct_platform.kit.clock import Month, monday_of
from ct_platform.kit.components import Fact
from ct_platform.kit.fields import AmountField
from ct_platform.kit.money import ZERO, euros
from payroll.models import PayRun
from projects.enums import WorkState
from projects.models import Expense, Sale, WorkEntry

# More columns than this have no room for their figures.
WEEKS = 14
WEEK = dt.timedelta(days=7)
_HOUR = Decimal(60)
ORANGE = GRADES[0][0]
_VERIFIED = (WorkState.CONFIRMED, WorkState.LOCKED)


@dataclass(frozen=True, slots=True)
class Purse:
    """Excl. VAT, since the first day. `left`: paid less spent, in no pay run yet, before the host's
    contribution and any reserve. `month`: paid this month, by trade, the greatest first."""

    sold: Decimal
    paid: Decimal
    spent: Decimal
    shared: Decimal
    left: Decimal
    month: dict[str, Decimal]

    @property
    def facts(self) -> list[Fact]:
        return [
            Fact(_("Vendu"), euros(self.sold), _("hors TVA, payé ou non")),
            Fact(_("Payé"), euros(self.paid), _("par les clients")),
            Fact(_("Dépensé"), euros(self.spent), _("achats du groupe")),
            Fact(_("Déjà partagé"), euros(self.shared), _("pots des paies émises")),
            Fact(_("Pas encore partagé"), euros(self.left), _("avant la part de l’hôte")),
        ]


def purse_of(cohort: Cohort, runs: list[PayRun], month: Month) -> Purse:
    """One query."""

    def summed(rows: Any, **filters: Q) -> Any:
        return rows.order_by().values(**{"m_trade": F("project__trade"), "m_code": rows_code(rows)}).annotate(
            **{name: Sum("amount", filter=q, default=ZERO, output_field=AmountField()) for name, q in filters.items()}
        ).values_list("m_code", "m_trade", *filters)  # fmt: skip

    def rows_code(rows: Any) -> Value:
        return Value(rows.model.__name__, CharField())

    free = Q(pay_run_key__isnull=True)
    paid = Q(moved_on__isnull=False)
    in_month = Q(moved_on__gte=month.first, moved_on__lte=month.last)
    filters = {"m_all": Q(pk__gt=0), "m_paid": paid, "m_free": paid & free, "m_month": in_month}
    sales = summed(Sale.objects.of_cohort(cohort.pk).standing(), **filters)
    expenses = summed(Expense.objects.of_cohort(cohort.pk).standing(), **filters)
    sold, spent = [], []
    for code, trade, *amounts in sales.union(expenses, all=True):
        (sold if code == Sale.__name__ else spent).append((trade, *amounts))
    by_trade = sorted(
        ((row[0], row[4]) for row in sold if row[4]), key=lambda one: (-one[1], one[0])
    )
    return Purse(
        sold=sum((row[1] for row in sold), ZERO),
        paid=sum((row[2] for row in sold), ZERO),
        spent=sum((row[1] for row in spent), ZERO),
        shared=sum((run.envelope for run in runs if run.is_issued), ZERO),
        left=sum((row[3] for row in sold), ZERO) - sum((row[3] for row in spent), ZERO),
        month=dict(by_trade),
    )


@dataclass(slots=True)
class Weeks:
    """Minutes by week, confirmed and not yet; and this week's by trade ("" outside any)."""

    first: dt.date
    last: dt.date
    sure: dict[dt.date, int] = field(default_factory=dict)
    still: dict[dt.date, int] = field(default_factory=dict)
    trades: dict[str, int] = field(default_factory=dict)


def weeks_of(cohort: Cohort, today: dt.date) -> Weeks:
    """One query."""
    monday = monday_of(today)
    last = max(monday_of(min(today, cohort.ends_on)), monday_of(cohort.starts_on))
    first = max(monday_of(cohort.starts_on), last - WEEK * (WEEKS - 1))
    weeks = Weeks(first, last)
    rows = (
        WorkEntry.objects.of_cohort(cohort.pk)
        .standing()
        .between(first, max(last, monday) + WEEK - dt.timedelta(days=1))
        .order_by()
        .annotate(week=TruncWeek("day"))
        .values_list("week", "project__trade")
        .annotate(
            sure=Sum("minutes", filter=Q(state__in=_VERIFIED), default=0),
            all=Sum("minutes"),
        )
    )
    for week, trade, sure, every in rows:
        weeks.sure[week] = weeks.sure.get(week, 0) + sure
        weeks.still[week] = weeks.still.get(week, 0) + every - sure
        if week == monday:
            weeks.trades[trade or ""] = weeks.trades.get(trade or "", 0) + every
    weeks.trades = dict(sorted(weeks.trades.items(), key=lambda one: -one[1]))
    return weeks


def weeks_chart(cohort: Cohort, weeks: Weeks) -> ColumnsChart | None:
    """Hours of each week; None before the first hour. No query."""
    if not weeks.sure:
        return None
    mondays = [weeks.first + WEEK * n for n in range((weeks.last - weeks.first).days // 7 + 1)]
    offset = (weeks.first - monday_of(cohort.starts_on)).days // 7

    def hours(minutes: dict[dt.date, int]) -> tuple[Decimal, ...]:
        return tuple(minutes.get(monday, 0) / _HOUR for monday in mondays)

    return stacked_columns(
        title=_("Heures par semaine"),
        heading=_("Semaine"),
        unit=_("en heures"),
        columns=[str(offset + n + 1) for n in range(len(mondays))],
        series=[
            Series(_("confirmées"), "C", PLUM, hours(weeks.sure)),
            Series(_("à confirmer"), "A", ORANGE, hours(weeks.still)),
        ],
    )
