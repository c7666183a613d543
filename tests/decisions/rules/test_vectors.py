"""The reference vectors of the rules, one by one."""

import hashlib

import pytest

from decisions.rules import lot
from decisions.rules.quorum import for_poll, required
from decisions.rules.tally import tally
from tests.decisions.rules.papers import LOT, NONCE, board_of, count, paper, times


def for_against(votes_for: int, against: int, *, roll: int | None = None, **rule: str) -> dict:
    ballots = [times(votes_for, choice="for"), times(against, choice="against")]
    ballots = [ballot for ballot in ballots if ballot["count"]]
    return count("majority", ballots, rule=rule, **({"roll": roll} if roll else {}))


@pytest.mark.parametrize(
    ("votes", "rule", "outcome", "needed"),
    [
        ((7, 7), {"majority": "simple"}, "rejected", 8),
        ((8, 7), {"majority": "simple"}, "adopted", 8),
        ((10, 5), {"majority": "qualified", "fraction": "2/3"}, "adopted", 10),
        ((9, 5), {"majority": "qualified", "fraction": "2/3"}, "rejected", 10),
        ((7, 7), {"majority": "qualified", "fraction": "1/2"}, "rejected", 8),
        ((5, 0), {"majority": "qualified", "fraction": "1"}, "adopted", 5),
        ((5, 1), {"majority": "qualified", "fraction": "1"}, "rejected", 6),
    ],
)
def test_majority_of_the_expressed(votes, rule, outcome, needed):
    result = for_against(*votes, **rule)
    assert (result["outcome"], result["detail"]["needed"]) == (outcome, needed)
    assert (result["winners"], result["ranking"], result["tie_break"]) == ([], [], None)


@pytest.mark.parametrize(("votes_for", "outcome"), [(7, "rejected"), (8, "adopted")])
def test_absolute_majority_of_a_roll_of_fifteen(votes_for, outcome):
    result = for_against(votes_for, 0, roll=15, majority="absolute", base="roll")
    assert result["outcome"] == outcome
    assert result["detail"]["base"] == 15
    assert result["detail"]["needed"] == 8


def graded(first: list[int], second: list[int]) -> list[dict]:
    return [{"grades": {"a": a, "b": b}} for a, b in zip(first, second, strict=True)]


def test_judgment_compares_medians_one_after_the_other():
    ballots = graded([7, 11, 9, 9, 11], [8, 11, 9, 9, 10])
    result = count("majority-judgment", ballots, "ab", {"grades": 12})
    assert result["detail"]["a"]["sequence"] == [9, 9, 11, 7, 11]
    assert result["detail"]["b"]["sequence"] == [9, 9, 10, 8, 11]
    assert result["winners"] == ["a"]


def test_judgment_takes_the_lower_middle():
    result = count("majority-judgment", graded([2, 2], [1, 4]), "ab")
    assert result["winners"] == ["a"]
    assert (result["detail"]["a"]["median"], result["detail"]["b"]["median"]) == (2, 1)


def test_judgment_goes_to_the_ninth_value_when_it_must():
    votes = {"A": [1, 2, 4, 5, 3], "B": [2, 1, 4, 4, 4], "C": [0, 3, 6, 6, 0]}
    document = paper("majority-judgment", [], "ABC", roll=15)
    del document["ballots"]
    result = tally(document | {"aggregate": votes, "cast": 15, "blank": 0})
    assert result["ranking"] == [["B"], ["A"], ["C"]]
    first, second = (result["detail"][one]["sequence"] for one in "AB")
    assert first[:8] == second[:8]
    assert (first[8], second[8]) == (3, 4)


def test_schulze_on_the_known_example():
    lines = "5 ACBED, 5 ADECB, 8 BEDAC, 3 CABED, 7 CAEBD, 2 CBADE, 7 DCEBA, 8 EBADC"
    ballots = [
        times(int(number), ranking=[[one] for one in order])
        for number, order in (line.split() for line in lines.split(", "))
    ]
    result = count("ranked", ballots, "ABCDE")
    assert result["ranking"] == [["E"], ["A"], ["C"], ["B"], ["D"]]
    assert (result["outcome"], result["winners"]) == ("elected", ["E"])
    assert result["detail"]["d"]["A>C"] == 26
    assert (result["detail"]["p"]["E>A"], result["detail"]["p"]["A>E"]) == (25, 24)


def test_schulze_leaves_a_perfect_circle_tied():
    result = count(
        "ranked", [{"ranking": [[one] for one in order]} for order in ("abc", "bca", "cab")], "abc"
    )
    assert result["ranking"] == [["a", "b", "c"]]
    assert (result["outcome"], result["winners"]) == ("tie", [])
    assert result["detail"]["tied"] == ["a", "b", "c"]


