import datetime as dt

import pytest

from cohorts.models import Enrolment
from ct_platform.kit.errors import Refused
from decisions.enums import PollState
from decisions.models import Elector, Poll, Proposal, Statutes
from decisions.rules.roll import roll_hash
from decisions.services import opening
from tests import factories as make
from tests.decisions.assembly import CLOSES_AT, SETTINGS, close, member, put_to_vote


def test_it_freezes_the_roll_of_the_opening_day(people, at):
    cohort = people.a.cohort
    tomorrow = member(cohort, votes_from="2026-11-26")
    member(cohort, votes_from=None)
    member(cohort, state="selected")
    poll = put_to_vote(people)
    roll = list(poll.electors.values_list("enrolment_id", flat=True))
    assert roll == sorted(people.enrolments[name].pk for name in ("amina", "bastien"))
    assert poll.roll_hash == roll_hash(poll.pk, roll)
    assert (poll.state, poll.opened_at) == (PollState.OPEN, at)
    Enrolment.objects.filter(pk=tomorrow.pk).update(votes_from="2026-11-25")
    assert poll.electors.count() == 2


def test_the_roll_is_of_the_paris_day_not_of_the_utc_day(people):
    """At half past midnight in Paris on the 26th, it is still the 25th in UTC."""
    newcomer = member(people.a.cohort, votes_from="2026-11-26")
    poll = put_to_vote(people, at=dt.datetime(2026, 11, 25, 23, 30, tzinfo=dt.UTC))
    assert poll.electors.filter(enrolment=newcomer).exists()


def test_it_offers_the_three_rules_in_order(people):
    options = put_to_vote(people).options.values_list("code", "label")
    assert list(options) == [
        ("equal", "Égal pour tous"),
        ("hours", "Aux heures"),
        ("half", "Moitié égal, moitié heures"),
    ]


def test_it_writes_the_first_statutes_when_the_cohort_has_none(people):
    Statutes.objects.all().delete()
    statutes = put_to_vote(people).statutes
    assert (statutes.quorum_numerator, statutes.quorum_denominator) == (1, 2)
    assert (statutes.notice_hours, statutes.version) == (0, 1)


def test_it_votes_by_the_statutes_in_force_that_day(people):
    make.StatutesFactory(
        cohort=people.a.cohort, version=2, in_force_from="2026-11-01", quorum_denominator=3
    )
    make.StatutesFactory(cohort=people.a.cohort, version=3, in_force_from="2026-11-26")
    assert put_to_vote(people).statutes.version == 2


@pytest.mark.parametrize(
    ("closes_at", "sentence"),
    [
        (dt.datetime(2026, 11, 25, 9, 29, tzinfo=dt.UTC), "déjà passée"),
        (dt.datetime(2026, 11, 25, 9, 30, tzinfo=dt.UTC), "déjà passée"),
        (dt.datetime(2027, 11, 27, 17, 0, tzinfo=dt.UTC), "31 jours au plus"),
    ],
)
def test_it_refuses_an_end_in_the_past_or_too_far(people, closes_at, sentence):
    settings = SETTINGS | {"in_force_from": "2028-01-01"}
    with pytest.raises(Refused, match=sentence) as refusal:
        put_to_vote(people, closes_at=closes_at, effect_settings=settings)
    assert refusal.value.field == "closes_on"
    assert not Poll.objects.exists()
    assert not Proposal.objects.exists()


def test_it_refuses_an_end_before_the_notice_of_the_statutes(people, at):
    Statutes.objects.filter(cohort=people.a.cohort).update(notice_hours=48)
    with pytest.raises(Refused, match="48 heures au moins"):
        put_to_vote(people, closes_at=at + dt.timedelta(hours=48, seconds=-1))
    assert not Poll.objects.exists()
    assert put_to_vote(people, closes_at=at + dt.timedelta(hours=48)).state == PollState.OPEN


def test_it_refuses_a_rule_that_begins_before_the_end(people):
    with pytest.raises(Refused, match="avant la fin du vote") as refusal:
        put_to_vote(people, effect_settings=SETTINGS | {"in_force_from": "2026-11-26"})
    assert refusal.value.field == "in_force_from"
    assert not Poll.objects.exists()


def test_it_refuses_an_empty_roll(people):
    Enrolment.objects.filter(cohort=people.a.cohort).update(votes_from=None)
    with pytest.raises(Refused, match="Personne ne peut encore voter"):
        put_to_vote(people)
    assert not Elector.objects.exists()
    assert not Proposal.objects.exists()


def test_it_refuses_an_empty_question_and_an_unknown_effect(people):
    with pytest.raises(Refused, match="question"):
        put_to_vote(people, title="   ")
    with pytest.raises(Refused, match="inconnu"):
        put_to_vote(people, effect_code="world_peace")
    assert not Proposal.objects.exists()


def test_it_refuses_an_archived_cohort(people):
    people.a.cohort.state = "archived"
    with pytest.raises(Refused, match="archivée"):
        put_to_vote(people)
    assert not Poll.objects.exists()


def test_it_refuses_a_second_vote_on_the_same_subject_while_one_is_open(people):
    put_to_vote(people)
    with pytest.raises(Refused, match="déjà ouvert"):
        put_to_vote(people)
    assert Poll.objects.count() == 1
    put_to_vote(people, cohort=people.b.cohort, actor=people.actor("dalia"))
    assert Poll.objects.count() == 2


def test_opening_the_same_proposal_twice_gives_the_same_poll(people, at):
    poll = put_to_vote(people)
    again = opening.open_poll(
        proposal=poll.proposal, closes_at=CLOSES_AT, actor=people.actor("driss"), at=at
    )
    assert again.pk == poll.pk
    assert Elector.objects.count() == 2


def test_a_new_vote_may_follow_a_finished_one(people):
    close(put_to_vote(people))
    later = CLOSES_AT + dt.timedelta(days=1)
    assert put_to_vote(people, at=later, closes_at=later + dt.timedelta(hours=3)).round == 1
