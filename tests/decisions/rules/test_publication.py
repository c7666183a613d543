"""What a result may show: the less there are, the less is said."""

import json
from collections import defaultdict

import pytest

from decisions.rules.publication import level, may_open, published
from decisions.rules.tally import tally
from tests.decisions.rules.elections import MAKERS, drawn
from tests.decisions.rules.papers import LOT, count, times
from tests.examples import EXAMPLES


@pytest.mark.parametrize(
    ("secrecy", "about_person", "cast", "shown"),
    [
        ("open", False, 3, "full"),
        ("open", True, 15, "full"),
        ("secret", False, 10, "counts"),
        ("sealed", False, 15, "counts"),
        ("secret", False, 9, "outcome_only"),
        ("sealed", False, 5, "outcome_only"),
        ("sealed", False, 0, "outcome_only"),
        ("sealed", True, 15, "outcome_only"),
        ("secret", True, 10, "outcome_only"),
    ],
)
def test_how_much_is_shown(secrecy, about_person, cast, shown):
    assert level(secrecy=secrecy, about_person=about_person, roll=15, cast=cast) == shown


def test_a_secret_poll_needs_a_roll_of_five():
    assert [may_open("secret", roll) for roll in (4, 5)] == [False, True]
    assert [may_open("sealed", roll) for roll in (4, 5)] == [False, True]
    assert may_open("open", 1)
    with pytest.raises(ValueError, match="five"):
        level(secrecy="secret", about_person=False, roll=4, cast=4)


@pytest.mark.parametrize(("secrecy", "cast"), [("closed", 5), ("secret", 16), ("open", -1)])
def test_impossible_questions_are_errors(secrecy, cast):
    with pytest.raises(ValueError, match="secrecy"):
        level(secrecy=secrecy, about_person=False, roll=15, cast=cast)


ELECTION = count(
    "majority-judgment",
    [
        times(4, grades={"a": 4, "b": 3}),
        times(4, grades={"a": 3, "b": 4}),
        times(2, blank=True),
    ],
    "ab",
    roll=15,
    quorum="1/2",
    lot=LOT,
)


def test_the_outcome_alone_says_neither_count_nor_ranking_nor_tie():
    assert published(ELECTION, "outcome_only") == {
        "format": "ct-tally/1",
        "method": "majority-judgment",
        "poll": "poll-7",
        "roll": 15,
        "present": 10,
        "quorum": {"required": 8, "reached": True},
        "outcome": "elected",
        "winners": ["a"],
    }


@pytest.mark.parametrize("shown", ["full", "counts"])
def test_counts_may_be_shown_whole(shown):
    assert published(ELECTION, shown) == ELECTION


def test_the_urn_of_a_missed_quorum_is_never_opened():
    missed = tally(drawn("majority", 1, plain=True) | {"roll": 100, "quorum": "1/2"})
    assert published(missed, "full") == missed
    assert set(published(missed, "counts")) == set(published(ELECTION, "outcome_only"))


@pytest.mark.properties
@pytest.mark.parametrize("method", MAKERS)
def test_two_elections_that_end_alike_look_alike(method):
    """No choice, no count and no rank can be read from the outcome alone: it is a function of it."""
    seen = defaultdict(set)
    for number in range(EXAMPLES):
        result = tally(drawn(method, number))
        public = ("roll", "present", "outcome", "winners", "quorum")
        shown = json.dumps(published(result, "outcome_only"), sort_keys=True)
        seen[json.dumps([result[key] for key in public])].add(shown)
    assert all(len(shown) == 1 for shown in seen.values())
    assert len(seen) > 10
