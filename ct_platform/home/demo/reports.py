"""A report sent, with words beside its figures, a question and its answer; last year's beside it."""

import datetime as dt

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.home.demo.scene import Scene
from reports.enums import Section
from reports.models import Report
from reports.services.preparing import prepare_report
from reports.services.questions import answer_question, ask_question
from reports.services.reviewing import review_report, write_comment
from reports.services.sending import send_report
from reports.services.sharing import make_link


def send_and_answer(scene: Scene) -> None:
    """The chamber asks about one figure, the coordination answers; a link goes to a colleague."""
    report = _sent(
        scene,
        scene.cohort,
        "Le mois a surtout servi à ouvrir l’étal et la cuisine. Les ventes du jardin viendront au printemps.",
    )
    chamber = scene.voice("elsa")
    question = ask_question(
        report=report,
        code="weeks.rate",
        text="Que veut dire « à l’heure » : le jour même, ou dans la semaine ?",
        actor=chamber,
        at=scene.at,
    )
    answer_question(
        question=question,
        text="Jusqu’au dimanche qui suit la semaine. Passé ce jour, la semaine compte comme en retard.",
        actor=scene.coordinator,
        at=scene.at,
    )
    make_link(
        report=report,
        organisation_id=chamber.organisation_id or 0,
        label="Service création d’entreprise",
        expires_on=scene.today + dt.timedelta(days=30),
        actor=chamber,
        at=scene.at,
    )


def send_older_ones(scene: Scene) -> None:
    """Cohorts of the territory that ended: what Suivi puts beside the one at work."""
    ended = Cohort.objects.filter(
        territory_id=scene.cohort.territory_id,
        state__in=[CohortState.CLOSING, CohortState.ARCHIVED],
    ).exclude(pk=scene.cohort.pk)
    for cohort in ended.select_related("territory", "host").order_by("starts_on", "pk"):
        _sent(scene, cohort, "")


def _sent(scene: Scene, cohort: Cohort, words: str) -> Report:
    actor, at = scene.coordinator, scene.at
    report = prepare_report(cohort=cohort, actor=actor, at=at)
    if words:
        write_comment(report=report, section=Section.WHOLE, text=words, actor=actor, at=at)
    review_report(report=report, actor=actor, at=at)
    report.refresh_from_db()
    send_report(report=report, actor=actor, at=at)
    report.refresh_from_db()
    return report
