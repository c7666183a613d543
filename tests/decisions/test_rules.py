"""Quorum, majority and roll: vectors, properties, and every small election by brute force."""

import itertools
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.rules.choice import leading
from decisions.rules.method import ELECTED, NO_WINNER, QUORUM_MISSED
from decisions.rules.quorum import reached, required
from decisions.rules.roll import roll_hash
from decisions.rules.tally import BadBallots, tally

ABC = ("a", "b", "c")


@dataclass(frozen=True)
class Verdict:
    """What the tests ask of a tally."""

    kind: str
    winner: str | None
    present: int
    expressed: int
    required: int
    again: tuple[str, ...]


def count(votes: dict[str, int], *, blank=0, roll=15, quorum=(1, 2), options=ABC) -> Verdict:
    """Through the door every vote goes through: one document, counted."""
    top, bottom = quorum
    said = tally(
        {
            "format": "ct-ballots/1",
            "method": "choice",
            "poll": "1",
            "roll": roll,
            "quorum": f"{top}/{bottom}" if top else "0",
            "options": [{"id": code} for code in options],
            "rule": {},
            "aggregate": dict.fromkeys(options, 0) | votes,
            "cast": sum(votes.values()) + blank,
            "blank": blank,
        }
    )
    return Verdict(
        said["outcome"],
        said["winners"][0] if said["winners"] else None,
        said["present"],
        said["expressed"],
        said["quorum"]["required"],
        tuple(said["detail"]["again"]),
    )


@pytest.mark.parametrize(
    ("numerator", "denominator", "roll", "needed"),
    [(1, 2, 15, 8), (1, 3, 14, 5), (1, 2, 14, 7), (0, 1, 15, 0), (1, 1, 15, 15), (2, 3, 15, 10)],
)
def test_quorum_is_the_fraction_rounded_up(numerator, denominator, roll, needed):
    assert required(numerator, denominator, roll) == needed
    assert reached(needed, needed)
    assert not reached(needed - 1, needed)


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 400))
def test_quorum_is_the_smallest_integer_not_below_the_exact_fraction(numerator, denominator, roll):
    if numerator > denominator:
        with pytest.raises(ValueError, match="fraction"):
            required(numerator, denominator, roll)
        return
    needed, exact = required(numerator, denominator, roll), Fraction(numerator * roll, denominator)
    assert needed - 1 < exact <= needed


def test_it_elects_what_more_than_half_of_the_expressed_chose():
    verdict = count({"a": 2, "b": 3, "c": 8})
    assert (verdict.kind, verdict.winner) == (ELECTED, "c")
    assert (verdict.present, verdict.expressed, verdict.required) == (13, 13, 8)
    assert verdict.again == ()


def test_exactly_half_is_not_a_majority():
    assert count({"a": 7, "b": 7}).kind == NO_WINNER
    assert count({"a": 5, "b": 3, "c": 2}).kind == NO_WINNER
    assert count({"a": 6, "b": 3, "c": 2}).winner == "a"


def test_blanks_count_in_the_quorum_and_not_in_the_majority():
    verdict = count({"a": 3, "b": 2}, blank=3)
    assert (verdict.kind, verdict.winner, verdict.present, verdict.expressed) == (
        ELECTED,
        "a",
        8,
        5,
    )
    assert count({"a": 3, "b": 2}, blank=2).kind == QUORUM_MISSED


def test_nobody_expressed_adopts_nothing_even_when_the_quorum_is_reached():
    verdict = count({}, blank=8)
    assert (verdict.kind, verdict.winner) == (NO_WINNER, None)
    assert verdict.again == ABC


def test_nobody_came():
    assert count({}).kind == QUORUM_MISSED
    assert count({}, quorum=(0, 1)).kind == NO_WINNER


def test_a_missed_quorum_puts_the_same_options_again():
    assert count({"a": 7}).again == ABC


@pytest.mark.parametrize(
    ("votes", "again"),
    [
        ({"a": 4, "b": 3, "c": 1}, ("a", "b")),
        ({"a": 1, "b": 4, "c": 3}, ("b", "c")),
        ({"a": 4, "b": 4, "c": 1}, ("a", "b")),
        ({"a": 3, "b": 3, "c": 3}, ABC),
        ({"a": 4, "b": 2, "c": 2}, ABC),
    ],
)
def test_the_next_round_is_between_the_leading_options(votes, again):
    assert leading(ABC, votes) == again


