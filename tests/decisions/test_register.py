"""The register: what held on a day, what is looked at again, what is blocked, what leaves as files."""

import csv
import datetime as dt
import io
import json

import pytest
from django.core.management import call_command

from cohorts.models import Enrolment
from ct_platform.kit.errors import Refused
from ct_platform.kit.models import TransitionLog
from decisions.enums import Secrecy
from decisions.models import Outcome
from decisions.rules.terms import Terms
from decisions.selectors.files import as_file, register_csv
from decisions.selectors.made import law_of, made
from decisions.selectors.register import all_in_force, blocked_of, outcomes_of
from decisions.services import ballots, polls
from decisions.services.outcomes import apply_again
from decisions.services.recount import recount_file
from projects.models import SpendingLimit
from projects.selectors import prices_on
from tests import factories as make
from tests.decisions.assembly import (
    CLOSES_AT,
    actor_of,
    all_vote,
    ask,
    close,
    decide,
    everybody,
    fill,
    member,
    put_to_vote,
    typed_settings,
)
from tests.factories import NOW, TODAY

FRIDAY = dt.date(2026, 11, 27)
YES = {"choice": "for"}
AGREE = {"voice": "consent"}


def rule(people, **typed):
    return decide(people, "living_rule", typed_settings(people, "living_rule", typed), AGREE)


# In force on a day.


def test_a_decision_holds_from_its_first_day_to_its_last(people):
    outcome = rule(people, in_force_from="2026-12-01", ends_on="2026-12-18")
    days = ["2026-11-30", "2026-12-01", "2026-12-18", "2026-12-19"]
    held = [all_in_force(people.a.cohort.pk, dt.date.fromisoformat(day)) for day in days]
    assert held == [[], [outcome], [outcome], []]


def test_what_is_done_once_is_no_law(people):
    waiting = member(people.a.cohort, state="selected", votes_from=None)
    outcome = decide(people, "admit", typed_settings(people, "admit", {"person": waiting.pk}), YES)
    assert outcome.effect_state == "applied"
    assert all_in_force(people.a.cohort.pk, FRIDAY) == []


def test_the_law_of_another_cohort_is_not_ours(people):
    rule(people)
    assert all_in_force(people.b.cohort.pk, FRIDAY) == []


# Reviews.


def test_a_review_is_announced_two_weeks_before_and_stays_until_it_is_done(people):
    outcome = rule(people, review_on="2026-12-20")
    cohort = people.a.cohort.pk

    def due(day, cohort=cohort):
        return law_of(cohort, day, day).look_again

    assert due(dt.date(2026, 12, 5)) == []
    assert due(dt.date(2026, 12, 6)) == [outcome]
    assert due(dt.date(2027, 1, 6)) == [outcome]
    assert due(dt.date(2026, 12, 6), people.b.cohort.pk) == []


# Made by decisions.


def test_the_latest_price_begun_is_the_price(people):
    garden = make.ProjectFactory(cohort=people.a.cohort)
    for amount, begins in (("10", "2026-12-01"), ("12", "2026-12-15")):
        typed = {
            "project": garden.pk, "label": "Panier", "amount": amount, "in_force_from": begins,
        }  # fmt: skip
        decide(people, "price", typed_settings(people, "price", typed), YES)
    cohort = people.a.cohort.pk
    days = (dt.date(2026, 11, 30), dt.date(2026, 12, 14), dt.date(2026, 12, 15))
    assert [[int(one.amount) for one in prices_on(cohort, day)] for day in days] == [[], [10], [12]]
    assert made(people.b.cohort.pk, days[2]).is_empty


def test_the_mandate_of_who_left_is_not_shown(people):
    amina = people.enrolments["amina"]
    settings = typed_settings(people, "mandate", {"title": "Caisse", "people": [amina.pk]})
    decide(people, "mandate", settings, {"grades": {f"person-{amina.pk}": 4}})
    cohort = people.a.cohort.pk
    assert [one.title for one in made(cohort, FRIDAY).mandates] == ["Caisse"]
    Enrolment.objects.filter(pk=amina.pk).update(state="left", left_on=FRIDAY)
    assert made(cohort, FRIDAY).is_empty


# Closed before the hour.


