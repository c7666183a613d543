"""What holds for any election (voting.md, §10), tried on drawn ones; tests.examples says how many."""

import json
from copy import deepcopy
from fractions import Fraction
from random import Random

import pytest

from decisions.rules import equal_shares
from decisions.rules.method import layers
from decisions.rules.tally import METHODS, tally
from tests.decisions.rules.elections import MAKERS, WITH_OPTIONS, drawn
from tests.decisions.rules.papers import count, times
from tests.decisions.rules.sums import aggregated
from tests.examples import EXAMPLES

pytestmark = pytest.mark.properties
each_method = pytest.mark.parametrize("method", MAKERS)


def elections(method: str, **more):
    return (drawn(method, number, **more) for number in range(EXAMPLES))


def same(result: dict, *keys: str) -> dict:
    return {key: result[key] for key in keys}


@each_method
def test_who_voted_first_changes_nothing(method):
    for document in elections(method):
        shuffled = deepcopy(document)
        Random(1).shuffle(shuffled["ballots"])
        assert tally(shuffled) == tally(document)


@each_method
def test_a_count_is_so_many_ballots(method):
    for document in elections(method):
        spread = [
            {key: value for key, value in ballot.items() if key != "count"}
            for ballot in document["ballots"]
            for _ in range(ballot.get("count", 1))
        ]
        assert tally(document | {"ballots": spread}) == tally(document)


@each_method
def test_the_answer_is_the_same_to_the_byte(method):
    for document in elections(method):
        again = json.loads(json.dumps(document, sort_keys=True))
        assert json.dumps(tally(again)) == json.dumps(tally(document))
        # Plain JSON: no tuple, fraction or float has slipped in.
        assert json.loads(json.dumps(tally(document))) == tally(document)
        assert not any(isinstance(value, float) for value in walk(tally(document)))


def walk(value: object):
    yield value
    for inner in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from walk(inner)


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"consent", "equal-shares"}))
def test_ballots_and_their_sums_agree(method):
    for document in elections(method):
        sums = aggregated(document)
        assert "ballots" not in sums
        assert tally(json.loads(json.dumps(sums))) == tally(document)


def renamed(document: dict, names: dict[str, str]) -> dict:
    """The same election with other names, its options listed in another order."""
    text = json.dumps(document["ballots"])
    for old, new in names.items():
        text = text.replace(f'"{old}"', f'"{new}@"')
    options = [option | {"id": names[option["id"]]} for option in document["options"]]
    options.sort(key=lambda option: option["id"])
    return document | {"ballots": json.loads(text.replace('@"', '"')), "options": options}


@pytest.mark.parametrize("method", WITH_OPTIONS)
def test_permuting_options_changes_only_names(method):
    for number in range(EXAMPLES):
        document = drawn(method, number, lot=False)
        ids = [option["id"] for option in document["options"]]
        # Not "approve" nor "choice": a name is one letter, a key is a word.
        names = dict(zip(ids, Random(number).sample(ids, len(ids)), strict=True))
        first, second = tally(document), tally(renamed(document, names))
        keys = ("outcome", "cast", "blank", "expressed", "quorum", "tie_break")
        assert same(first, *keys) == same(second, *keys)
        assert [{names[one] for one in layer} for layer in first["ranking"]] == [
            set(layer) for layer in second["ranking"]
        ]
        assert {names[one] for one in first["winners"]} == set(second["winners"])
        assert {names[one] for one in first["detail"].get("tied", ())} == set(
            second["detail"].get("tied", ())
        )


# Of equal shares, only the first phase: next test.
@pytest.mark.parametrize("method", [method for method in MAKERS if method != "equal-shares"])
def test_doubling_the_electorate_changes_nothing(method):
    for document in elections(method, plain=True):
        twice = document | {
            "ballots": document["ballots"] * 2,
            "roll": 2 * document["roll"],
            "present": 2 * document["present"],
        }
        keys = ("outcome", "winners", "ranking", "tie_break")
        assert same(tally(twice), *keys) == same(tally(document), *keys)


def base_run(document: dict, copies: int) -> list[str]:
    """What equal shares alone buy, before any step is added."""
    costs = {option["id"]: option["cost"] for option in document["options"]}
    ballots = [(one, copies * one.get("count", 1)) for one in document["ballots"]]
    votes = equal_shares.gather(ballots, list(costs), {})
    people = sum(many for kind, many in votes.items() if kind)
    liked = {use: sum(many for kind, many in votes.items() if use in kind) for use in costs}
    uses = equal_shares.Uses({use: costs[use] for use in costs if liked[use]}, votes, liked)
    share = Fraction(document["rule"]["budget"], people or 1)
    return [use for use, _ in uses.run(share, lambda tied: tied[0]).bought]


def test_doubling_the_electorate_buys_the_same_by_equal_shares():
    bought = 0
    for document in elections("equal-shares", plain=True):
        once = base_run(document, 1)
        assert base_run(document, 2) == once
        bought += len(once)
    assert bought > EXAMPLES


