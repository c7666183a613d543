"""What the coordinator's *Tableau de bord* shows of one cohort: when, what waits, hours, sales."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.enums import CohortState, EnrolmentState, ImportState
from cohorts.models import Cohort, Enrolment, EnrolmentImport
from cohorts.rules import week_number
from ct_platform.kit.charts import Bar, BarsChart, bars
from ct_platform.kit.clock import Month, format_minutes, monday_of
from ct_platform.kit.money import euros
from ct_platform.kit.timeline import Milestone, Phase, Timeline, timeline
from ct_platform.kit.trades import TRADES
from decisions.enums import PollState
from decisions.models import Outcome, Poll
from payroll.enums import PayRunState
from payroll.models import PayRun
from projects.models import Project, Sale, WeekDeclaration, WorkEntry
from testimonials.enums import TestimonialState
from testimonials.models import Testimonial


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of "Ce qui vous attend"."""

    icon: str
    title: str
    text: str
    url: str
    tone: str = "warn"
    state: str = ""
    state_icon: str = "horloge"


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
    polls: list[Poll]
    has_projects: bool


def cohort_board(cohort: Cohort, today: dt.date) -> Board:
    """The whole dashboard of a cohort, in twelve queries whatever its size."""
    projects = list(Project.objects.of_cohort(cohort.pk))
    people = Enrolment.objects.of_cohort(cohort.pk).active().count()
    polls = list(
        Poll.objects.of_cohort(cohort.pk).filter(state=PollState.OPEN).select_related("proposal")
    )
    monday, month = monday_of(today), Month.of(today)
    week, weeks = week_number(today, cohort.starts_on, cohort.ends_on)
    minutes = _minutes_by_trade(cohort.pk, monday)
    paid = _sales_by_trade(cohort.pk, month)
    return Board(
        week=week,
        weeks=weeks,
        people=people,
        frise=_frise(cohort, projects, today),
        waiting=_waiting(cohort, people, polls, projects, today),
        hours=_hours_chart(minutes) if minutes else None,
        minutes_this_week=sum(minutes.values()),
        sales=_sales_chart(paid, month) if paid else None,
        sales_month=month,
        sales_total=sum(paid.values(), Decimal("0.00")),
        polls=polls,
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
    return bars(title=title, rows=rows, value_heading=_("Heures"))


def _sales_chart(paid: dict[str, Decimal], month: Month) -> BarsChart:
    rows = [
        Bar(label=str(TRADES[code].label), value=total, text=euros(total), trade=code)
        for code, total in paid.items()
    ]
    title = _("Ventes payées en %(month)s, hors TVA") % {"month": str(month).split()[0]}
    return bars(title=title, rows=rows, value_heading=_("Montant"))


def _frise(cohort: Cohort, projects: list[Project], today: dt.date) -> Timeline:
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
        Milestone(_("Décision %(number)s") % {"number": number}, decided.date())
        for number, decided in Outcome.objects.of_cohort(cohort.pk).values_list(
            "number", "decided_at"
        )
    ]
    marks += [
        Milestone(_("Paie"), issued.date())
        for issued in PayRun.objects.of_cohort(cohort.pk)
        .filter(issued_at__isnull=False)
        .values_list("issued_at", flat=True)
    ]
    return timeline(
        title=_("Calendrier de la cohorte"),
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        today=today,
        phases=phases,
        milestones=marks,
    )


