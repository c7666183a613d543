"""*Où on en est*: what was sold, paid, spent and worked, and what the pot would be. Nobody is named.

Read by groups of rows, never row by row: four queries, whatever the number of sales and hours.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.charts import ColumnsChart, stacked_columns, trade_series
from ct_platform.kit.clock import Month
from ct_platform.kit.money import ZERO, cents, euros
from payroll.enums import PayRunState
from payroll.models import PayRun
from payroll.rules.envelope import Envelope
from payroll.rules.standing import Ledger, Week, sum_of, weeks
from payroll.selectors.in_force import settings_of_month
from payroll.selectors.pot import contribution_label, envelope_now
from projects.enums import WorkKind, WorkState
from projects.models import Expense, Project, Sale, WorkEntry
from projects.rules import monday_of, mondays_between

MOST_WEEKS = 14
# More columns than this have no room for their figures ("1 903").
MOST_COLUMNS = 8
_VERIFIED = (WorkState.CONFIRMED, WorkState.LOCKED)


@dataclass(frozen=True, slots=True)
class ProjectStanding:
    project: Project
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class KindHours:
    label: str
    verified: int
    awaiting: int


@dataclass(frozen=True, slots=True)
class PotLine:
    label: str
    amount: Decimal  # as it weighs


@dataclass(frozen=True, slots=True)
class PotToday:
    """What is paid and in no pay yet, and what would be left of it to share."""

    lines: tuple[PotLine, ...]
    amount: Decimal
    sentence: str


@dataclass(frozen=True, slots=True)
class Standing:
    cohort: Cohort
    today: dt.date
    projects: tuple[ProjectStanding, ...]
    total: Ledger
    kinds: tuple[KindHours, ...]
    weeks: tuple[Week, ...]
    chart: ColumnsChart | None
    pot: PotToday


@dataclass(slots=True)
class _Money:
    """Sums of sales or of expenses: by project, by week, and what no pay has counted."""

    by_project: dict[int, Decimal]
    unpaid: dict[int, Decimal]
    sold_by_week: dict[tuple[dt.date, int], Decimal]
    moved_by_week: dict[dt.date, Decimal]
    waiting: Decimal = ZERO


def standing_of(cohort: Cohort, today: dt.date) -> Standing:
    """Everything of the page. Four queries, and two to six for the pot."""
    projects = list(Project.objects.of_cohort(cohort.pk).order_by("name", "pk"))
    sales, expenses = _sales(cohort.pk), _expenses(cohort.pk)
    minutes, kinds, production = _hours(cohort.pk)
    rows = tuple(
        ProjectStanding(
            one,
            replace(
                minutes.get(one.pk, Ledger()),
                paid=sales.by_project.get(one.pk, ZERO),
                unpaid=sales.unpaid.get(one.pk, ZERO),
                spent=expenses.by_project.get(one.pk, ZERO),
            ),
        )
        for one in projects
    )
    # Meetings and training belong to no activity.
    outside = minutes.get(None, Ledger())
    mondays = _mondays(cohort, today)
    return Standing(
        cohort=cohort,
        today=today,
        projects=rows,
        total=sum_of([*(one.ledger for one in rows), outside]),
        kinds=kinds,
        weeks=tuple(
            weeks(
                mondays,
                sold=_summed(sales.sold_by_week),
                paid=sales.moved_by_week,
                spent=expenses.moved_by_week,
                production=production,
            )
        ),
        chart=_chart(mondays[-MOST_COLUMNS:], projects, sales.sold_by_week),
        pot=_pot(cohort, today, sales.waiting, expenses.waiting),
    )


def _mondays(cohort: Cohort, today: dt.date) -> list[dt.date]:
    last = min(today, cohort.ends_on)
    return list(mondays_between(cohort.starts_on, max(last, cohort.starts_on)))[-MOST_WEEKS:]


def _sales(cohort_id: int) -> _Money:
    """One query: a row a project and pair of days, not a row a sale."""
    found = _Money(defaultdict(lambda: ZERO), defaultdict(lambda: ZERO), defaultdict(lambda: ZERO),
                   defaultdict(lambda: ZERO))  # fmt: skip
    rows = (
        Sale.objects.of_cohort(cohort_id)
        .standing()
        .order_by()
        .values_list("project_id", "sold_on", "moved_on", "pay_run_key")
        .annotate(total=Sum("amount"))
    )
    for project_id, sold_on, moved_on, run_key, total in rows:
        amount = cents(total)  # SQLite sums floats
        found.sold_by_week[monday_of(sold_on), project_id] += amount
        if moved_on is None:
            found.unpaid[project_id] += amount
            continue
        found.by_project[project_id] += amount
        found.moved_by_week[monday_of(moved_on)] += amount
        if run_key is None:
            found.waiting += amount
    return found


def _expenses(cohort_id: int) -> _Money:
    """One query."""
    found = _Money(defaultdict(lambda: ZERO), {}, {}, defaultdict(lambda: ZERO))
    rows = (
        Expense.objects.of_cohort(cohort_id)
        .standing()
        .order_by()
        .values_list("project_id", "moved_on", "pay_run_key")
        .annotate(total=Sum("amount"))
    )
    for project_id, moved_on, run_key, total in rows:
        amount = cents(total)
        found.by_project[project_id] += amount
        found.moved_by_week[monday_of(moved_on)] += amount
        if run_key is None:
            found.waiting += amount
    return found


def _hours(
    cohort_id: int,
) -> tuple[dict[int | None, Ledger], tuple[KindHours, ...], dict[dt.date, int]]:
    """Minutes by project, by kind, and of production by week. One query."""
    projects: dict[int | None, Ledger] = {}
    kinds = {kind: [0, 0] for kind in WorkKind}
    production: dict[dt.date, int] = defaultdict(int)
    rows = (
        WorkEntry.objects.of_cohort(cohort_id)
        .standing()
        .order_by()
        .values_list("project_id", "kind", "state", "day")
        .annotate(total=Sum("minutes"))
    )
    for project_id, kind, state, day, total in rows:
        sure = state in _VERIFIED
        made = total if kind == WorkKind.PRODUCTION else 0
        mine = projects.get(project_id, Ledger())
        projects[project_id] = replace(
            mine,
            verified=mine.verified + (total if sure else 0),
            awaiting=mine.awaiting + (0 if sure else total),
            production=mine.production + made,
        )
        kinds[WorkKind(kind)][0 if sure else 1] += total
        production[monday_of(day)] += made
    told = tuple(
        KindHours(str(kind.label).capitalize(), *minutes)
        for kind, minutes in kinds.items()
        if any(minutes)
    )
    return projects, told, production


def _summed(rows: Mapping[tuple[dt.date, int], Decimal]) -> dict[dt.date, Decimal]:
    found: dict[dt.date, Decimal] = defaultdict(lambda: ZERO)
    for (monday, _project), amount in rows.items():
        found[monday] += amount
    return found


def _chart(
    mondays: list[dt.date],
    projects: Iterable[Project],
    sold: Mapping[tuple[dt.date, int], Decimal],
) -> ColumnsChart | None:
    """What was sold each week, a colour a trade. A week of credit notes has no column, and its figure."""
    trades: dict[str, list[int]] = {}
    for one in projects:
        trades.setdefault(one.trade, []).append(one.pk)
    series = [
        trade_series(
            code,
            [sum((sold.get((monday, pk), ZERO) for pk in keys), ZERO) for monday in mondays],
        )
        for code, keys in trades.items()
    ]
    series = [one for one in series if any(one.values)]
    if not series:
        return None
    return stacked_columns(
        title=_("Ventes par semaine, hors TVA"),
        heading=_("Semaine du"),
        columns=[f"{monday:%d/%m}" for monday in mondays],
        series=series,
        unit=_("en euros"),
    )


def _pot(cohort: Cohort, today: dt.date, sales: Decimal, expenses: Decimal) -> PotToday:
    """As a draft of this month would show it, opened or not. Two to six queries."""
    month = max(Month.of(today).first, Month.of(cohort.starts_on).first)
    draft: PayRun | None = (
        PayRun.objects.of_cohort(cohort.pk)
        .filter(month=month, state=PayRunState.DRAFT)
        .select_related("cohort")
        .first()
    )
    run = draft or PayRun(cohort=cohort, month=month)
    settings = settings_of_month(cohort.host_id, month)
    pot, _idle = envelope_now(run, settings, sales=sales, expenses=expenses)
    lines = [
        PotLine(_("Ventes payées, dans aucune paie"), pot.sales),
        PotLine(_("Dépenses, dans aucune paie"), _minus(pot.expenses)),
        PotLine(contribution_label(settings, pot.fee), _minus(pot.contribution)),
    ]
    if pot.idle:
        lines.append(PotLine(_("Cotisation des mois sans paie"), _minus(pot.idle)))
    if pot.reserve:
        lines.append(PotLine(_("Réserve votée"), _minus(pot.reserve)))
    return PotToday(tuple(lines), pot.amount, _pot_sentence(pot))


def _minus(amount: Decimal) -> Decimal:
    return -amount if amount else ZERO


def _pot_sentence(pot: Envelope) -> str:
    if pot.amount > 0:
        return _(
            "Si on partageait aujourd’hui, il y aurait %s à partager, avant les cotisations."
        ) % (euros(pot.amount))
    if pot.sales < 0:
        return _(
            "Les avoirs rendus aux clients dépassent ce qu’ils ont payé : il manque %s. Les "
            "prochaines ventes payées le combleront d’abord."
        ) % euros(-pot.amount)
    if not pot.sales and not pot.expenses:
        return _("Rien n’attend d’être partagé : tout ce qui est payé est déjà dans une paie.")
    return _(
        "Ce qui est payé ne couvre pas encore les dépenses et le reste : il manque %s. Il n’y a rien à "
        "partager pour l’instant."
    ) % euros(-pot.amount)
