"""What is refused, and where the sentence points: one near miss each."""

import json
from copy import deepcopy
from fractions import Fraction

import pytest

from decisions.rules import reading
from decisions.rules.reading import MAX_BYTES, parse
from decisions.rules.tally import BadBallots, check_options, tally
from tests.decisions.rules.papers import LOT, board_of, paper

JUDGED = paper("majority-judgment", [{"grades": {"a": 4, "b": 2}}, {"blank": True}], "ab", lot=LOT)
RANKED = paper("ranked", [{"ranking": [["a"], ["b", "c"]]}], "abc")
APPROVED = paper("approval", [{"approve": ["a"]}], "ab", {"seats": 1, "threshold": "1/2"})
SPENT = paper("equal-shares", [{"approve": ["a"]}], {"a": 50, "b": 100}, {"budget": 100})
VOTED = paper("majority", [{"choice": "for"}], rule={"majority": "qualified"})
HEARD = paper("consent", [{"voice": "consent"}, {"voice": "objection", "state": "open"}])
CHOSEN = paper("choice", [{"choice": "a"}], "ab")
ALL = [JUDGED, RANKED, APPROVED, SPENT, VOTED, HEARD, CHOSEN]


def refusal(document: object) -> BadBallots:
    with pytest.raises(BadBallots) as refused:
        tally(document)
    assert str(refused.value).startswith(f"{refused.value.path} : ")
    assert "\n" not in str(refused.value)
    return refused.value


@pytest.mark.parametrize("document", ALL, ids=lambda document: document["method"])
def test_the_models_of_this_file_are_counted(document):
    assert tally(document)["format"] == "ct-tally/1"


