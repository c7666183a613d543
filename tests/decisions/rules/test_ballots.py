"""One ballot, one rule: the canonical form in which they are written, and its length."""

from random import Random

import pytest

from decisions.rules.tally import (
    METHODS,
    BadBallots,
    canonical,
    check_ballot,
    check_rule,
    longest_ballot,
)  # fmt: skip
from tests.decisions.rules.elections import MAKERS, drawn
from tests.examples import EXAMPLES

BUDGET = {"budget": 30000}


def checked(method: str, ballot: dict, options: str = "abc", rule: dict | None = None, **more):
    return check_ballot(method=method, options=options, rule=rule or {}, ballot=ballot, **more)


def test_the_seven_methods_are_known_by_their_codes():
    assert tuple(METHODS) == (
        "majority", "consent", "majority-judgment", "approval", "ranked", "equal-shares", "choice",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("method", "given", "rule"),
    [
        ("majority", {}, {"majority": "simple", "fraction": "2/3", "base": "expressed"}),
        (
            "consent",
            {},
            {
                "round": 1,
                "max_rounds": 3,
                "fallback": {"majority": "qualified", "fraction": "2/3", "base": "expressed"},
            },
        ),
        ("majority-judgment", {}, {"grades": 5, "min_grade": 1}),
        ("approval", {"seats": 2}, {"seats": 2, "threshold": "0"}),
        ("ranked", {}, {}),
        ("equal-shares", BUDGET, {"budget": 30000, "step": 100, "min_votes": 1}),
        ("choice", {}, {}),
    ],
)
def test_a_rule_is_written_with_its_defaults_and_checks_again_as_itself(method, given, rule):
    assert check_rule(method=method, rule=given, options=("a", "b"), roll=15) == rule
    assert check_rule(method=method, rule=rule, options=("a", "b"), roll=15) == rule


def test_no_fallback_stays_no_fallback():
    rule = check_rule(method="consent", rule={"fallback": None}, options=())
    assert rule["fallback"] is None


@pytest.mark.parametrize(
    ("method", "ballot", "written"),
    [
        ("majority", {"choice": "for"}, b'{"choice":"for"}'),
        ("approval", {"approve": ("c", "a")}, b'{"approve":["a","c"]}'),
        ("approval", {"approve": []}, b'{"approve":[]}'),
        ("ranked", {"ranking": [["c", "a"], ["b"]]}, b'{"ranking":[["a","c"],["b"]]}'),
        ("majority-judgment", {"grades": {"b": 2, "a": 0}}, b'{"grades":{"a":0,"b":2}}'),
        ("choice", {"choice": "b"}, b'{"choice":"b"}'),
        ("choice", {"blank": True}, b'{"blank":true}'),
        ("consent", {"voice": "concern", "text": "  "}, b'{"voice":"concern"}'),
        (
            "consent",
            {"voice": "objection", "text": " trop cher "},
            b'{"state":"open","text":"trop cher","voice":"objection"}',
        ),
    ],
)
def test_a_ballot_is_written_in_one_way(method, ballot, written):
    once = checked(method, ballot)
    assert canonical(once) == written
    assert canonical(checked(method, once)) == written


def test_an_objection_is_argued_when_it_is_cast_and_not_when_it_is_counted():
    silent = {"voice": "objection", "text": "   "}
    with pytest.raises(BadBallots) as refused:
        checked("consent", silent)
    assert refused.value.path == "$.text"
    assert checked("consent", silent, casting=False) == {"voice": "objection", "state": "open"}


@pytest.mark.parametrize("key", ["count", "voter"])
def test_a_ballot_that_is_cast_says_neither_who_nor_how_many(key):
    with pytest.raises(BadBallots) as refused:
        checked("majority", {"choice": "for", key: 1})
    assert refused.value.path == f"$.{key}"


def test_a_consent_poll_is_never_padded():
    with pytest.raises(ValueError, match="open"):
        longest_ballot(method="consent", options=(), rule={})


@pytest.mark.parametrize(
    ("method", "options", "rule", "longest"),
    [
        ("majority", "", {}, b'{"choice":"against"}'),
        ("choice", ("a", "é"), {}, b'{"choice":"\\u00e9"}'),
        ("choice", ("a",), {}, b'{"choice":"a"}'),
        ("approval", "ab", {}, b'{"approve":["a","b"]}'),
        ("ranked", "ab", {}, b'{"ranking":[["a"],["b"]]}'),
        ("majority-judgment", "ab", {"grades": 12}, b'{"grades":{"a":11,"b":11}}'),
        ("equal-shares", "a", BUDGET, b'{"approve":["a"]}'),
    ],
)
def test_the_longest_ballot(method, options, rule, longest):
    assert longest_ballot(method=method, options=options, rule=rule) == len(longest)


@pytest.mark.properties
@pytest.mark.parametrize("method", [method for method in MAKERS if method != "consent"])
def test_no_ballot_is_longer_than_the_longest(method):
    reached = False
    for number in range(EXAMPLES):
        document = drawn(method, number)
        options = [option["id"] for option in document.get("options", [])]
        terms = {"method": method, "options": options, "rule": document["rule"]}
        most = longest_ballot(**terms)
        for ballot in document["ballots"]:
            bare = {key: value for key, value in ballot.items() if key != "count"}
            size = len(canonical(check_ballot(**terms, ballot=bare)))
            assert size <= most
            reached = reached or size == most
    assert reached


def test_a_ballot_never_depends_on_the_order_in_which_it_was_clicked():
    chance = Random(7)
    names = list("abcdef")
    for _ in range(50):
        picked = chance.sample(names, 4)
        again = chance.sample(picked, 4)
        one = checked("approval", {"approve": picked}, "abcdef")
        assert one == checked("approval", {"approve": again}, "abcdef")
