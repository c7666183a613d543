import datetime as dt
from dataclasses import replace

import pytest
import time_machine

from ct_platform.kit.errors import Refused
from ct_platform.kit.models import TransitionLog
from decisions import effects
from decisions.enums import EffectState, OutcomeKind, PollState
from decisions.models import Outcome, Poll, Statutes
from decisions.services import opening, polls
from decisions.services.counting import code_version
from decisions.services.due import close_due
from decisions.tasks import close_due_polls
from payroll.models import SplitRule
from tests.decisions.assembly import CLOSES_AT, all_vote, close, fill, put_to_vote, vote


@pytest.fixture
def voters(people):
    """Fifteen voters; quorum one half, so eight."""
    return fill(people.a.cohort, 15)


def test_it_adopts_what_more_than_half_of_the_expressed_chose(people, voters):
    poll = put_to_vote(people)
    all_vote(poll, voters, "mmmmmmmhhheeb--")
    outcome = close(poll)
    assert (outcome.kind, outcome.winner.code) == (OutcomeKind.ELECTED, "half")
    assert outcome.tally == {
        "format": "ct-tally/1",
        "method": "choice",
        "poll": str(poll.pk),
        "roll": 15,
        "present": 13,
        "cast": 13,
        "blank": 1,
        "expressed": 12,
        "quorum": {"required": 8, "reached": True},
        "outcome": "elected",
        "winners": ["half"],
        "winner_labels": [outcome.winner.label],
        "ranking": [["half"], ["hours"], ["equal"]],
        "tie_break": None,
        "detail": {"votes": {"equal": 2, "hours": 3, "half": 7}, "again": []},
        "again": [],
    }
    assert (outcome.law, outcome.code_version) == ("sharing_rule", code_version())
    assert (outcome.effect_state, outcome.in_force_from) == ("applied", dt.date(2026, 12, 1))
    poll.refresh_from_db()
    assert (poll.state, poll.closed_at) == (PollState.COUNTED, CLOSES_AT)


# The four quiet assemblies.


def test_a_tie_adopts_nothing_and_proposes_the_tied(people, voters):
    poll = put_to_vote(people)
    all_vote(poll, voters, "mmmmmmhhhhhheb-")
    outcome = close(poll)
    assert (outcome.kind, outcome.winner) == (OutcomeKind.NO_WINNER, None)
    assert outcome.tally["again"] == ["hours", "half"]
    assert outcome.effect_state == EffectState.NONE
    assert not SplitRule.objects.exists()


def test_a_missed_quorum_shows_its_counts_and_does_nothing(people, voters):
    poll = put_to_vote(people)
    all_vote(poll, voters, "mmmmmmm--------")
    outcome = close(poll)
    assert outcome.kind == OutcomeKind.QUORUM_MISSED
    assert (outcome.tally["present"], outcome.tally["quorum"]["required"]) == (7, 8)
    assert outcome.tally["detail"]["votes"]["half"] == 7
    assert not SplitRule.objects.exists()


def test_nobody_came(people, voters):
    outcome = close(put_to_vote(people))
    assert outcome.kind == OutcomeKind.QUORUM_MISSED
    assert outcome.tally["present"] == 0


def test_nobody_came_where_the_statutes_ask_for_no_quorum(people, voters):
    Statutes.objects.filter(cohort=people.a.cohort).update(quorum_numerator=0)
    outcome = close(put_to_vote(people))
    assert (outcome.kind, outcome.winner) == (OutcomeKind.NO_WINNER, None)
    assert not SplitRule.objects.exists()


def test_only_blanks_reach_the_quorum_and_adopt_nothing(people, voters):
    poll = put_to_vote(people)
    all_vote(poll, voters, "bbbbbbbb-------")
    assert close(poll).kind == OutcomeKind.NO_WINNER
    assert not SplitRule.objects.exists()


def test_somebody_who_left_still_counts_in_the_roll(people, voters):
    poll = put_to_vote(people)
    all_vote(poll, voters, "mmmmmmmm-------")
    type(voters[14]).objects.filter(pk=voters[14].pk).update(state="left", left_on="2026-11-26")
    assert close(poll).tally["roll"] == 15


# Twice, late, early.


def test_closing_twice_gives_the_same_outcome(people, voters):
    poll = put_to_vote(people)
    all_vote(poll, voters, "mmmmmmmm-------")
    assert close(poll).pk == close(poll, at=CLOSES_AT + dt.timedelta(days=1)).pk
    assert Outcome.objects.count() == SplitRule.objects.count() == 1


