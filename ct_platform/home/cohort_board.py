"""What the coordinator's *Tableau de bord* shows of one cohort: when, what waits, hours, sales."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from cohorts.rules import week_number
from ct_platform.home.cohort_waiting import Waiting, counts_of, what_waits
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.charts import Bar, BarsChart, bars
from ct_platform.kit.clock import Month, format_minutes, monday_of
from ct_platform.kit.money import euros
from ct_platform.kit.timeline import Milestone, Phase, Timeline, timeline
from ct_platform.kit.trades import TRADES
from decisions.models import Outcome, Poll, Proposal
from decisions.selectors import under_discussion
from payroll.models import PayRun
from projects.models import Project, Sale, WorkEntry

# Proposals on the board; the others are on the page of decisions.
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Board:
    week: int
    weeks: int
    people: int
    frise: Timeline
    waiting: list[Waiting]
    hours: BarsChart | None
    minutes_this_week: int
    sales: BarsChart | None
    sales_month: Month
    sales_total: Decimal
    polls: list[Poll]  # open, the first to end first
    proposals: list[Proposal]  # talked about before a vote, latest first
    has_projects: bool


def projects_of(cohort: Cohort) -> list[Project]:
    """The activities of a cohort, by name. One query."""
    return list(Project.objects.of_cohort(cohort.pk))


def cohort_board(cohort: Cohort, projects: list[Project], actor: Actor, today: dt.date) -> Board:
    """The whole dashboard of a cohort, in eight queries whatever its size."""
    counts = counts_of(cohort.pk, today)
    runs = list(PayRun.objects.of_cohort(cohort.pk).order_by("month"))
    polls = list(
        Poll.objects.of_cohort(cohort.pk)
        .open()
        .select_related("proposal")
        .order_by("closes_at", "pk")
    )
    monday, month = monday_of(today), Month.of(today)
    week, weeks = week_number(today, cohort.starts_on, cohort.ends_on)
    minutes = _minutes_by_trade(cohort.pk, monday)
    paid = _sales_by_trade(cohort.pk, month)
    return Board(
        week=week,
        weeks=weeks,
        people=counts.people,
        frise=_frise(cohort, projects, runs, today),
        waiting=what_waits(cohort, counts, projects, runs, today),
        hours=_hours_chart(minutes) if minutes else None,
        minutes_this_week=sum(minutes.values()),
        sales=_sales_chart(paid, month) if paid else None,
        sales_month=month,
        sales_total=sum(paid.values(), Decimal("0.00")),
        polls=polls,
        proposals=list(under_discussion(actor, cohort.pk)[:SHOWN]),
        has_projects=bool(projects),
    )


def _minutes_by_trade(cohort_id: int, monday: dt.date) -> dict[str, int]:
    rows = (
        WorkEntry.objects.of_cohort(cohort_id)
        .standing()
        .between(monday, monday + dt.timedelta(days=6))
        .values_list("project__trade")
        .annotate(total=Sum("minutes"))
        .order_by("-total")
    )
    return {trade or "": total for trade, total in rows}


def _sales_by_trade(cohort_id: int, month: Month) -> dict[str, Decimal]:
    rows = (
        Sale.objects.of_cohort(cohort_id)
        .standing()
        .filter(moved_on__gte=month.first, moved_on__lte=month.last)
        .values_list("project__trade")
        .annotate(total=Sum("amount"))
        .order_by("-total")
    )
    return dict(rows)


def _hours_chart(minutes: dict[str, int]) -> BarsChart:
    rows = [
        Bar(
            label=str(TRADES[code].label) if code else _("Réunions et formation"),
            value=Decimal(total),
            text=format_minutes(total),
            trade=code,
            fill="" if code else "#7d6f80",
        )
        for code, total in minutes.items()
    ]
    title = _("Heures notées cette semaine : %(total)s") % {
        "total": format_minutes(sum(minutes.values()))
    }
    return bars(title=title, rows=rows, label_heading=_("Métier"), value_heading=_("Heures"))


def _sales_chart(paid: dict[str, Decimal], month: Month) -> BarsChart:
    rows = [
        Bar(label=str(TRADES[code].label), value=total, text=euros(total), trade=code)
        for code, total in paid.items()
    ]
    title = _("Ventes payées en %(month)s, hors TVA") % {"month": str(month).split()[0]}
    return bars(title=title, rows=rows, label_heading=_("Métier"), value_heading=_("Montant"))


def _frise(cohort: Cohort, projects: list[Project], runs: list[PayRun], today: dt.date) -> Timeline:
    trades = tuple(dict.fromkeys(project.trade for project in projects))[:4]
    phases = [
        Phase(
            label=phase.get_kind_display(),
            starts_on=phase.starts_on,
            ends_on=phase.ends_on,
            tone=phase.kind,
            trades=trades if phase.kind == "activity" else (),
        )
        for phase in cohort.phases.all()
    ]
    marks = [
        Milestone(_("Décision %(number)s") % {"number": number}, clock.civil_day(decided))
        for number, decided in Outcome.objects.of_cohort(cohort.pk).values_list(
            "number", "decided_at"
        )
    ]
    marks += [Milestone(_("Paie"), clock.civil_day(run.issued_at)) for run in runs if run.issued_at]
    return timeline(
        title=_("Calendrier de la cohorte"),
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        today=today,
        phases=phases,
        milestones=marks,
    )