@pytest.mark.parametrize(
    ("model", "where", "value", "path"),
    [
        # The head.
        (JUDGED, ["format"], "ct-ballots/2", "$.format"),
        (JUDGED, ["method"], "borda", "$.method"),
        (JUDGED, ["method"], None, "$.method"),
        (JUDGED, ["poll"], "", "$.poll"),
        (JUDGED, ["poll"], "a\x1fb", "$.poll"),
        (JUDGED, ["poll"], "\ud800", "$.poll"),
        (JUDGED, ["poll"], 7, "$.poll"),
        (JUDGED, ["roll"], 2.0, "$.roll"),
        (JUDGED, ["roll"], True, "$.roll"),
        (JUDGED, ["roll"], -1, "$.roll"),
        (JUDGED, ["roll"], 10**9, "$.roll"),
        (JUDGED, ["roll"], 1, "$.ballots[1]"),
        (JUDGED, ["present"], 1, "$.present"),
        (JUDGED, ["present"], 3, "$.present"),
        (JUDGED, ["present"], None, "$.present"),
        (JUDGED, ["quorum"], 0, "$.quorum"),
        (JUDGED, ["quorum"], "0.5", "$.quorum"),
        (JUDGED, ["quorum"], "3/2", "$.quorum"),
        (JUDGED, ["quorum"], "1/0", "$.quorum"),
        (JUDGED, ["quorum"], "1/2\n", "$.quorum"),
        (JUDGED, ["quorum"], "-1/2", "$.quorum"),
        (JUDGED, ["quorum"], "١/2", "$.quorum"),
        (JUDGED, ["date"], "2026-11-26", "$.date"),
        (JUDGED, ["a b"], 1, '$["a b"]'),
        # Options.
        (JUDGED, ["options"], [], "$.options"),
        (JUDGED, ["options"], {"a": 1}, "$.options"),
        (JUDGED, ["options"], [{"id": f"o{n}"} for n in range(101)], "$.options"),
        (JUDGED, ["options", 1, "id"], "a", "$.options[1].id"),
        (JUDGED, ["options", 1, "id"], "a>b", "$.options[1].id"),
        (JUDGED, ["options", 1, "id"], "tied", "$.rule"),
        (JUDGED, ["options", 1, "label"], 3, "$.options[1].label"),
        (JUDGED, ["options", 1, "cost"], 3, "$.options[1].cost"),
        (JUDGED, ["options", 1], "b", "$.options[1]"),
        (VOTED, ["options"], [{"id": "a"}], "$.options"),
        (HEARD, ["options"], [{"id": "a"}], "$.options"),
        (SPENT, ["options", 1, "cost"], 101, "$.options[1].cost"),
        (SPENT, ["options", 1, "cost"], -1, "$.options[1].cost"),
        (SPENT, ["options", 1, "cost"], 1.5, "$.options[1].cost"),
        (SPENT, ["options", 1, "cost"], "100", "$.options[1].cost"),
        # Rules.
        (JUDGED, ["rule"], [], "$.rule"),
        (JUDGED, ["rule", "seats"], 1, "$.rule.seats"),
        (JUDGED, ["rule", "grades"], 1, "$.rule.grades"),
        (JUDGED, ["rule", "min_grade"], 5, "$.rule.min_grade"),
        (RANKED, ["rule", "seats"], 1, "$.rule.seats"),
        (APPROVED, ["rule", "seats"], 0, "$.rule.seats"),
        (APPROVED, ["rule", "threshold"], 0.5, "$.rule.threshold"),
        (SPENT, ["rule"], {}, "$.rule.budget"),
        (SPENT, ["rule", "budget"], 0, "$.rule.budget"),
        (SPENT, ["rule", "budget"], 100.0, "$.rule.budget"),
        (SPENT, ["rule", "step"], 0, "$.rule.step"),
        (SPENT, ["rule", "min_votes"], 0, "$.rule.min_votes"),
        (VOTED, ["rule", "majority"], "two-thirds", "$.rule.majority"),
        (VOTED, ["rule", "base"], "cast", "$.rule.base"),
        (VOTED, ["rule", "fraction"], "1/3", "$.rule.fraction"),
        (VOTED, ["rule"], {"majority": "simple", "base": "roll"}, "$.rule.base"),
        (HEARD, ["rule", "round"], 4, "$.rule.round"),
        (HEARD, ["rule", "max_rounds"], 0, "$.rule.max_rounds"),
        (HEARD, ["rule", "fallback"], "2/3", "$.rule.fallback"),
        (HEARD, ["rule", "fallback"], {"fraction": "1/5"}, "$.rule.fallback.fraction"),
        (CHOSEN, ["rule", "majority"], "simple", "$.rule.majority"),
        # Ballots.
        (JUDGED, ["ballots"], {}, "$.ballots"),
        (JUDGED, ["ballots", 0], [], "$.ballots[0]"),
        (JUDGED, ["ballots", 0], {}, "$.ballots[0].grades"),
        (JUDGED, ["ballots", 0, "count"], 0, "$.ballots[0].count"),
        (JUDGED, ["ballots", 0, "count"], True, "$.ballots[0].count"),
        (JUDGED, ["ballots", 0, "count"], 3, "$.ballots[0]"),
        (JUDGED, ["ballots", 0, "count"], 100_001, "$.ballots[0].count"),
        (JUDGED, ["ballots", 0, "count"], 2, "$.ballots[1]"),
        (JUDGED, ["ballots", 0, "choice"], "for", "$.ballots[0].choice"),
        (JUDGED, ["ballots", 0, "grades", "x"], 1, "$.ballots[0].grades.x"),
        (JUDGED, ["ballots", 0, "grades", "a"], 5, "$.ballots[0].grades.a"),
        (JUDGED, ["ballots", 0, "grades", "a"], True, "$.ballots[0].grades.a"),
        (JUDGED, ["ballots", 0, "grades", "a"], None, "$.ballots[0].grades.a"),
        (JUDGED, ["ballots", 0, "grades"], [4, 2], "$.ballots[0].grades"),
        (JUDGED, ["ballots", 1, "blank"], False, "$.ballots[1].blank"),
        (JUDGED, ["ballots", 1, "blank"], 1, "$.ballots[1].blank"),
        (JUDGED, ["ballots", 1, "grades"], {}, "$.ballots[1].grades"),
        (RANKED, ["ballots", 0, "ranking", 1, 0], "a", "$.ballots[0].ranking[1][0]"),
        (RANKED, ["ballots", 0, "ranking", 1], ["b", "b"], "$.ballots[0].ranking[1][1]"),
        (RANKED, ["ballots", 0, "ranking", 1], [], "$.ballots[0].ranking[1]"),
        (RANKED, ["ballots", 0, "ranking", 1], "b", "$.ballots[0].ranking[1]"),
        (RANKED, ["ballots", 0, "ranking", 1, 0], ["b"], "$.ballots[0].ranking[1][0]"),
        (APPROVED, ["ballots", 0, "approve"], ["a", "a"], "$.ballots[0].approve[1]"),
        (APPROVED, ["ballots", 0, "approve"], ["c"], "$.ballots[0].approve[0]"),
        (APPROVED, ["ballots", 0, "approve"], "a", "$.ballots[0].approve"),
        (SPENT, ["ballots", 0, "approve"], ["a", "b", "a"], "$.ballots[0].approve"),
        (VOTED, ["ballots", 0, "choice"], "yes", "$.ballots[0].choice"),
        (VOTED, ["ballots", 0, "choice"], ["for"], "$.ballots[0].choice"),
        (HEARD, ["ballots", 1, "state"], "closed", "$.ballots[1].state"),
        (HEARD, ["ballots", 0, "state"], "open", "$.ballots[0].state"),
        (HEARD, ["ballots", 0, "text"], "oui", "$.ballots[0].text"),
        (HEARD, ["ballots", 1, "text"], "x" * 1001, "$.ballots[1].text"),
        (CHOSEN, ["ballots", 0, "choice"], "c", "$.ballots[0].choice"),
        # The lot.
        (JUDGED, ["lot", "nonce"], "00" * 15, "$.lot.nonce"),
        (JUDGED, ["lot", "nonce"], "AB" * 16, "$.lot.nonce"),
        (JUDGED, ["lot", "seed"], "00", "$.lot.seed"),
        (JUDGED, ["lot", "board"], ["zz"], "$.lot.board[0]"),
        (JUDGED, ["lot", "board"], board_of("a", "a"), "$.lot.board"),
        (JUDGED, ["lot"], None, "$.lot"),
    ],
)
def test_it_refuses_and_says_where(model, where, value, path):
    document = deepcopy(model)
    place = document
    for key in where[:-1]:
        place = place[key]
    place[where[-1]] = value
    assert refusal(document).path == path