def test_never_more_than_the_budget_is_spent_and_nobody_pays_for_what_they_refuse():
    for document in elections("equal-shares"):
        detail, rule = tally(document)["detail"], document["rule"]
        costs = {option["id"]: option["cost"] for option in document["options"]}
        assert detail["spent"] == sum(costs[line["id"]] for line in detail["chosen"])
        assert detail["spent"] + detail["left"] == rule["budget"]
        assert detail["left"] >= 0
        approved = {use for ballot in document["ballots"] for use in ballot.get("approve", ())}
        assert {line["id"] for line in detail["chosen"]} <= approved


@each_method
def test_nobody_expressed_adopts_nothing(method):
    """With a quorum of nothing too: 0 ≥ 0 is no reason."""
    seen = 0
    for document in elections(method):
        blank = [{"blank": True, "count": one.get("count", 1)} for one in document["ballots"]]
        for ballots in (blank, []):
            result = tally(document | {"ballots": ballots, "quorum": "0"})
            assert result["outcome"] in ("rejected", "no_winner")
            assert (result["winners"], result["expressed"]) == ([], 0)
            assert result["tie_break"] is None
            seen += 1
    assert seen == 2 * EXAMPLES


@each_method
def test_a_missed_quorum_decides_nothing(method):
    for document in elections(method, plain=True):
        roll = 2 * document["roll"] + 1
        result = tally(document | {"roll": roll, "quorum": "1/2"})
        assert result["quorum"] == {"required": -(-roll // 2), "reached": False}
        assert (result["outcome"], result["winners"], result["tie_break"]) == (
            "quorum_missed", [], None,
        )  # fmt: skip
        assert "tied" not in result["detail"]


@pytest.mark.parametrize(
    ("method", "ballot", "outcome"),
    [
        ("majority", {"choice": "for"}, "adopted"),
        ("consent", {"voice": "consent"}, "adopted"),
        ("majority-judgment", {"grades": {"b": 3, "a": 2}}, "elected"),
        ("approval", {"approve": ["b"]}, "elected"),
        ("ranked", {"ranking": [["b"]]}, "elected"),
        ("equal-shares", {"approve": ["b"]}, "adopted"),
        ("choice", {"choice": "b"}, "elected"),
    ],
)
def test_unanimity_is_heard(method, ballot, outcome):
    has_options = METHODS[method].HAS_OPTIONS
    options = {"a": 10, "b": 100, "c": 5} if method == "equal-shares" else "abc"
    for voters in range(1, 20):
        result = count(
            method,
            [times(voters, **ballot)],
            options if has_options else "",
            {"budget": 100} if method == "equal-shares" else {},
        )
        assert (result["outcome"], result["winners"]) == (outcome, ["b"] if has_options else [])


def lifted(method: str, ballot: dict, option: str) -> dict:
    """The same ballot, somewhat better for one option."""
    if method == "majority-judgment":
        grade = min(4, ballot["grades"].get(option, 0) + 1)
        return ballot | {"grades": ballot["grades"] | {option: grade}}
    if method == "approval":
        return ballot | {"approve": sorted({*ballot["approve"], option})}
    if method == "choice":
        return ballot | {"choice": option}
    others = [[one for one in place if one != option] for place in ballot["ranking"]]
    above = next((n for n, place in enumerate(ballot["ranking"]) if option in place), len(others))
    at = max(0, above - 1)
    return ballot | {
        "ranking": [place for place in [*others[:at], [option], *others[at:]] if place]
    }


@pytest.mark.parametrize("method", ["majority-judgment", "approval", "ranked", "choice"])
def test_more_support_never_makes_a_winner_lose(method):
    tried = 0
    for number in range(EXAMPLES):
        document = drawn(method, number, plain=True)
        before = tally(document)
        best = before["winners"] or before["detail"].get("tied", [])
        for option in best[:1]:
            more = deepcopy(document)
            one = Random(number).randrange(len(more["ballots"]))
            more["ballots"][one] = lifted(method, more["ballots"][one], option)
            after = tally(more)
            assert option in (*after["winners"], *after["detail"].get("tied", ())), document
            tried += 1
    assert tried > EXAMPLES // 3


def test_whoever_beats_every_other_is_elected_by_ranking():
    found = 0
    for document in elections("ranked", plain=True):
        result = tally(document)
        d, options = result["detail"]["d"], [option["id"] for option in document["options"]]
        for one in options:
            others = [other for other in options if other != one]
            if others and all(d[f"{one}>{other}"] > d[f"{other}>{one}"] for other in others):
                assert result["winners"] == [one]
                assert result["ranking"][0] == [one]
                found += 1
    assert found > EXAMPLES // 5


def test_a_lot_changes_nothing_but_a_tie():
    for method in WITH_OPTIONS:
        for number in range(EXAMPLES // 4):
            without, having = (drawn(method, number, lot=lot) for lot in (False, True))
            first, second = tally(without), tally(having)
            if second["tie_break"] is None:
                assert first == second
            else:
                assert first["outcome"] == "tie"
                assert set(first["winners"]) <= set(second["winners"])
                assert second["outcome"] in ("elected", "adopted")
                ids = [option["id"] for option in having["options"]]
                assert sorted(second["tie_break"]["order"]) == sorted(ids)


def test_equals_share_a_layer_in_the_order_of_the_poll():
    assert layers("cab", {"a": 1, "b": 2, "c": 1}) == [["b"], ["c", "a"]]