def _waiting(
    cohort: Cohort, people: int, polls: list[Poll], projects: list[Project], today: dt.date
) -> list[Waiting]:
    """What the coordinator should do next, most pressing first."""

    def at(name: str, **more: Any) -> str:
        return reverse(name, kwargs={"cohort_id": cohort.pk, **more})

    found: list[Waiting] = []
    draft = EnrolmentImport.objects.of_cohort(cohort.pk).filter(state=ImportState.DRAFT).first()
    if draft is not None:
        found.append(
            Waiting("groupe", _("Un import attend votre accord"), draft.filename,
                    at("cohorts:import_preview", import_id=draft.pk), state=_("À confirmer"))
        )  # fmt: skip
    if people == 0:
        found.append(
            Waiting("groupe", _("La cohorte n’a encore personne"),
                    _("Importez la liste des coopérants, ou ajoutez-les un par un."),
                    at("cohorts:people"), state=_("Pour commencer"))
        )  # fmt: skip
    if not projects:
        found.append(
            Waiting("vente", _("Aucune activité"), _("Ajoutez le jardin, la cuisine, l’étal…"),
                    at("projects:activities"), state=_("Pour commencer"))
        )  # fmt: skip
    found += _hours_waiting(cohort, people, today, at("projects:cohort_hours"))
    found += _pay_waiting(cohort, today, at)
    words = (
        Testimonial.objects.of_cohort(cohort.pk).filter(state=TestimonialState.SUBMITTED).count()
    )
    if words:
        title = ngettext("%(n)s témoignage à relire", "%(n)s témoignages à relire", words) % {
            "n": words
        }
        found.append(
            Waiting("bulle", title, _("Avant de paraître sur le site public."),
                    at("testimonials:of_cohort"), tone="wait", state=_("Sans urgence"))
        )  # fmt: skip
    return found


def _hours_waiting(cohort: Cohort, people: int, today: dt.date, url: str) -> list[Waiting]:
    found = []
    unconfirmed = (
        WorkEntry.objects.of_cohort(cohort.pk)
        .awaiting()
        .filter(day__lte=today)
        .aggregate(minutes=Sum("minutes", default=0), persons=Count("enrolment", distinct=True))
    )
    if unconfirmed["minutes"]:
        title = _("%(hours)s à confirmer") % {"hours": format_minutes(unconfirmed["minutes"])}
        text = ngettext(
            "%(n)s personne concernée", "%(n)s personnes concernées", unconfirmed["persons"]
        )
        found.append(
            Waiting(
                "horloge",
                title,
                text % {"n": unconfirmed["persons"]},
                url,
                state=_("Avant la paie"),
            )
        )
    last_week = monday_of(today) - dt.timedelta(days=7)
    if people and cohort.state == CohortState.RUNNING and last_week >= monday_of(cohort.starts_on):
        declared = (
            WeekDeclaration.objects.of_cohort(cohort.pk)
            .filter(monday=last_week, enrolment__state=EnrolmentState.ACTIVE)
            .count()
        )
        if missing := people - declared:
            title = ngettext(
                "%(n)s semaine pas encore complète", "%(n)s semaines pas encore complètes", missing
            )
            found.append(
                Waiting("groupe", title % {"n": missing}, _("La semaine dernière : zéro ou oublié ?"),
                        url, state=_("Cette semaine"))
            )  # fmt: skip
    return found


def _pay_waiting(cohort: Cohort, today: dt.date, at: Any) -> list[Waiting]:
    sentences = {
        PayRunState.DRAFT: (
            _("Paie de %(month)s : à préparer"),
            _("Photographier les heures et les ventes"),
        ),
        PayRunState.FROZEN: (
            _("Paie de %(month)s : à calculer"),
            _("Les heures sont photographiées"),
        ),
        PayRunState.COMPUTED: (_("Paie de %(month)s : à relire"), _("Les parts sont calculées")),
        PayRunState.APPROVED: (
            _("Paie de %(month)s : à émettre"),
            _("La coopérative hôte a donné son accord"),
        ),
    }
    found = []
    for run in PayRun.objects.of_cohort(cohort.pk).filter(
        ~Q(state__in=[PayRunState.ISSUED, PayRunState.REVIEWED])
    ):
        title, text = sentences[run.state]
        found.append(
            Waiting("paie", title % {"month": Month(run.month)}, text, at("payroll:run", run_id=run.pk),
                    state=_("En cours"))
        )  # fmt: skip
    return found
