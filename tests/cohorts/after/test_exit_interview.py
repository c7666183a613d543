"""The exit interview: one page, three parts, kept in versions; the exit itself where it always was."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from cohorts.enums import CohortState
from cohorts.models import Cohort, ExitInterview, ExitSituation, FollowUp, FollowUpChoice
from cohorts.services.exit_interviews import Heard, hold_interview
from cohorts.services.follow_up_choices import NO, Wish
from ct_platform.kit.errors import Refused
from tests.cohorts.after.conftest import LEFT_ON
from tests.factories import NOW, TODAY

LEFT = {"left_on": LEFT_ON, "status": "unemployed", "known_on": TODAY}
YES = Wish(agrees=True, channel="call", phone="06 39 98 00 12")


@pytest.fixture
def interview(people, amina):
    def hold(by="driss", left=LEFT, wish=YES, at=NOW, held_on=TODAY, **said):
        heard = Heard(held_on=held_on, **{"learnt": "Vendre", "power": "much"} | said)
        return hold_interview(
            enrolment=amina, left=left, heard=heard, wish=wish, actor=people.actor(by), at=at
        )

    return hold


def test_one_act_notes_the_exit_the_words_and_the_choice(interview, amina):
    kept = interview()
    assert (kept.learnt, kept.power, kept.number) == ("Vendre", "much", 1)
    assert ExitSituation.objects.get().status == "unemployed"
    assert FollowUpChoice.objects.get().channel == "call"
    assert FollowUp.objects.filter(enrolment=amina).count() == 3


def test_the_same_interview_twice_is_one(interview):
    assert interview() == interview()
    assert ExitInterview.objects.count() == ExitSituation.objects.count() == 1


def test_a_second_interview_follows_the_first_which_stays(interview):
    interview()
    interview(learnt="Vendre et compter")
    assert [one.learnt for one in ExitInterview.objects.all()] == ["Vendre", "Vendre et compter"]
    assert ExitSituation.objects.count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        ExitInterview.objects.update(learnt="")


def test_another_situation_says_what_changed(interview):
    interview()
    with pytest.raises(Refused) as refusal:
        interview(left=LEFT | {"status": "business"}, learnt="Autre")
    assert refusal.value.field == "reason"
    assert ExitInterview.objects.count() == 1


def test_all_or_nothing(interview):
    with pytest.raises(Refused):
        interview(wish=Wish(agrees=True, channel="sms"))
    assert not ExitSituation.objects.exists() and not ExitInterview.objects.exists()


def test_a_refusal_is_kept(interview):
    interview(wish=NO)
    assert FollowUpChoice.objects.get().agrees is False


@pytest.mark.parametrize("who", ["amina", "bastien", "dalia", "helene", "elsa"])
def test_only_who_coordinates_holds_it(interview, who):
    with pytest.raises(Refused):
        interview(by=who)
    assert not ExitInterview.objects.exists()


def test_not_once_the_cohort_is_archived(interview, amina):
    Cohort.objects.filter(pk=amina.cohort_id).update(state=CohortState.ARCHIVED)
    amina.cohort.refresh_from_db()
    with pytest.raises(Refused):
        interview()


@pytest.mark.parametrize("day", [dt.date(2026, 9, 6), dt.date(2026, 11, 26)])
def test_an_interview_is_held_between_the_entry_and_today(interview, day):
    with pytest.raises(Refused) as refusal:
        interview(held_on=day)
    assert refusal.value.field == "held_on"


def test_the_page_holds_it_and_the_person_reads_their_words(people, enter, amina):
    address = reverse("cohorts:exit_interview", args=[people.a.cohort.pk, amina.pk])
    sent = {
        "left_on": str(LEFT_ON), "status": "business", "known_on": str(TODAY), "held_on": str(TODAY),
        "learnt": "Tenir un étal", "hard": "", "advice": "", "power": "some", "agrees": "yes",
        "channel": "sms", "phone": "06 39 98 00 12", "email": "",
    }  # fmt: skip
    desk = enter("driss")
    assert desk.get(address).status_code == 200
    assert desk.post(address, sent).status_code == 302
    assert desk.post(address, sent).status_code == 302
    assert ExitInterview.objects.count() == 1
    assert "Tenir un étal" in enter("amina").get(reverse("cohorts:my_next")).content.decode()
    assert "Tenir un étal" in desk.get(address).content.decode()
