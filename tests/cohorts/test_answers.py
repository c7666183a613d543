"""Everybody who applied is answered, once for each outcome, by a way that reaches them."""

import datetime as dt
import smtplib
import uuid

import pytest
from django.core import mail
from django.urls import reverse

from cohorts.models import ApplicationAnswer
from cohorts.selectors.recruiting import before_start
from cohorts.services import answers
from cohorts.services.cohorts import start_cohort
from cohorts.services.letters import letters_pdf
from cohorts.services.selection import Entry, decide, enrol
from ct_platform.kit.delivery import DeliveryStatus
from members.sms import MemorySms
from tests import factories as make
from tests.cohorts.applying import decided, recruiting_cohort, somebody
from tests.factories import NOW


@pytest.fixture
def cohort(people):
    return recruiting_cohort(people)


@pytest.fixture(autouse=True)
def _no_sms_yet():
    MemorySms.outbox.clear()


@pytest.fixture
def answer_all(cohort, django_capture_on_commit_callbacks):
    def act(*applications, word=""):
        with django_capture_on_commit_callbacks(execute=True):
            return answers.answer_all(
                cohort=cohort, keys=[one.pk for one in applications], word=word, at=NOW
            )

    return act


def statuses(cohort) -> dict[str, str]:
    rows = ApplicationAnswer.objects.of_cohort(cohort.pk)
    return {f"{one.application.first_name} {one.outcome}": one.status for one in rows}


def test_by_mail_then_by_sms_then_on_paper(people, cohort, answer_all):
    by_mail = decided(cohort, people, "selected", first_name="Lina", email="lina@exemple.fr")
    by_sms = decided(cohort, people, "waiting", first_name="Omar")
    on_paper = decided(
        cohort, people, "declined", first_name="Rosa", phone="", address="8 allée des Tilleuls"
    )
    answer_all(by_mail, by_sms, on_paper, word="Appelez le 06 39 98 00 01.")
    (letter,) = mail.outbox
    assert letter.to == ["lina@exemple.fr"]
    assert "retenue" in letter.body
    assert "06 39 98 00 01" in letter.body
    ((number, text),) = MemorySms.outbox
    assert number == "+33639981234"
    assert "liste d’attente" in text
    assert statuses(cohort) == {
        "Lina selected": "done", "Omar waiting": "done", "Rosa declined": "waiting",
    }  # fmt: skip


def test_where_sms_do_not_leave_a_letter_is_printed(people, cohort, answer_all, settings):
    settings.SMS_BACKEND = "members.sms.ConsoleSms"
    (one,) = answer_all(decided(cohort, people, "selected"))
    assert one.way == "letter"


def test_the_private_reason_never_leaves(people, cohort, answer_all):
    one = somebody(cohort, email="zoe@exemple.fr")
    decide(
        application=one,
        to="declined",
        note="Trop jeune d’esprit.",
        actor=people.actor("driss"),
        at=NOW,
    )
    answer_all(one)
    assert "esprit" not in mail.outbox[0].body + mail.outbox[0].subject


def test_each_outcome_is_told_once_and_another_outcome_again(people, cohort, answer_all):
    one = decided(cohort, people, "waiting", email="zoe@exemple.fr")
    answer_all(one)
    answer_all(one)
    assert len(mail.outbox) == 1
    decide(application=one, to="selected", note="", actor=people.actor("driss"), at=NOW)
    answer_all(one)
    assert [letter.subject.split(" :")[0] for letter in mail.outbox] == [
        "Votre candidature est en liste d’attente", "Vous êtes retenu·e",
    ]  # fmt: skip


def test_who_is_not_decided_withdrew_or_wrote_twice_is_not_written_to(people, cohort, answer_all):
    answer_all(
        somebody(cohort),
        decided(cohort, people, "withdrawn"),
        decided(cohort, people, "duplicate"),
    )
    assert not ApplicationAnswer.objects.exists()


def test_another_cohorts_applications_are_passed_over(people, cohort, answer_all):
    other = recruiting_cohort_of_b(people)
    answer_all(decided(other, people, "selected"))
    assert not ApplicationAnswer.objects.exists()


def recruiting_cohort_of_b(people):
    return make.CohortFactory(
        territory=people.b.territory,
        state="recruiting",
        starts_on=dt.date(2027, 1, 4),
        ends_on=dt.date(2027, 4, 23),
    )


def test_a_task_that_comes_twice_sends_once(people, cohort, answer_all):
    (one,) = answer_all(decided(cohort, people, "selected", email="zoe@exemple.fr"))
    assert answers.tell(answer_id=one.pk, at=NOW) is False
    assert len(mail.outbox) == 1


def test_a_decision_changed_before_the_sending_is_not_announced(people, cohort):
    one = decided(cohort, people, "selected", email="zoe@exemple.fr")
    (said,) = answers.answer_all(cohort=cohort, keys=[one.pk], word="", at=NOW)
    decide(application=one, to="declined", note="", actor=people.actor("driss"), at=NOW)
    assert answers.tell(answer_id=said.pk, at=NOW) is False
    assert mail.outbox == []
    said.refresh_from_db()
    assert said.status == DeliveryStatus.FAILED