@pytest.mark.parametrize(
    ("votes", "blank"), [({"z": 1}, 0), ({"a": -1}, 0), ({"a": 1}, -1), ({"a": 15}, 1)]
)
def test_impossible_counts_are_errors(votes, blank):
    with pytest.raises(BadBallots):
        count(votes, blank=blank)


def brute(
    ballots: tuple[str | None, ...], options: tuple[str, ...], roll: int
) -> tuple[str, str | None]:
    """The law again, said another way: on a list of ballots, with exact fractions."""
    if Fraction(len(ballots)) < Fraction(roll, 2):
        return QUORUM_MISSED, None
    expressed = [ballot for ballot in ballots if ballot is not None]
    for option in options:
        if expressed and Fraction(expressed.count(option), len(expressed)) > Fraction(1, 2):
            return ELECTED, option
    return NO_WINNER, None


def test_every_election_up_to_four_voters_and_three_options():
    seen = 0
    for size in (1, 2, 3):
        options = ABC[:size]
        for roll in range(1, 5):
            # Each person: one of the options, blank (None), or did not come ("-").
            for profile in itertools.product((*options, None, "-"), repeat=roll):
                ballots = tuple(ballot for ballot in profile if ballot != "-")
                counts = Counter(ballot for ballot in ballots if ballot is not None)
                verdict = count(dict(counts), blank=ballots.count(None), roll=roll, options=options)
                assert (verdict.kind, verdict.winner) == brute(ballots, options, roll), profile
                assert bool(verdict.again) == (verdict.kind != ELECTED)
                seen += 1
    assert seen == sum((size + 2) ** roll for size in (1, 2, 3) for roll in range(1, 5))


tallies = st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))


@given(tallies, st.permutations(ABC), st.integers(0, 60))
def test_permuting_options_changes_only_names(drawn, order, absent):
    votes, blank = dict(zip(ABC, drawn[:3], strict=True)), drawn[3]
    roll = sum(drawn) + absent
    renamed = dict(zip(ABC, order, strict=True))
    first = count(votes, blank=blank, roll=roll)
    second = count(
        {renamed[code]: number for code, number in votes.items()}, blank=blank, roll=roll
    )
    assert second.kind == first.kind
    assert second.winner == (renamed[first.winner] if first.winner else None)
    assert set(second.again) == {renamed[code] for code in first.again}


@given(st.integers(1, 40), st.sampled_from(ABC))
def test_unanimity_is_heard(roll, code):
    assert count({code: roll}, roll=roll).winner == code


@given(tallies, st.integers(0, 60))
def test_doubling_the_electorate_changes_nothing(drawn, absent):
    votes, roll = dict(zip(ABC, drawn[:3], strict=True)), sum(drawn) + absent
    doubled = {code: 2 * number for code, number in votes.items()}
    once = count(votes, blank=drawn[3], roll=roll)
    twice = count(doubled, blank=2 * drawn[3], roll=2 * roll)
    assert (once.kind, once.winner, once.again) == (twice.kind, twice.winner, twice.again)


@given(tallies, st.integers(0, 60))
def test_one_more_voice_for_the_winner_never_makes_it_lose(drawn, absent):
    votes, roll = dict(zip(ABC, drawn[:3], strict=True)), sum(drawn) + absent + 1
    won = count(votes, blank=drawn[3], roll=roll).winner
    if won:
        more = votes | {won: votes[won] + 1}
        assert count(more, blank=drawn[3], roll=roll).winner == won


def test_the_hash_of_the_roll_forgets_order_and_nothing_else():
    assert roll_hash(7, [3, 1, 2]) == roll_hash(7, [1, 2, 3])
    assert roll_hash(7, [1, 2]) != roll_hash(7, [1, 2, 3])
    assert roll_hash(7, [1, 2]) != roll_hash(8, [1, 2])
    assert roll_hash(7, [12]) != roll_hash(7, [1, 2])