def test_schulze_puts_the_unranked_last_together():
    ballots = [
        times(5, ranking=[["a"]]),
        times(4, ranking=[["b"], ["c"]]),
        times(3, ranking=[["c"], ["b"]]),
        times(2, ranking=[["a", "b"], ["c"]]),
    ]
    assert count("ranked", ballots, "abc")["ranking"] == [["b"], ["a", "c"]]


def test_equal_shares_raise_the_shares_step_by_step():
    uses = {"P1": 5000, "P2": 10000, "P3": 85000}
    ballots = [{"approve": list(names)} for names in (("P1", "P2"), ("P1",), ("P3",), tuple(uses))]
    detail = count("equal-shares", ballots, uses, {"budget": 100000})["detail"]
    assert [line["id"] for line in detail["chosen"]] == ["P1", "P2", "P3"]
    assert [line["phase"] for line in detail["chosen"]] == ["equal_shares", "equal_shares", "add1"]
    # The richer of the two who pay P3 pays 85000 − (25000 + 100 × 209 − 20000/3): 209 steps it is.
    assert [line["rho"] for line in detail["chosen"]] == ["1/3", "1/2", "1373/2550"]
    assert (detail["spent"], detail["left"]) == (100000, 0)


def test_equal_shares_then_greedily():
    uses = {"outils": 12000, "fete": 15000, "don": 6000, "bache": 9000, "tabliers": 4500}
    ballots = [
        times(5, approve=["outils", "bache"]),
        times(4, approve=["fete"]),
        times(2, approve=["fete", "don"]),
        times(2, approve=["don", "tabliers"]),
        times(1, approve=["outils", "tabliers"]),
    ]
    result = count("equal-shares", ballots, uses, {"budget": 30000})
    assert result["detail"] == {
        "chosen": [
            {"id": "outils", "cost": 12000, "rho": "1/6", "phase": "equal_shares"},
            {"id": "don", "cost": 6000, "rho": "1/4", "phase": "equal_shares"},
            {"id": "bache", "cost": 9000, "rho": None, "phase": "greedy"},
        ],
        "spent": 27000,
        "left": 3000,
    }
    assert (result["outcome"], result["winners"]) == ("adopted", ["outils", "don", "bache"])


def test_equal_shares_need_a_lot_only_between_perfect_equals():
    """Same ratio, then lowest cost, then most approvals, then the lot."""
    uses = {"c": 30, "b": 20, "a": 20}
    ballots = [{"approve": ["c"]}, {"approve": ["b"]}, {"approve": ["a"]}]
    tie = count("equal-shares", ballots, uses, {"budget": 90})
    assert (tie["outcome"], tie["winners"], tie["tie_break"]) == ("tie", [], None)
    assert tie["detail"] == {"chosen": [], "spent": 0, "left": 90, "tied": ["b", "a"]}
    drawn = count("equal-shares", ballots, uses, {"budget": 90}, lot=LOT)
    assert (drawn["outcome"], drawn["winners"]) == ("adopted", ["a", "b", "c"])
    assert drawn["tie_break"]["order"] == ["a", "c", "b"]
    cheaper = count("equal-shares", ballots, uses | {"b": 19}, {"budget": 90})
    assert (cheaper["outcome"], cheaper["winners"]) == ("adopted", ["b", "a", "c"])


def test_the_lot_of_the_vector():
    seed = lot.seed("poll-7", [], NONCE)
    assert seed.startswith("cea58c5a")
    assert seed.endswith("51c0da261")
    assert lot.order(seed, ["a", "b", "c"]) == lot.order(seed, ["c", "b", "a"]) == ("a", "c", "b")
    result = count("approval", [{"approve": ["a", "b", "c"]}], "abc", lot=LOT)
    assert result["tie_break"] == {"kind": "lot", "seed": seed, "order": ["a", "c", "b"]}
    assert (result["outcome"], result["winners"]) == ("elected", ["a"])


def test_the_board_enters_the_lot_sorted():
    first = lot.seed("poll-7", board_of("a", "b"), NONCE)
    assert first == lot.seed("poll-7", board_of("b", "a"), NONCE)
    assert first != lot.seed("poll-7", [], NONCE)


def test_the_commitment_is_of_the_letters():

    assert lot.commitment(NONCE) == hashlib.sha256(NONCE.encode("ascii")).hexdigest()


@pytest.mark.parametrize(
    ("share", "roll", "secret", "needed"),
    [((1, 2), 15, False, 8), ((1, 3), 14, False, 5), ((1, 3), 9, False, 3), ((1, 3), 9, True, 5),
     ((0, 1), 15, True, 5), ((2, 3), 15, True, 10)],
)  # fmt: skip
def test_a_secret_poll_never_has_a_quorum_under_five(share, roll, secret, needed):
    assert for_poll(*share, roll, secret=secret) == needed
    assert required(needed, roll, roll) == needed
