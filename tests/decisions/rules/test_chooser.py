"""The chooser: a question leads to a method that exists, with a rule that is valid."""

import pytest

from decisions.rules.chooser import ABOUT_A_PERSON, ADVICE, Subject, advise
from decisions.rules.tally import METHODS, check_rule

# What is asked before the poll, and has no default.
ASKED = {Subject.SPEND_RESERVE: {"budget": 30000}}


@pytest.mark.parametrize("subject", Subject)
def test_its_rule_is_accepted_as_it_is(subject):
    advice = advise(subject)
    rule = {**advice.rule, **ASKED.get(subject, {})}
    full = check_rule(method=advice.method, rule=rule, options=("a", "b"))
    assert rule.items() <= full.items()


@pytest.mark.parametrize("subject", Subject)
def test_its_alternatives_are_other_methods(subject):
    advice = advise(subject)
    assert set(advice.alternatives) <= set(METHODS) - {advice.method}
    # Consent is never secret, and a vote about a person always is.
    if subject in ABOUT_A_PERSON:
        assert advice.secrecy == "sealed"
        assert "consent" not in advice.alternatives
    if advice.method == "consent":
        assert advice.secrecy == "open"


@pytest.mark.parametrize(
    ("subject", "method", "secrecy"),
    [
        ("living_rule", "consent", "open"),
        ("yes_no", "majority", "open"),
        ("statutes", "majority", "open"),
        ("one_sharing_rule", "majority", "sealed"),
        ("several_sharing_rules", "majority-judgment", "sealed"),
        ("elect_one", "majority-judgment", "sealed"),
        ("elect_several", "approval", "sealed"),
        ("exclude", "majority", "sealed"),
        ("pick", "approval", "open"),
        ("order", "ranked", "open"),
        ("spend_reserve", "equal-shares", "open"),
    ],
)
def test_the_table(subject, method, secrecy):
    advice = advise(Subject(subject))
    assert (advice.method, advice.secrecy) == (method, secrecy)


def test_excluding_somebody_counts_the_whole_roll():
    rule = advise(Subject.EXCLUDE).rule
    assert (rule["majority"], rule["fraction"], rule["base"]) == ("qualified", "2/3", "roll")
    assert set(ADVICE) == set(Subject)
