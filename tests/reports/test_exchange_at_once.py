"""Acts on one report at the very same moment. SQLite hides it: PostgreSQL only."""

import datetime as dt

import pytest

from ct_platform.kit.errors import DomainError
from ct_platform.kit.models import TransitionLog
from reports.enums import ReportState
from reports.models import Question, Report, ReportNotice, ShareLink
from reports.services import preparing, questions, reviewing, sending, sharing
from tests import factories as make
from tests.at_once import together
from tests.factories import NOW, TODAY
from tests.reports.scene import sent_report, set_scene

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MONTH = NOW + dt.timedelta(days=30)


def moves_to(state: str) -> int:
    return TransitionLog.objects.filter(model="reports.report", new=state).count()


def test_two_who_send_at_once_send_once(people):
    set_scene(people)
    driss = people.actor("driss")
    report = preparing.prepare_report(cohort=people.a.cohort, actor=driss, at=NOW)
    reviewing.review_report(report=report, actor=driss, at=NOW)

    def send():
        sending.send_report(report=Report.objects.get(pk=report.pk), actor=driss, at=NOW)

    together(send, send, send)
    assert moves_to("sent") == 1
    assert report.recipients.count() == 2
    assert ReportNotice.objects.filter(kind="sent").count() == 2


def test_one_who_sends_and_one_who_puts_aside_agree_on_one_of_both(people):
    set_scene(people)
    driss = people.actor("driss")
    report = preparing.prepare_report(cohort=people.a.cohort, actor=driss, at=NOW)
    reviewing.review_report(report=report, actor=driss, at=NOW)

    def act(service):
        return lambda: service(report=Report.objects.get(pk=report.pk), actor=driss, at=NOW)

    together(act(sending.send_report), act(reviewing.drop_report))
    assert moves_to("sent") + moves_to("dropped") == 1
    report.refresh_from_db()
    assert report.recipients.exists() is (report.state == ReportState.SENT)


def test_the_last_two_who_accept_at_once_make_it_final_once(people):
    set_scene(people)
    report = sent_report(people)
    together(
        *(
            lambda name=name: questions.accept_report(
                report=report, actor=people.actor(name), at=NOW
            )
            for name in ("elsa", "helene", "elsa")
        )
    )
    report.refresh_from_db()
    assert (report.state, moves_to("final")) == (ReportState.FINAL, 1)


def test_a_question_and_the_end_of_the_month_never_both_win(people):
    set_scene(people)
    report = sent_report(people)

    def ask():
        return questions.ask_question(
            report=report, code="people.total", text="Et là ?", actor=people.actor("elsa"), at=MONTH
        )

    asked, settled = together(ask, lambda: questions.settle_due(at=MONTH))
    report.refresh_from_db()
    assert (report.state == ReportState.FINAL) is isinstance(asked, DomainError)
    assert Question.objects.exists() is (settled == 0)


def test_two_corrections_begun_at_once_are_one(people):
    scene = set_scene(people)
    report = sent_report(people)
    make.ExpenseFactory(recorded_by=people.driss, project=scene.cohort.projects.first())

    def correct():
        return preparing.correct_report(
            report=report, reason="Oubli.", actor=people.actor("driss"), at=NOW
        )

    one, two = together(correct, correct)
    assert one == two
    assert Report.objects.filter(replaces=report).count() == 1


def test_every_opening_of_a_link_is_counted(people):
    set_scene(people)
    report = sent_report(people)
    link, _secret = sharing.make_link(
        report=report, organisation_id=people.a.partner.pk, label="Emploi",
        expires_on=TODAY + dt.timedelta(days=9), actor=people.actor("elsa"), at=NOW,
    )  # fmt: skip
    together(*[lambda: sharing.open_link(link=link, at=NOW)] * 6)
    assert ShareLink.objects.get().opened == 6


def test_the_calendar_run_twice_at_once_prepares_once(people):
    set_scene(people)
    at = dt.datetime.combine(people.a.cohort.ends_on + dt.timedelta(days=1), dt.time(8), dt.UTC)
    together(lambda: preparing.prepare_due(at=at), lambda: preparing.prepare_due(at=at))
    assert Report.objects.filter(cohort=people.a.cohort).count() == 1
