"""What the coordinator's *Tableau de bord* shows of one cohort: when, what waits, who is silent, money."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from cohorts.enums import PhaseKind
from cohorts.models import Cohort, Enrolment
from cohorts.rules import week_number
from cohorts.waiting import waiting_of
from ct_platform.home.board_dates import Coming, Dated, coming_dates, dated, milestones
from ct_platform.home.board_money import Purse, purse_of, weeks_chart, weeks_of
from ct_platform.home.silence import Quiet, quiet_among, with_last_signs
from ct_platform.home.what_waits import Waiting, shown
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.charts import Bar, BarsChart, ColumnsChart, bars
from ct_platform.kit.clock import Month, format_minutes
from ct_platform.kit.money import euros
from ct_platform.kit.timeline import Milestone, Phase, Timeline, timeline
from ct_platform.kit.trades import TRADES
from decisions.models import Poll, Proposal
from decisions.selectors import under_discussion
from payroll.models import PayRun
from projects.models import Project

# Proposals on the board; the others are on the page of decisions.
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Board:
    week: int
    weeks: int
    people: int
    frise: Timeline
    waiting: list[Waiting]
    quiet: list[Quiet]
    coming: list[Coming]
    purse: Purse
    by_week: ColumnsChart | None
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
    active = list(with_last_signs(Enrolment.objects.of_cohort(cohort.pk).active()))
    runs = list(PayRun.objects.of_cohort(cohort.pk).order_by("month"))
    polls = list(
        Poll.objects.of_cohort(cohort.pk)
        .open()
        .select_related("proposal")
        .order_by("closes_at", "pk")
    )
    days, weeks_done, month = dated(cohort, today), weeks_of(cohort, today), Month.of(today)
    purse = purse_of(cohort, runs, month)
    week, weeks = week_number(today, cohort.starts_on, cohort.ends_on)
    return Board(
        week=week,
        weeks=weeks,
        people=len(active),
        frise=_frise(cohort, days, projects, runs, today),
        waiting=[shown(line, today) for line in waiting_of([cohort], today)[cohort.pk]],
        quiet=quiet_among(cohort, active, today),
        coming=coming_dates(cohort, days, polls, today),
        purse=purse,
        by_week=weeks_chart(cohort, weeks_done),
        hours=_hours_chart(weeks_done.trades) if weeks_done.trades else None,
        minutes_this_week=sum(weeks_done.trades.values()),
        sales=_sales_chart(purse.month, month) if purse.month else None,
        sales_month=month,
        sales_total=sum(purse.month.values(), Decimal("0.00")),
        polls=polls,
        proposals=list(under_discussion(actor, cohort.pk)[:SHOWN]),
        has_projects=bool(projects),
    )


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
    title = _("Heures notées cette semaine : %(total)s") % {
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


def _frise(
    cohort: Cohort,
    days: list[Dated],
    projects: list[Project],
    runs: list[PayRun],
    today: dt.date,
) -> Timeline:
    trades = tuple(dict.fromkeys(project.trade for project in projects))[:4]
    phases = [
        Phase(
            label=str(PhaseKind(one.title).label),
            starts_on=one.on,
            ends_on=one.until,
            tone=one.title,
            trades=trades if one.title == PhaseKind.ACTIVITY else (),
        )
        for one in days
        if one.code == "phase" and one.until is not None
    ]
    marks = milestones(days)
    marks += [Milestone(_("Paie"), clock.civil_day(run.issued_at)) for run in runs if run.issued_at]
    return timeline(
        title=_("Calendrier de la cohorte"),
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        today=today,
        phases=phases,
        milestones=marks,
    )