def test_who_ended_a_vote_early_is_named_with_the_reason(people):
    voters = fill(people.a.cohort, 4)
    poll = put_to_vote(people)
    all_vote(poll, voters, "hhh-")
    driss = people.actor("driss")
    early = CLOSES_AT - dt.timedelta(hours=5)
    polls.close_poll(poll=poll, actor=driss, at=early, reason="Le four n’attend pas")
    line = outcomes_of(people.actor("amina"), people.a.cohort.pk).get()
    assert (line.closed_by, line.poll.early_closing_reason) == (
        "Driss Marchal",
        "Le four n’attend pas",
    )


# Blocked.


@pytest.fixture
def blocked(people):
    """A spending given to Bastien, who left before the count."""
    bastien = people.enrolments["bastien"]
    typed = {"label": "Bâche", "amount": "90", "holder": bastien.pk}
    poll = ask(people, "spending_limit", typed_settings(people, "spending_limit", typed))
    everybody(poll, YES)
    Enrolment.objects.filter(pk=bastien.pk).update(state="left", left_on=TODAY)
    return close(poll)


def back(people):
    bastien = people.enrolments["bastien"]
    Enrolment.objects.filter(pk=bastien.pk).update(state="active", left_on=None)


def test_a_blocked_decision_is_a_task_for_its_coordinator_only(people, blocked):
    cohort = people.a.cohort.pk
    assert blocked_of(outcomes_of(people.actor("driss"), cohort)) == [blocked]
    assert blocked_of(outcomes_of(people.actor("dalia"), cohort)) == []


def test_what_is_still_impossible_stays_blocked(people, blocked, at):
    with pytest.raises(Refused, match="n’est plus dans la coopérative"):
        apply_again(outcome=blocked, actor=people.actor("driss"), at=at)
    blocked.refresh_from_db()
    assert blocked.effect_state == "blocked"
    assert not SpendingLimit.objects.exists()


def test_a_blocked_effect_is_applied_later_and_the_outcome_does_not_change(people, blocked):
    kept = Outcome.objects.values("number", "kind", "tally", "decided_at", "in_force_from")
    before = kept.get(pk=blocked.pk)
    back(people)
    actor, later = people.actor("driss"), CLOSES_AT + dt.timedelta(days=2)
    assert apply_again(outcome=blocked, actor=actor, at=later).effect_state == "applied"
    apply_again(outcome=blocked, actor=actor, at=later)
    assert kept.get(pk=blocked.pk) == before
    limit = SpendingLimit.objects.get()
    assert (limit.starts_on, limit.decision_number) == (FRIDAY, blocked.number)
    log = TransitionLog.objects.get(model="decisions.outcome")
    assert (log.old, log.new, log.by_person_id) == ("blocked", "applied", people.driss.pk)


def test_a_blocked_decision_does_not_overtake_a_newer_one(people):
    amina, bastien = people.enrolments["amina"], people.enrolments["bastien"]

    def elect(person):
        typed = {"title": "Caisse", "people": [person.pk], "replaces": "on"}
        poll = ask(people, "mandate", typed_settings(people, "mandate", typed))
        everybody(poll, {"grades": {f"person-{person.pk}": 4}})
        return poll

    poll = elect(bastien)
    Enrolment.objects.filter(pk=bastien.pk).update(state="left", left_on=TODAY)
    first = close(poll)
    newer = close(elect(amina))
    back(people)
    with pytest.raises(Refused, match=f"n° {newer.number}, plus récente"):
        apply_again(outcome=first, actor=people.actor("driss"), at=NOW)


def test_a_rejected_decision_has_nothing_to_apply(people):
    typed = {"label": "Bâche", "amount": "90"}
    settings = typed_settings(people, "spending_limit", typed)
    outcome = decide(people, "spending_limit", settings, {"choice": "against"})
    with pytest.raises(Refused, match="rien à appliquer"):
        apply_again(outcome=outcome, actor=people.actor("driss"), at=NOW)


# Files.


def table(people, name="driss"):
    text = register_csv(people.actor(name), people.a.cohort.pk, FRIDAY).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_register_leaves_as_a_table_for_spreadsheets(people):
    outcome = rule(people, review_on="2026-12-20")
    [line] = table(people)
    assert line["N°"] == str(outcome.number)
    assert (line["Façon de voter"], line["Tour"]) == ("consentement", "1")
    assert (line["Décidé le"], line["À revoir le"]) == ("27/11/2026", "20/12/2026")
    assert line["En vigueur aujourd’hui"] == "oui"
    assert line["Ce que ça change"] == outcome.effect_sentence
    assert table(people, "dalia") == []


def test_a_question_that_looks_like_a_formula_is_quoted(people):
    settings = typed_settings(people, "living_rule", {})
    decide(people, "living_rule", settings, AGREE, title='=HYPERLINK("http://x")')
    [line] = table(people)
    assert line["Question"].startswith("'=HYPERLINK")


