"""From the adopted decision to the rule that pays: versions, dates, refusals, simulations."""

import datetime as dt
from decimal import Decimal

import pytest

from ct_platform.kit.errors import Refused
from decisions import effects
from decisions.models import Outcome
from decisions.services import polls
from payroll.effects import SharingRuleForm
from payroll.invariants import rules as rule_invariants
from payroll.models import SplitRule
from payroll.selectors.rules import rule_in_force, simulate
from payroll.services.split_rules import adopt
from tests import factories as make
from tests.decisions.assembly import CLOSES_AT, SETTINGS, all_vote, close, fill, put_to_vote, vote
from tests.factories import TODAY


def adopted(people, code="half", *, at=None, begins="2026-12-01", kinds=("production",)):
    """One vote from opening to count; gives its outcome."""
    opened = at or CLOSES_AT - dt.timedelta(days=2)
    end = opened + dt.timedelta(hours=2)
    settings = {"counted_kinds": list(kinds), "in_force_from": begins}
    poll = put_to_vote(people, at=opened, closes_at=end, effect_settings=settings)
    for name in ("amina", "bastien"):
        vote(poll, people.enrolments[name], code, at=opened)
    return polls.close_poll(poll=poll, actor=None, at=end)


def test_it_writes_the_rule_of_the_winner_with_the_hours_that_count(people):
    outcome = adopted(people, kinds=("training", "production"))
    rule = SplitRule.objects.get()
    assert (rule.version, rule.kind, rule.outcome) == (1, "half", outcome)
    assert rule.counted_kinds == ["production", "training"]
    assert rule.in_force_from == dt.date(2026, 12, 1)
    assert "n° 1" in outcome.effect_sentence


def test_a_later_decision_supersedes_and_edits_nothing(people):
    adopted(people, "half")
    first = SplitRule.objects.values().get()
    adopted(people, "hours", at=CLOSES_AT, begins="2026-12-15")
    assert SplitRule.objects.filter(version=1).values().get() == first
    cohort = people.a.cohort.pk
    found = {
        day: rule.version if (rule := rule_in_force(cohort, dt.date(2026, *day))) else None
        for day in [(11, 30), (12, 1), (12, 14), (12, 15), (12, 31)]
    }
    assert found == {(11, 30): None, (12, 1): 1, (12, 14): 1, (12, 15): 2, (12, 31): 2}


def test_the_latest_decision_wins_even_when_it_begins_earlier(people):
    adopted(people, "half", begins="2026-12-15")
    adopted(people, "equal", at=CLOSES_AT, begins="2026-12-01")
    rule = rule_in_force(people.a.cohort.pk, dt.date(2026, 12, 20))
    assert rule is not None
    assert (rule.version, rule.kind) == (2, "equal")


def test_the_rule_of_a_cohort_is_not_the_rule_of_its_neighbour(people):
    adopted(people)
    assert rule_in_force(people.b.cohort.pk, dt.date(2026, 12, 31)) is None


def test_adopting_twice_from_one_outcome_writes_one_rule(people):
    outcome = adopted(people)
    again = adopt(
        outcome=outcome, kind="equal", counted_kinds=["meeting"], in_force_from=dt.date(2027, 1, 1)
    )
    assert again.kind == "half"
    assert SplitRule.objects.count() == 1


@pytest.mark.parametrize("kinds", [[], ["holidays"], ["production", "holidays"]])
def test_a_rule_that_counts_nothing_known_is_refused(people, kinds):
    outcome = close(put_to_vote(people))
    with pytest.raises(Refused, match="sorte d’heures"):
        adopt(
            outcome=outcome, kind="half", counted_kinds=kinds, in_force_from=TODAY.replace(day=30)
        )
    assert not SplitRule.objects.exists()


def test_a_rule_cannot_begin_before_its_decision(people):
    outcome = close(put_to_vote(people))
    with pytest.raises(Refused, match="avant la décision"):
        adopt(
            outcome=outcome,
            kind="half",
            counted_kinds=["production"],
            in_force_from=dt.date(2026, 11, 26),
        )
    assert not SplitRule.objects.exists()


def test_an_outcome_that_adopts_nothing_writes_no_rule(people):
    poll = put_to_vote(people)
    all_vote(poll, fill(people.a.cohort, 2), "eh")
    close(poll)
    assert not SplitRule.objects.exists()


