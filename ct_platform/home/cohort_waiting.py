"""What waits for the coordinator of a cohort: a line each, most pressing first."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.enums import CohortState, EnrolmentState, ImportState
from cohorts.models import Application, Cohort, Enrolment, EnrolmentImport
from cohorts.rules.contract_terms import ALERT_DAYS
from cohorts.selectors.contacts import proposed_of
from cohorts.selectors.contracts import ending_soon, unsigned_of
from cohorts.selectors.follow_ups import overdue_of
from ct_platform.kit.clock import Month, format_day, format_minutes, monday_of
from decisions.models import Outcome
from payroll.enums import PayRunState
from payroll.models import PayRun
from projects.models import Project, WeekDeclaration, WorkEntry
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
class Counts:
    people: int
    declared: int  # who said their last week is complete
    words: int
    draft_import: int | None
    draft_name: str
    blocked: int  # decisions adopted that could not be applied
    reviews: int  # decisions to look at again
    minutes: int  # noted, not confirmed yet
    workers: int  # whose hours those are
    applications: int  # nobody decided yet
    unanswered: int  # decided, and not told
    unsigned: int  # in the cooperative without a signed contract
    proposed: int  # contacts the group proposes
    to_call: int  # agreed to give news, and did not answer


HOW_MANY = Count("pk")


def counts_of(cohort_id: int, today: dt.date) -> Counts:
    """What is counted on the board, as subqueries of one query."""

    def number(rows: Any, counted: Any = HOW_MANY) -> Subquery:
        total = rows.order_by().values("cohort_path").annotate(n=counted).values("n")
        return Subquery(total, output_field=IntegerField())

    last_week = monday_of(today) - dt.timedelta(days=7)
    of = {"cohort_path": F("enrolment__cohort_id")}
    drafts = EnrolmentImport.objects.of_cohort(cohort_id).filter(state=ImportState.DRAFT)
    noted = WorkEntry.objects.of_cohort(cohort_id).awaiting().filter(day__lte=today).annotate(**of)
    decided = Outcome.objects.of_cohort(cohort_id).annotate(cohort_path=F("cohort_id"))
    row = (
        Cohort.objects.filter(pk=cohort_id)
        .annotate(
            people=number(
                Enrolment.objects.of_cohort(cohort_id).active().annotate(cohort_path=F("cohort_id"))
            ),
            declared=number(
                WeekDeclaration.objects.of_cohort(cohort_id)
                .filter(monday=last_week, enrolment__state=EnrolmentState.ACTIVE)
                .annotate(**of)
            ),
            words=number(
                Testimonial.objects.of_cohort(cohort_id)
                .filter(state=TestimonialState.SUBMITTED)
                .annotate(**of)
            ),
            blocked=number(decided.blocked()),
            reviews=number(decided.to_look_at(today)),
            minutes=number(noted, Sum("minutes")),
            workers=number(noted, Count("enrolment", distinct=True)),
            to_call=number(overdue_of(cohort_id, today).annotate(**of)),
            unsigned=number(unsigned_of(cohort_id).annotate(cohort_path=F("cohort_id"))),
            undecided=number(
                Application.objects.of_cohort(cohort_id)
                .received()
                .standing()
                .annotate(cohort_path=F("cohort_id"))
            ),
            unanswered=number(
                Application.objects.of_cohort(cohort_id)
                .unanswered()
                .annotate(cohort_path=F("cohort_id"))
            ),
            proposed=number(proposed_of(cohort_id).annotate(cohort_path=F("cohort_id"))),
            draft=Subquery(drafts.values("pk")[:1]),
            draft_name=Subquery(drafts.values("filename")[:1]),
        )
        .values(
            "people",
            "declared",
            "words",
            "draft",
            "draft_name",
            "blocked",
            "reviews",
            "minutes",
            "workers",
            "undecided",
            "unanswered",
            "unsigned",
            "proposed",
            "to_call",
        )
        .get()
    )
    return Counts(
        row["people"] or 0,
        row["declared"] or 0,
        row["words"] or 0,
        row["draft"],
        row["draft_name"] or "",
        row["blocked"] or 0,
        row["reviews"] or 0,
        row["minutes"] or 0,
        row["workers"] or 0,
        row["undecided"] or 0,
        (row["unanswered"] or 0) - (row["undecided"] or 0),
        row["unsigned"] or 0,
        row["proposed"] or 0,
        row["to_call"] or 0,
    )


def what_waits(
    cohort: Cohort, counts: Counts, projects: list[Project], runs: list[PayRun], today: dt.date
) -> list[Waiting]:
    """Every line, in the order a coordinator should take them. One query, of contracts."""

    def at(name: str, **more: Any) -> str:
        return reverse(name, kwargs={"cohort_id": cohort.pk, **more})

    lines = [
        *_candidates(counts, at),
        *_to_begin(counts, projects, at),
        *_decisions(counts, at("decisions:of_cohort")),
        *_hours(cohort, counts, today, at("projects:cohort_hours")),
        *_pay(runs, at),
        *_contracts(cohort, counts, today, at("cohorts:contracts")),
        *_news(counts, at),
    ]
    if counts.words:
        title = ngettext("%(n)s témoignage à relire", "%(n)s témoignages à relire", counts.words)
        text = _("Avant de paraître sur le site public.")
        url, state = at("testimonials:of_cohort"), _("Sans urgence")
        lines.append(Waiting("bulle", title % {"n": counts.words}, text, url, "wait", state))
    if counts.proposed:
        title = ngettext("%(n)s contact proposé", "%(n)s contacts proposés", counts.proposed)
        text = _("À relire, puis à garder pour tout le groupe.")
        url, state = at("cohorts:contacts"), _("Sans urgence")
        lines.append(Waiting("personne", title % {"n": counts.proposed}, text, url, "wait", state))
    return lines


def _to_begin(counts: Counts, projects: list[Project], at: Any) -> Iterator[Waiting]:
    if counts.draft_import is not None:
        url = at("cohorts:import_preview", import_id=counts.draft_import)
        title = _("Un import attend votre accord")
        yield Waiting("groupe", title, counts.draft_name, url, state=_("À confirmer"))
    if counts.people == 0:
        title = _("La cohorte n’a encore personne")
        text = _("Importez la liste des coopérants, ou ajoutez-les un par un.")
        yield Waiting("groupe", title, text, at("cohorts:people"), state=_("Pour commencer"))
    if not projects:
        text = _("Ajoutez le jardin, la cuisine, l’étal…")
        yield Waiting(
            "vente",
            _("Aucune activité"),
            text,
            at("projects:activities"),
            state=_("Pour commencer"),
        )


def _candidates(counts: Counts, at: Any) -> Iterator[Waiting]:
    if counts.applications:
        title = ngettext(
            "%(n)s candidature à lire", "%(n)s candidatures à lire", counts.applications
        )
        text = _("Chacune attend une décision, puis une réponse.")
        url = at("cohorts:applications")
        yield Waiting("lettre", title % {"n": counts.applications}, text, url, state=_("À décider"))
    if counts.unanswered:
        title = ngettext(
            "%(n)s personne attend sa réponse",
            "%(n)s personnes attendent leur réponse",
            counts.unanswered,
        )
        text = _("La décision est prise : dites-la-leur.")
        url = at("cohorts:answers")
        yield Waiting("lettre", title % {"n": counts.unanswered}, text, url, state=_("À répondre"))


def _news(counts: Counts, at: Any) -> Iterator[Waiting]:
    if counts.to_call:
        title = ngettext(
            "%(n)s réponse à aller chercher", "%(n)s réponses à aller chercher", counts.to_call
        )
        text = _(
            "Des personnes sorties ont dit oui pour donner des nouvelles, et n’ont pas répondu."
        )
        url = at("cohorts:after")
        yield Waiting("telephone", title % {"n": counts.to_call}, text, url, state=_("À appeler"))


def _decisions(counts: Counts, url: str) -> Iterator[Waiting]:
    if counts.blocked:
        title = ngettext("%(n)s décision bloquée", "%(n)s décisions bloquées", counts.blocked) % {
            "n": counts.blocked
        }
        text = _("Le groupe a décidé, mais tout n’a pas pu être fait.")
        yield Waiting("urne", title, text, url, "bad", _("À débloquer"), "alerte")
    if counts.reviews:
        title = ngettext("%(n)s décision à revoir", "%(n)s décisions à revoir", counts.reviews) % {
            "n": counts.reviews
        }
        text = _("Le groupe avait dit qu’il en reparlerait.")
        yield Waiting("urne", title, text, url, state=_("Bientôt"))


def _hours(cohort: Cohort, counts: Counts, today: dt.date, url: str) -> Iterator[Waiting]:
    if counts.minutes:
        title = _("%(hours)s à confirmer") % {"hours": format_minutes(counts.minutes)}
        text = ngettext("%(n)s personne concernée", "%(n)s personnes concernées", counts.workers)
        yield Waiting("horloge", title, text % {"n": counts.workers}, url, state=_("Avant la paie"))
    last_week = monday_of(today) - dt.timedelta(days=7)
    missing = counts.people - counts.declared
    begun = cohort.state == CohortState.RUNNING and last_week >= monday_of(cohort.starts_on)
    if begun and missing > 0:
        title = ngettext(
            "%(n)s semaine pas encore complète", "%(n)s semaines pas encore complètes", missing
        )
        text = _("La semaine dernière : zéro ou oublié ?")
        yield Waiting("groupe", title % {"n": missing}, text, url, state=_("Cette semaine"))


def _contracts(cohort: Cohort, counts: Counts, today: dt.date, url: str) -> Iterator[Waiting]:
    for one in ending_soon(today, cohort.pk):
        title = ngettext(
            "%(n)s contrat finit bientôt", "%(n)s contrats finissent bientôt", one.count
        )
        text = _("Le %(day)s, sans renouvellement signé.") % {"day": format_day(one.ends_on)}
        tone = "bad" if one.days <= ALERT_DAYS[-1] else "warn"
        state = ngettext("Dans %(n)s jour", "Dans %(n)s jours", one.days) % {"n": one.days}
        yield Waiting("calendrier", title % {"n": one.count}, text, url, tone, state, "calendrier")
    missing = counts.unsigned if cohort.state == CohortState.RUNNING else 0
    if missing:
        title = ngettext(
            "%(n)s personne sans contrat signé", "%(n)s personnes sans contrat signé", missing
        )
        text = _("La coopérative hôte doit noter les signatures.")
        yield Waiting("attestation", title % {"n": missing}, text, url, state=_("À suivre"))


def _pay(runs: list[PayRun], at: Any) -> Iterator[Waiting]:
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
    # Reviewed runs wait for the host, issued ones for nobody.
    for run in runs:
        if run.state in sentences:
            title, text = sentences[PayRunState(run.state)]
            url = at("payroll:run", run_id=run.pk)
            yield Waiting(
                "paie", title % {"month": Month(run.month)}, text, url, state=_("En cours")
            )