def recounted(poll, tmp_path, capsys):
    file = tmp_path / "bulletins.json"
    file.write_bytes(as_file(recount_file(poll)))
    call_command("tally", poll.method, str(file))
    return json.loads(capsys.readouterr().out)


def published(outcome):
    return {
        key: outcome.tally[key] for key in outcome.tally if key not in ("again", "winner_labels")
    }


def test_anybody_recounts_an_open_vote_and_finds_the_register(people, tmp_path, capsys):
    voters = fill(people.a.cohort, 8)
    poll = put_to_vote(people)
    all_vote(poll, voters, "hhhhmeb-")
    outcome = close(poll)
    poll.refresh_from_db()
    assert recounted(poll, tmp_path, capsys) == published(outcome)
    ballots = recount_file(poll)["ballots"]
    assert {"choice": "hours", "count": 4} in ballots
    assert not {"voter", "text"} & {key for one in ballots for key in one}


def test_objections_are_recounted_without_their_words(people, tmp_path, capsys):
    poll = ask(people, "living_rule", typed_settings(people, "living_rule", {}))
    everybody(poll, {"voice": "objection", "text": "Trop tôt pour moi"})
    outcome = close(poll)
    poll.refresh_from_db()
    assert "Trop tôt" not in as_file(recount_file(poll)).decode()
    assert recounted(poll, tmp_path, capsys) == published(outcome)


def test_a_reserve_is_recounted_with_its_lot(people, tmp_path, capsys):
    typed = {"budget": "100", "uses": "Outils : 60\nFête : 60"}
    settings = typed_settings(people, "spend_reserve", typed)
    poll = ask(people, "spend_reserve", settings)
    everybody(poll, {"approve": ["use-1", "use-2"]})
    outcome = close(poll)
    poll.refresh_from_db()
    assert recounted(poll, tmp_path, capsys) == published(outcome)


@pytest.fixture
def _keeps_secrets(monkeypatch):
    """A house whose database is no file that somebody opens."""
    monkeypatch.setattr("decisions.selectors.secrecy.offered", lambda: tuple(Secrecy))


SECRET = [
    ("price", "majority", {}, [YES] * 7 + [{"choice": "against"}] * 3),
    ("pick", "approval", {"seats": 1}, [{"approve": ["answer-1"]}] * 6 + [{"approve": []}] * 4),
    ("pick", "choice", {}, [{"choice": "answer-1"}] * 6 + [{"blank": True}] * 4),
    ("pick", "majority-judgment", {}, [{"grades": {"answer-1": 4}}] * 10),
    ("pick", "ranked", {}, [{"ranking": [["answer-2"], ["answer-1"]]}] * 10),
]


@pytest.mark.usefixtures("_keeps_secrets")
@pytest.mark.parametrize(("code", "method", "asked", "cast"), SECRET)
def test_a_secret_vote_leaves_as_sums_only(people, tmp_path, capsys, code, method, asked, cast):
    poll, outcome = secret(people, code, method, asked, cast)
    document = recount_file(poll)
    assert "ballots" not in document
    assert document["cast"] == len(cast)
    assert recounted(poll, tmp_path, capsys) == published(outcome)


@pytest.mark.usefixtures("_keeps_secrets")
def test_a_secret_vote_of_few_leaves_as_nothing(people):
    poll, _outcome = secret(people, "pick", "approval", {}, [{"approve": ["answer-1"]}] * 9)
    with pytest.raises(Refused, match="ne se publient pas"):
        recount_file(poll)


def test_a_vote_still_open_leaves_as_nothing(people):
    with pytest.raises(Refused, match="pas encore compté"):
        recount_file(put_to_vote(people))


def secret(people, code, method, asked, cast):

    garden = make.ProjectFactory(cohort=people.a.cohort)
    typed = {
        "price": {"project": garden.pk, "label": "Panier", "amount": "12"},
        "pick": {"answers": "Radis\nBotte"},
    }[code]
    voters = fill(people.a.cohort, 12)
    settings = typed_settings(people, code, typed)
    poll = ask(people, code, settings, terms=Terms(method, asked, "secret"))
    for enrolment, ballot in zip(voters, cast, strict=False):
        ballots.cast(poll=poll, ballot=ballot, actor=actor_of(enrolment), at=NOW)
    outcome = close(poll)
    poll.refresh_from_db()
    return poll, outcome