def test_the_form_asks_for_at_least_one_kind_of_hours(people):
    form = SharingRuleForm(
        {"counted_kinds": [], "in_force_from": "2026-12-01"}, cohort=people.a.cohort
    )
    assert form.errors == {"counted_kinds": ["Il faut une sorte d’heures au moins."]}


def test_what_is_said_before_voting():
    said = effects.get("sharing_rule").preview(SETTINGS, dt.date(2026, 12, 1))
    assert said == [
        "Heures qui comptent : production, réunion, formation, commission.",
        "La règle choisie commence le 1er décembre 2026.",
        "Les simulations aident à préparer un vote. Elles ne servent pas à payer.",
    ]


# Simulations.


@pytest.fixture
def worked(people):
    amina, bastien = people.enrolments["amina"], people.enrolments["bastien"]
    make.WorkEntryFactory(confirmed=True, enrolment=amina, minutes=300)
    make.WorkEntryFactory(confirmed=True, enrolment=bastien, minutes=100)
    make.WorkEntryFactory(confirmed=True, enrolment=bastien, minutes=60, kind="meeting")
    make.WorkEntryFactory(enrolment=bastien, minutes=600)  # nobody confirmed it
    make.WorkEntryFactory(confirmed=True, enrolment=people.enrolments["chloe"], minutes=999)
    return people


def parts(simulation):
    return {trial.kind.value: list((trial.parts or {}).values()) for trial in simulation.trials}


def test_the_three_rules_share_the_same_hours_and_the_same_pot(worked):
    tried = simulate(worked.a.cohort.pk, ["production"], TODAY)
    assert (tried.pot, tried.invented) == (Decimal("1000.00"), True)
    assert parts(tried) == {
        "equal": [Decimal("500.00"), Decimal("500.00")],
        "hours": [Decimal("750.00"), Decimal("250.00")],
        "half": [Decimal("625.00"), Decimal("375.00")],
    }


def test_the_pot_is_what_is_sold_and_paid_once_something_is(worked):
    project = make.ProjectFactory(cohort=worked.a.cohort)
    seller = {"project": project, "recorded_by": worked.driss}
    make.SaleFactory(**seller, amount=Decimal("80.00"))
    make.SaleFactory(**seller, amount=Decimal("999.00"), moved_on=None)
    make.SaleFactory(**seller, amount=Decimal("555.00"), moved_on=dt.date(2026, 11, 26))
    tried = simulate(worked.a.cohort.pk, ["production", "meeting"], TODAY)
    assert (tried.pot, tried.invented) == (Decimal("80.00"), False)
    assert all(sum(amounts) == Decimal("80.00") for amounts in parts(tried).values())


def test_without_any_hour_the_rules_by_hours_say_why_they_cannot_be_tried(people):
    tried = simulate(people.a.cohort.pk, ["production"], TODAY)
    assert parts(tried)["equal"] == [Decimal("500.00"), Decimal("500.00")]
    assert [bool(trial.why) for trial in tried.trials] == [False, True, True]


def test_my_own_line_is_mine_under_each_rule(worked):
    effect = effects.get("sharing_rule")
    settings = SETTINGS | {"counted_kinds": ["production"]}
    lines = effect.own_lines(worked.enrolments["amina"].pk, worked.a.cohort.pk, settings, TODAY)
    assert set(lines) == {"equal", "hours", "half"}
    assert lines["half"].replace("\u00a0", " ") == (
        "Avec tes 5 h, sur un pot inventé de 1 000,00 € : environ 625,00 €."
    )


def test_the_spread_shown_to_the_coordinator_has_amounts_and_no_name(worked):
    tried = effects.get("sharing_rule").what_if(worked.a.cohort.pk, SETTINGS, TODAY)
    assert [spread.label for spread in tried.spreads] == [
        "Égal pour tous",
        "Aux heures",
        "Moitié égal, moitié heures",
    ]
    assert all(list(spread.amounts) == sorted(spread.amounts) for spread in tried.spreads)
    assert "Amina" not in repr(tried)


# What check_consistency would find.


def test_the_house_sees_a_rule_without_decision_and_a_decision_without_rule(people):
    outcome = adopted(people)
    assert list(rule_invariants._adopted_without_rule()) == []
    Outcome.objects.filter(pk=outcome.pk).update(effect_state="blocked")
    assert len(list(rule_invariants._adopted_without_rule())) == 1
    Outcome.objects.filter(pk=outcome.pk).update(effect_state="applied")
    SplitRule.objects.all().delete()
    assert len(list(rule_invariants._adopted_without_rule())) == 1