def test_a_count_made_late_decides_at_the_hour_of_the_vote(people, voters):
    """The rule begins with the last minute of November, though counted on the first of December."""
    end = dt.datetime(2026, 11, 30, 22, 59, tzinfo=dt.UTC)
    settings = {"counted_kinds": ["production"], "in_force_from": "2026-11-30"}
    poll = put_to_vote(people, closes_at=end, effect_settings=settings)
    all_vote(poll, voters, "mmmmmmmm-------")
    outcome = close(poll, at=end + dt.timedelta(hours=5))
    assert (outcome.decided_at, outcome.in_force_from) == (end, dt.date(2026, 11, 30))
    assert outcome.effect_state == EffectState.APPLIED


def test_before_the_hour_it_needs_a_written_reason(people, voters, at):
    poll = put_to_vote(people)
    all_vote(poll, voters, "mmmmmmmmmmmmmm-")
    driss = people.actor("driss")
    with pytest.raises(Refused, match="Tout le monde n’a pas voté"):
        polls.close_poll(poll=poll, actor=driss, at=at, reason="  ")
    assert Poll.objects.get().state == PollState.OPEN
    outcome = polls.close_poll(poll=poll, actor=driss, at=at, reason="Yvette est à l’hôpital")
    assert outcome.decided_at == at
    assert Poll.objects.get().early_closing_reason == "Yvette est à l’hôpital"
    log = TransitionLog.objects.filter(model="decisions.poll").values_list("new", "by_person_id")
    assert list(log) == [(s, people.driss.pk) for s in ("open", "closed", "counted")]


def test_before_the_hour_no_reason_is_needed_when_everybody_voted(people, voters, at):
    poll = put_to_vote(people)
    all_vote(poll, voters, "mmmmmmmmmmmmmmm")
    polls.close_poll(poll=poll, actor=people.actor("driss"), at=at)
    assert Poll.objects.get().state == PollState.COUNTED


def test_it_never_closes_within_the_notice_of_the_statutes(people, voters, at):
    Statutes.objects.filter(cohort=people.a.cohort).update(notice_hours=24)
    poll = put_to_vote(people)
    all_vote(poll, voters, "mmmmmmmmmmmmmmm")
    driss = people.actor("driss")
    with pytest.raises(Refused, match="délai prévu par vos statuts"):
        polls.close_poll(poll=poll, actor=driss, at=at + dt.timedelta(hours=23), reason="pressés")
    assert not Outcome.objects.exists()
    polls.close_poll(poll=poll, actor=driss, at=at + dt.timedelta(hours=24))
    assert Outcome.objects.count() == 1


def test_the_clock_closes_what_is_due_and_nothing_else(people, voters):
    poll = put_to_vote(people)
    other = put_to_vote(
        people,
        cohort=people.b.cohort,
        actor=people.actor("dalia"),
        closes_at=CLOSES_AT + dt.timedelta(days=1),
        effect_settings={"counted_kinds": ["production"], "in_force_from": "2026-12-01"},
    )
    with time_machine.travel(CLOSES_AT, tick=False):
        assert (close_due_polls(), close_due_polls()) == (1, 0)
    poll.refresh_from_db()
    other.refresh_from_db()
    assert (poll.state, other.state) == (PollState.COUNTED, PollState.OPEN)


def test_one_vote_that_cannot_be_counted_stops_no_other(people, voters, monkeypatch):
    first = put_to_vote(people)
    all_vote(first, voters, "mmmmmmmm-------")
    second = put_to_vote(people, cohort=people.b.cohort, actor=people.actor("dalia"))
    good = effects.get("sharing_rule")

    def broken(outcome, day):
        raise RuntimeError("disk full")

    monkeypatch.setitem(effects._effects, "sharing_rule", _with_apply(good, broken))
    assert close_due(at=CLOSES_AT) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (PollState.OPEN, PollState.COUNTED)
    assert not Outcome.objects.filter(poll=first).exists()
    monkeypatch.undo()
    assert close_due(at=CLOSES_AT) == 1
    assert Outcome.objects.get(poll=first).effect_state == EffectState.APPLIED


def _with_apply(effect, apply):
    return replace(effect, apply=apply)


