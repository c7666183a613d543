"""Several are elected and one is gone: the others begin, and the missing part waits as a task."""

import re

import pytest
from django.urls import reverse

from cohorts.models import Cohort, Enrolment, Mandate
from ct_platform.kit.errors import Refused
from ct_platform.kit.models import TransitionLog
from decisions.models import Outcome
from decisions.selectors.register import all_in_force, blocked_of, outcomes_of
from decisions.services.outcomes import apply_again
from tests.decisions.assembly import (
    CLOSES_AT,
    ask,
    close,
    decide,
    everybody,
    member,
    typed_settings,
)
from tests.factories import NOW, TODAY

FRIDAY = CLOSES_AT.date()
GONE = "{} n’est plus dans la coopérative : le mandat n’est pas donné."


@pytest.fixture
def three(people):
    amina, bastien = people.enrolments["amina"], people.enrolments["bastien"]
    return [amina, bastien, member(people.a.cohort)]


def committee(people, elected, gone=(), **typed):
    """Everybody chooses the three; who is in `gone` has left before the count."""
    asked = {
        "title": "Commission ventes", "people": [one.pk for one in elected], "seats": len(elected),
        "replaces": "on",
    }  # fmt: skip
    poll = ask(people, "mandates", typed_settings(people, "mandates", asked | typed))
    everybody(poll, {"approve": [f"person-{one.pk}" for one in elected]})
    leave(*gone)
    return close(poll)


def leave(*enrolments):
    keys = [one.pk for one in enrolments]
    Enrolment.objects.filter(pk__in=keys).update(state="left", left_on=TODAY)


def come_back(*enrolments):
    keys = [one.pk for one in enrolments]
    Enrolment.objects.filter(pk__in=keys).update(state="active", left_on=None)


def holders():
    return set(Mandate.objects.values_list("enrolment_id", flat=True))


def test_those_present_have_their_mandate_and_who_left_is_named(people, three):
    gone = three[1]
    outcome = committee(people, three, gone=[gone])
    assert (outcome.kind, outcome.effect_state) == ("elected", "partly")
    assert holders() == {three[0].pk, three[2].pk}
    names = ", ".join(one.person.full_name for one in (three[0], three[2]))
    assert outcome.effect_sentence == (
        f"Mandat « Commission ventes » donné à {names}, à partir du 27 novembre 2026. "
        + GONE.format(gone.person.full_name)
    )


def test_a_decision_applied_in_part_is_the_law_and_a_task(people, three):
    outcome = committee(people, three, gone=[three[1]])
    assert all_in_force(people.a.cohort.pk, FRIDAY) == [outcome]
    register = list(outcomes_of(people.actor("driss"), people.a.cohort.pk))
    assert blocked_of(register) == [outcome]


def test_when_all_are_gone_nothing_is_given(people, three):
    outcome = committee(people, three[:2], gone=three[:2])
    assert outcome.effect_state == "blocked"
    assert holders() == set()


def test_tried_again_it_gives_what_was_missing_and_nothing_twice(people, three, at):
    outcome, driss = committee(people, three, gone=[three[1]]), people.actor("driss")
    before = Mandate.objects.count()
    with pytest.raises(Refused, match=GONE.format(three[1].person.full_name)):
        apply_again(outcome=outcome, actor=driss, at=at)
    assert Mandate.objects.count() == before
    assert not TransitionLog.objects.filter(model="decisions.outcome").exists()
    come_back(three[1])
    done = apply_again(outcome=outcome, actor=driss, at=at)
    assert (done.effect_state, done.in_force_from) == ("applied", FRIDAY)
    assert sorted(Mandate.objects.values_list("enrolment_id", flat=True)) == sorted(
        one.pk for one in three
    )
    assert set(Mandate.objects.values_list("starts_on", "ends_on")) == {(FRIDAY, None)}
    log = TransitionLog.objects.get(model="decisions.outcome")
    assert (log.old, log.new) == ("partly", "applied")


def test_two_missing_come_back_one_by_one(people, three, at):
    outcome, driss = committee(people, three, gone=three[1:]), people.actor("driss")
    come_back(three[2])
    assert apply_again(outcome=outcome, actor=driss, at=at).effect_state == "partly"
    assert holders() == {three[0].pk, three[2].pk}
    come_back(three[1])
    assert apply_again(outcome=outcome, actor=driss, at=at).effect_state == "applied"
    assert Mandate.objects.count() == 3


def test_a_retry_that_can_do_nothing_takes_nothing_back(people, three, at):
    outcome = committee(people, three, gone=[three[1]])
    Cohort.objects.filter(pk=people.a.cohort.pk).update(state="archived")
    with pytest.raises(Refused, match="archivée"):
        apply_again(outcome=outcome, actor=people.actor("driss"), at=at)
    assert Outcome.objects.get().effect_state == "partly"
    assert Mandate.objects.count() == 2


def test_who_already_has_it_goes_without_and_the_others_join(people, three):
    committee(people, three[:2], replaces="")
    joined = committee(people, [three[1], three[2]], replaces="")
    assert joined.effect_state == "partly"
    assert joined.effect_sentence.endswith(
        f"{three[1].person.full_name} a déjà ce mandat à ces dates."
    )
    assert sorted(Mandate.objects.values_list("enrolment_id", flat=True)) == sorted(
        one.pk for one in three
    )


def test_a_newer_election_closes_the_door_on_what_was_missing(people, three, at):
    first = committee(people, three, gone=[three[1]])
    second = committee(people, [three[0], three[2]], in_force_from="2026-12-01")
    assert second.effect_state == "applied"
    come_back(three[1])
    with pytest.raises(Refused, match=f"n° {second.number}, plus récente"):
        apply_again(outcome=first, actor=people.actor("driss"), at=at)


def test_twenty_names_fit_the_line_of_the_register(people):
    twenty = [member(people.a.cohort) for _ in range(20)]
    outcome = committee(people, twenty, gone=twenty[:3])
    assert outcome.effect_state == "partly"
    assert len(outcome.effect_sentence) <= 300
    assert Mandate.objects.count() == 17


def test_repealing_it_ends_the_mandates_it_gave(people, three):
    first = committee(people, three, gone=[three[1]])
    settings = {"decision": str(first.number), "title": "", "in_force_from": None}
    ended = decide(people, "repeal", settings, {"choice": "for"}, at=NOW, closes_at=CLOSES_AT)
    assert ended.effect_state == "applied"
    assert all_in_force(people.a.cohort.pk, FRIDAY) == []


def test_the_pages_say_what_was_done_and_what_waits(enter, people, three):
    outcome = committee(people, three, gone=[three[1]])
    desk = enter("driss").get(reverse("decisions:of_cohort", args=[people.a.cohort.pk]))
    words = re.sub(r"\s+", " ", desk.content.decode())
    assert "En partie" in words and "Essayer encore" in words
    assert "depuis le 27 novembre 2026" in words
    phone = enter("amina").get(reverse("decisions:poll", args=[outcome.poll_id]))
    assert GONE.format(three[1].person.full_name) in phone.content.decode()
