"""The page of the cohort: who to call, what was answered, the rates and who is in them."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from cohorts.enums.entry_files import ExitCategory
from cohorts.enums.follow_ups import ChoiceSaid
from cohorts.models import FollowUpAnswer
from cohorts.selectors.follow_ups import followed
from cohorts.selectors.participants import participants_of
from cohorts.services.follow_up_choices import NO, choose
from cohorts.services.follow_ups import Said, answer_by_link, note_call
from cohorts.waiting import waiting_of
from ct_platform.kit.errors import Refused
from tests.cohorts.after.conftest import DUE, paris, question
from tests.factories import NOW

LATER = DUE[6] + dt.timedelta(days=20)


@pytest.fixture
def three_left(people, leave, agree):
    """Amina answered, Bastien was never asked, Gaël refuses."""
    bastien, gael = people.enrolments["bastien"], people.enrolments["gael"]
    for one in (None, bastien):
        leave(enrolment=one)
    leave(enrolment=gael, left_on=dt.date(2026, 10, 1))
    agree()
    choose(enrolment=gael, wish=NO, said=ChoiceSaid.INTERVIEW, actor=people.actor("driss"), at=NOW)
    answer_by_link(
        follow_up=question(people.enrolments["amina"], 6),
        said=Said("open_ended", help_wanted=True),
        at=paris(DUE[6]),
    )


def test_the_rate_has_everybody_whose_months_have_come(people, three_left):
    rates = {one.months: one for one in followed(people.a.cohort, LATER).rates}
    assert (rates[6].answered, rates[6].due, rates[6].percent, rates[6].in_job) == (1, 3, 33, 1)
    assert rates[6].categories[ExitCategory.DURABLE] == 1
    assert (rates[3].answered, rates[3].due) == (0, 3) and rates[12].due == 0


def test_a_neutralised_exit_is_in_no_rate(people, three_left, leave):
    leave("death", enrolment=people.enrolments["bastien"], reason="Appris hier.")
    assert {one.months: one.due for one in followed(people.a.cohort, LATER).rates} == {
        3: 2, 6: 2, 12: 0,
    }  # fmt: skip


def test_who_agreed_and_is_late_is_to_be_called_who_refused_never(people, three_left):
    found = followed(people.a.cohort, LATER)
    assert [(one.enrolment.person.first_name, q.row.months) for one, q in found.to_call] == [
        ("Amina", 3)
    ]
    assert [one.enrolment.person.first_name for one in found.unasked] == ["Bastien"]
    assert [one.enrolment.person.first_name for one in found.asking] == ["Amina"]


def test_the_page_says_who_is_counted(people, enter, three_left):
    with time_machine.travel(paris(LATER), tick=False):
        page = enter("driss").get(reverse("cohorts:after", args=[people.a.cohort.pk]))
    text = page.content.decode()
    assert "1 sur 3" in text and "33" in text and "EECR05" in text and "refusé" in text


@pytest.mark.parametrize(
    ("who", "status"),
    [("dalia", 404), ("helene", 403), ("elsa", 403), ("amina", 403), ("farid", 404)],
)
def test_nobody_else_reads_it(people, enter, three_left, who, status):
    page = enter(who).get(reverse("cohorts:after", args=[people.a.cohort.pk]))
    assert page.status_code == status


def told(people):
    return [line.title for line in waiting_of([people.a.cohort], LATER)[people.a.cohort.pk]]


def test_the_board_tells_whom_to_call_and_not_who_refused(people, three_left):
    assert "1 réponse à aller chercher" in told(people)  # Amina's, at three months
    choose(
        enrolment=people.enrolments["amina"], wish=NO, said=ChoiceSaid.SELF,
        actor=people.actor("amina"), at=NOW,
    )  # fmt: skip
    assert not any("à aller chercher" in title for title in told(people))


# --- heard on the telephone


@pytest.fixture
def hear(people, amina):
    def note(status="business", said_on=DUE[3], by="driss", **more):
        return note_call(
            follow_up=question(amina), said=Said(status), said_on=said_on, actor=people.actor(by),
            at=paris(DUE[3]), **more,
        )  # fmt: skip

    return note


def test_who_coordinates_notes_what_was_said_when_and_by_whom(people, leave, hear):
    leave()
    kept = hear()
    assert (kept.way, kept.said_on, kept.written_by) == ("phone", DUE[3], people.driss)


def test_another_answer_says_why_and_the_first_stays(leave, hear):
    leave()
    assert hear() == hear()
    with pytest.raises(Refused) as refusal:
        hear("unemployed")
    assert refusal.value.field == "reason"
    hear("unemployed", reason="Rappelée le lendemain.")
    assert [one.status for one in FollowUpAnswer.objects.all()] == ["business", "unemployed"]


def test_a_call_is_neither_to_come_nor_long_before_the_question(leave, hear):
    leave()
    for day in (DUE[3] + dt.timedelta(days=1), DUE[3] - dt.timedelta(days=15)):
        with pytest.raises(Refused) as refusal:
            hear(said_on=day)
        assert refusal.value.field == "said_on"
    assert hear(said_on=DUE[3] - dt.timedelta(days=14))


@pytest.mark.parametrize("who", ["amina", "bastien", "dalia", "helene", "elsa"])
def test_only_who_coordinates_notes_a_call(leave, hear, who):
    leave()
    with pytest.raises(Refused):
        hear(by=who)
    assert not FollowUpAnswer.objects.exists()


def test_the_form_notes_a_call(people, enter, leave, amina):
    leave()
    address = reverse("cohorts:after_call", args=[people.a.cohort.pk, question(amina).pk])
    with time_machine.travel(paris(DUE[3]), tick=False):
        page = enter("driss").post(
            address,
            {"status": "moved", "said_on": str(DUE[3]), "help_wanted": "no", "contract_months": ""},
        )
    assert page.status_code == 302 and FollowUpAnswer.objects.get().status == "moved"


# --- the FSE+ file


def test_the_answer_at_six_months_is_in_the_line_of_the_participant(people, three_left, amina):
    from cohorts.exports.participants import header, row_of

    (one,) = [p for p in participants_of(people.a.cohort, LATER) if p.first.enrolment == amina]
    line = dict(zip(header(), row_of(one, {}), strict=True))
    assert line["EECR05 en emploi six mois après"] == "oui"
    assert line["EECR06 meilleure situation d’emploi six mois après"] == ""
    assert line["Six mois après : constatée le"] == DUE[6]
    assert line["Catégorie six mois après"] == "emploi durable"