def test_an_effect_that_refuses_is_blocked_and_the_outcome_stands(people, voters):
    poll = put_to_vote(people)
    all_vote(poll, voters, "mmmmmmmm-------")
    type(people.a.cohort).objects.filter(pk=people.a.cohort.pk).update(state="archived")
    outcome = close(poll)
    assert (outcome.kind, outcome.effect_state) == (OutcomeKind.ELECTED, EffectState.BLOCKED)
    assert outcome.effect_sentence.startswith("La cohorte est archivée")
    assert not SplitRule.objects.exists()


def test_outcomes_are_numbered_without_gap_in_each_cohort(people):
    numbers = []
    for day in range(3):
        moment = CLOSES_AT + dt.timedelta(days=day)
        settings = {"counted_kinds": ["production"], "in_force_from": "2026-12-31"}
        poll = put_to_vote(
            people, at=moment, closes_at=moment + dt.timedelta(hours=1), effect_settings=settings
        )
        numbers.append(close(poll, at=moment + dt.timedelta(hours=1)).number)
    elsewhere = put_to_vote(people, cohort=people.b.cohort, actor=people.actor("dalia"))
    assert numbers == [1, 2, 3]
    assert close(elsewhere).number == 1


# Cancelling and voting again.


def test_cancelling_says_why_and_happens_once(people, at):
    poll, driss = put_to_vote(people), people.actor("driss")
    with pytest.raises(Refused, match="pourquoi"):
        polls.cancel_poll(poll=poll, reason=" ", actor=driss, at=at)
    polls.cancel_poll(poll=poll, reason="Question mal posée", actor=driss, at=at)
    polls.cancel_poll(poll=poll, reason="Autre chose", actor=driss, at=at)
    poll.refresh_from_db()
    assert (poll.state, poll.cancel_reason) == (PollState.CANCELLED, "Question mal posée")
    with pytest.raises(Refused, match="rien à compter"):
        close(poll)
    assert not Outcome.objects.exists()


def test_a_counted_vote_cannot_be_cancelled(people, at):
    poll = put_to_vote(people)
    close(poll)
    with pytest.raises(Refused, match="ne peut plus être annulé"):
        polls.cancel_poll(poll=poll, reason="Déçu", actor=people.actor("driss"), at=CLOSES_AT)
    assert Poll.objects.get().state == PollState.COUNTED


def test_the_next_round_keeps_the_leading_options_and_takes_a_new_roll(people, voters):
    poll = put_to_vote(people)
    all_vote(poll, voters, "mmmmmmhhhhhheb-")
    close(poll)
    type(voters[14]).objects.filter(pk=voters[14].pk).update(state="left", left_on="2026-11-28")
    driss, at = people.actor("driss"), CLOSES_AT + dt.timedelta(days=1)
    again = opening.open_next_round(
        poll=poll, closes_at=at + dt.timedelta(days=1), actor=driss, at=at
    )
    twice = opening.open_next_round(
        poll=poll, closes_at=at + dt.timedelta(days=1), actor=driss, at=at
    )
    assert (again.pk, again.round) == (twice.pk, 2)
    assert list(again.options.values_list("code", flat=True)) == ["hours", "half"]
    assert again.electors.count() == 14


def test_a_vote_that_chose_has_no_next_round(people, voters, at):
    poll, driss = put_to_vote(people), people.actor("driss")
    later = {"closes_at": CLOSES_AT + dt.timedelta(days=2), "actor": driss}
    with pytest.raises(Refused, match="après un vote compté"):
        opening.open_next_round(poll=poll, at=at, **later)
    all_vote(poll, voters, "mmmmmmmm-------")
    close(poll)
    with pytest.raises(Refused, match="après un vote compté"):
        opening.open_next_round(poll=poll, at=CLOSES_AT, **later)
    assert Poll.objects.count() == 1


def test_a_second_round_that_ends_after_the_announced_day_begins_that_day(people, voters):
    poll = put_to_vote(people)
    close(poll)
    at = dt.datetime(2026, 12, 3, 10, 0, tzinfo=dt.UTC)
    again = opening.open_next_round(
        poll=poll, closes_at=at + dt.timedelta(hours=5), actor=people.actor("driss"), at=at
    )
    for enrolment in voters[:8]:
        vote(again, enrolment, "half", at=at)
    outcome = close(again, at=at + dt.timedelta(hours=5))
    assert outcome.in_force_from == dt.date(2026, 12, 3)
    assert outcome.effect_state == EffectState.APPLIED