@pytest.mark.parametrize("key", ["format", "method", "poll", "roll"])
def test_it_misses_what_has_no_default(key):
    assert refusal({k: v for k, v in JUDGED.items() if k != key}).path == f"$.{key}"


@pytest.mark.parametrize("document", [None, 7, "…", [], [JUDGED]])
def test_a_document_is_an_object(document):
    assert refusal(document).path == "$"


def test_the_name_of_a_voter_and_what_is_in_it_are_ignored():
    named = deepcopy(JUDGED)
    named["ballots"][0]["voter"] = {"anything": [1.5]}
    assert tally(named) == tally(JUDGED)


def sums(model: dict, aggregate: object, cast: object = 2, blank: object = 0, **more) -> dict:
    rest = {key: value for key, value in model.items() if key != "ballots"}
    return rest | {"roll": 5, "aggregate": aggregate, "cast": cast, "blank": blank} | more


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (sums(VOTED, {"for": 1, "against": 1}), "$.aggregate.abstain"),
        (sums(VOTED, {"for": 1, "against": 1, "abstain": 1}), "$.aggregate"),
        (sums(VOTED, {"for": 3, "against": -1, "abstain": 0}), "$.aggregate.for"),
        (sums(VOTED, {"for": 2.0, "against": 0, "abstain": 0}), "$.aggregate.for"),
        (sums(VOTED, {"for": 1, "against": 1, "abstain": 0}, cast=6), "$.cast"),
        (sums(VOTED, {"for": 1, "against": 1, "abstain": 0}, blank=3), "$.blank"),
        (sums(VOTED, {"for": 1, "against": 1, "abstain": 0}, present=1), "$.present"),
        (sums(VOTED, {"for": 1, "against": 1, "abstain": 0}, ballots=[]), "$.ballots"),
        (sums(APPROVED, {"a": 1}), "$.aggregate.b"),
        (sums(APPROVED, {"a": 1, "b": 3}), "$.aggregate.b"),
        (sums(APPROVED, {"a": 1, "b": 1, "c": 1}), "$.aggregate.c"),
        (sums(JUDGED, {"a": [2, 0, 0, 0, 0], "b": [1, 0, 0, 0, 0]}), "$.aggregate.b"),
        (sums(JUDGED, {"a": [2, 0, 0, 0, 0], "b": [1, 1, 0, 0]}), "$.aggregate.b"),
        (sums(JUDGED, {"a": [2, 0, 0, 0, 0], "b": [1, 1, 0, 0, 0, 0]}), "$.aggregate.b"),
        (sums(JUDGED, {"a": [2, 0, 0, 0, 0], "b": [3, -1, 0, 0, 0]}), "$.aggregate.b[0]"),
        (sums(RANKED, {"a>b": 1}), '$.aggregate["a>c"]'),
        (
            sums(RANKED, {"a>b": 1, "b>a": 2, "a>c": 0, "c>a": 0, "b>c": 0, "c>b": 0}),
            '$.aggregate["a>b"]',
        ),
        (sums(CHOSEN, {"a": 1, "b": 0}), "$.aggregate"),
        (sums(HEARD, {"consent": 2}), "$.aggregate"),
        (sums(SPENT, {"a": 2, "b": 0}), "$.aggregate"),
        ({key: value for key, value in VOTED.items() if key != "ballots"}, "$.ballots"),
        (VOTED | {"cast": 1}, "$.cast"),
        (VOTED | {"blank": 0}, "$.blank"),
    ],
)
def test_sums_that_no_ballots_could_give_are_refused(document, path):
    assert refusal(document).path == path


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (b"", "$"),
        (b"{", "$"),
        (b"[]", "$"),
        (b"\xff\xfe", "$"),
        (b'{"roll": 1, "roll": 2}', "$.roll"),
        (b'{"ballots": [{}, {"grades": {"a": 1, "b": 0, "a": 2}}]}', "$.ballots[1].grades.a"),
        (b'{"roll": 1.0}', "$.roll"),
        (b'{"roll": 1e3}', "$.roll"),
        (b'{"roll": NaN}', "$.roll"),
        (b'{"roll": -Infinity}', "$.roll"),
        (b'{"ballots": [{"voter": 0.5}]}', "$.ballots[0].voter"),
        (b'{"roll": ' + b"9" * 5000 + b"}", "$"),
        (b"[" * 100_000, "$"),
        (b'{"a":' * 9 + b"1" + b"}" * 9, "$" + ".a" * 8),
        (b" " * (MAX_BYTES + 1), "$"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[:24].decode("latin-1"),
)
def test_a_text_that_hides_something_is_refused(content, path):
    with pytest.raises(BadBallots) as refused:
        parse(content)
    assert refused.value.path == path
    assert "\n" not in str(refused.value)