def test_a_letter_never_leaves_by_a_worker(people, cohort, answer_all, settings):
    settings.SMS_BACKEND = "members.sms.ConsoleSms"
    (one,) = answer_all(decided(cohort, people, "selected"))
    assert answers.tell(answer_id=one.pk, at=NOW) is False
    assert answers.sweep(at=NOW.replace(year=2027)) == 0
    one.refresh_from_db()
    assert one.status == DeliveryStatus.WAITING


def test_what_does_not_leave_is_seen_then_put_on_paper(
    people, cohort, answer_all, enter, monkeypatch
):
    def refuse(answer):
        raise smtplib.SMTPException

    monkeypatch.setattr("cohorts.services.answer_words.deliver", refuse)
    (one,) = answer_all(decided(cohort, people, "selected", email="zoe@exemple.fr"))
    for _try in range(2):
        answers.tell(answer_id=one.pk, at=NOW)
    one.refresh_from_db()
    assert one.status == DeliveryStatus.FAILED
    page = reverse("cohorts:answers", args=[cohort.pk])
    assert "Pas parties" in enter("driss").get(page).content.decode()
    enter("driss").post(reverse("cohorts:answer_again", args=[cohort.pk]), {"paper": "1"})
    one.refresh_from_db()
    assert (one.way, one.status) == ("letter", DeliveryStatus.WAITING)


def test_letters_are_printed_a_page_each_then_noted_as_posted(people, cohort, answer_all, enter):
    written = answer_all(
        decided(cohort, people, "selected", phone="", address="8 allée des Tilleuls"),
        decided(cohort, people, "declined", first_name="Omar", phone="", address="3 rue des Lilas"),
    )
    assert letters_pdf(cohort=cohort, at=NOW)[:5] == b"%PDF-"
    answer = enter("driss").get(reverse("cohorts:answer_letters", args=[cohort.pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    posted = reverse("cohorts:letters_posted", args=[cohort.pk])
    for _tap in range(2):
        enter("driss").post(posted, {"letters": [written[0].pk]})
    assert sorted(statuses(cohort).values()) == ["done", "waiting"]
    assert letters_pdf(cohort=cohort, at=NOW) is not None


def test_the_page_sends_to_who_is_ticked_and_a_double_tap_once(
    people, cohort, enter, django_capture_on_commit_callbacks
):
    one = decided(cohort, people, "selected", email="zoe@exemple.fr")
    left = decided(cohort, people, "declined", first_name="Omar", email="omar@exemple.fr")
    page = reverse("cohorts:answers", args=[cohort.pk])
    sent = {"submission_key": str(uuid.uuid4()), "people": [one.pk], "word": ""}
    with django_capture_on_commit_callbacks(execute=True):
        for _tap in range(2):
            enter("driss").post(page, sent)
    assert [letter.to for letter in mail.outbox] == [["zoe@exemple.fr"]]
    assert left.full_name in enter("driss").get(page).content.decode()


# --- nobody left out


def test_the_start_warns_of_who_waits_and_stops_nothing(people, cohort, answer_all, enter):
    driss = people.actor("driss")
    somebody(cohort, first_name="Lina")
    told = decided(cohort, people, "selected", email="zoe@exemple.fr")
    answer_all(told)
    decided(cohort, people, "declined", first_name="Omar")
    enrol(application=told, entry=Entry(), actor=driss, at=NOW)
    assert before_start(cohort) == [
        "1 candidature n’a pas de décision.",
        "1 personne attend encore sa réponse.",
        "1 personne retenue n’est pas encore entrée : après le début, c’est le groupe qui vote.",
    ]
    body = enter("driss").get(reverse("cohorts:edit", args=[cohort.pk])).content.decode()
    assert "1 personne attend encore sa réponse." in body
    make.EnrolmentFactory(cohort=cohort)
    start_cohort(cohort=cohort, actor=driss, at=NOW)
    assert cohort.state == "running"
    assert before_start(cohort) == []


def test_a_letter_not_posted_is_an_answer_still_awaited(people, cohort, answer_all):
    (one,) = answer_all(decided(cohort, people, "selected", phone="", address="8 rue des Lilas"))
    assert before_start(cohort) == ["1 personne attend encore sa réponse."]
    answers.note_posted(cohort=cohort, keys=[one.pk], at=NOW)
    assert before_start(cohort) == []


def test_an_earlier_outcome_told_does_not_hide_the_new_one(people, cohort, answer_all):
    one = decided(cohort, people, "waiting", phone="", address="8 rue des Lilas")
    (said,) = answer_all(one)
    answers.note_posted(cohort=cohort, keys=[said.pk], at=NOW)
    decide(application=one, to="selected", note="", actor=people.actor("driss"), at=NOW)
    answer_all(one)  # a letter that nobody posted yet
    assert before_start(cohort) == ["1 personne attend encore sa réponse."]