def test_a_text_with_a_byte_order_mark_is_read():
    assert parse(b"\xef\xbb\xbf" + json.dumps(JUDGED).encode()) == JUDGED


def test_a_roll_too_large_for_every_median_to_be_written_is_refused():
    document = paper("majority-judgment", [], [f"o{n}" for n in range(50)], roll=30_000)
    assert refusal(document).path == "$.rule"


def test_equal_shares_refuse_what_would_take_too_long():
    names = [f"o{n}" for n in range(15)]
    ballots = [
        {"approve": [name for bit, name in enumerate(names) if number >> bit & 1]}
        for number in range(1400)
    ]
    document = paper("equal-shares", ballots, dict.fromkeys(names, 10), {"budget": 100})
    assert refusal(document).path == "$.ballots"


def test_a_ranking_that_would_take_too_long_is_refused():
    names = [f"o{n}" for n in range(100)]
    document = paper("ranked", [{"ranking": [["o1"]]}] * 1011, names)
    assert refusal(document).path == "$.ballots"
    document["ballots"] = [{"ranking": [["o1"]], "count": 1011}]
    assert tally(document)["winners"] == ["o1"]


def test_the_options_of_a_poll_are_checked_before_it_opens():
    uses = [{"id": "a", "cost": 40}, {"id": "b", "label": "Bâche", "cost": 100}]
    rule = {"budget": 100, "step": 100, "min_votes": 1}
    assert check_options(method="equal-shares", options=uses, rule=rule) == {"a": 40, "b": 100}
    with pytest.raises(BadBallots) as refused:
        check_options(method="equal-shares", options=uses, rule=rule | {"budget": 99})
    assert refused.value.path == "$.options[1].cost"


def test_a_fraction_is_bounded_before_it_is_computed():
    with pytest.raises(BadBallots):
        reading.fraction("1/" + "9" * 4000, "$.quorum")
    assert Fraction(reading.fraction("1/9999999", "$.quorum")) < 1
