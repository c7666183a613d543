"""Every small election, and many drawn ones, counted twice: by the rules and by the oracles.

CT_EXAMPLES=10000 ./run test tests/decisions/rules -m properties    ten thousand per method
"""

from itertools import chain, combinations, combinations_with_replacement, product

import pytest

from decisions.rules.tally import tally
from tests.decisions.rules.elections import MAKERS, drawn
from tests.decisions.rules.oracles import ORACLES, answer_of
from tests.decisions.rules.papers import LOT, paper
from tests.examples import EXAMPLES

BLANK, ABSENT = {"blank": True}, {}
# The suite grades from 0 to 2; with ten thousand examples asked for, from 0 to 4.
GRADES = 5 if EXAMPLES >= 10_000 else 3


def agree(document: dict) -> None:
    expected = ORACLES[document["method"]](document)
    assert answer_of(tally(document)) == expected, document


def ballots_of(method: str, options: str) -> list[dict]:
    """Everything one person can say."""
    subsets = chain.from_iterable(combinations(options, size) for size in range(len(options) + 1))
    if method == "majority":
        return [{"choice": choice} for choice in ("for", "against", "abstain")]
    if method == "consent":
        states = [{"voice": "objection", "state": s} for s in ("open", "withdrawn", "integrated")]
        return [*({"voice": voice} for voice in ("consent", "concern", "abstain")), *states]
    if method == "choice":
        return [{"choice": one} for one in options]
    if method == "majority-judgment":
        every = product(range(GRADES), repeat=len(options))
        return [{"grades": dict(zip(options, grades, strict=True))} for grades in every]
    if method == "ranked":
        return [{"ranking": places} for places in rankings(options)]
    return [{"approve": list(subset)} for subset in subsets]


def rankings(options: str) -> list[list[list[str]]]:
    """All partial rankings with ties: nothing ranked, or a first place and a ranking of the rest."""
    found: list[list[list[str]]] = [[]]
    for size in range(1, len(options) + 1):
        for first in combinations(options, size):
            rest = "".join(one for one in options if one not in first)
            found += [[list(first), *after] for after in rankings(rest)]
    return found


def rules_of(method: str, options: str) -> list[dict]:
    if method == "majority":
        return [
            {"majority": kind, "base": base, "fraction": share}
            for kind, bases in (("simple", ["expressed"]), ("absolute", None), ("qualified", None))
            for base in bases or ("expressed", "present", "roll")
            for share in (("1/2", "2/3", "1") if kind == "qualified" else ("2/3",))
        ]
    if method == "consent":
        return [{"round": 1}, {"round": 3}, {"round": 2, "max_rounds": 2, "fallback": None}]
    if method == "majority-judgment":
        return [
            {"grades": GRADES, "min_grade": least} for least in ((0, 1) if GRADES == 5 else (1,))
        ]
    if method == "approval":
        seats = range(1, len(options) + 1)
        return [{"seats": k, "threshold": share} for k in seats for share in ("0", "1/2")]
    if method == "equal-shares":
        return [{"budget": 60, "step": 7}, {"budget": 60, "step": 100, "min_votes": 2}]
    return [{}]


def options_of(method: str) -> list:
    if not MAKERS[method][2]:
        return [""]
    plain = ["a", "ab", "abc"]
    if method != "equal-shares":
        return plain
    costs = [(20, 20, 20), (10, 20, 30), (60, 20, 5), (31, 29, 30), (0, 45, 45), (59, 1, 60)]
    return [dict(zip(names, cost, strict=False)) for names in plain for cost in costs]


@pytest.mark.parametrize("method", MAKERS)
def test_every_election_of_up_to_three_people_and_three_options(method):
    """Who came last changes nothing (another test): each set of ballots is counted once."""
    seen = 0
    for options in options_of(method):
        names = "".join(options)
        said = [*ballots_of(method, names), BLANK]
        for size in range(4):
            for ballots in combinations_with_replacement(said, size):
                for rule in rules_of(method, names):
                    agree(paper(method, list(ballots), options, rule))
                    seen += 1
    assert seen >= 20


@pytest.mark.parametrize("method", MAKERS)
def test_every_small_election_with_absent_people_a_quorum_and_a_lot(method):
    for options in options_of(method):
        said = [*ballots_of(method, "".join(options)), BLANK, ABSENT]
        for profile in combinations_with_replacement(said, 2 if len(said) > 20 else 3):
            ballots = [ballot for ballot in profile if ballot is not ABSENT]
            rule = rules_of(method, "".join(options))[-1]
            lot = {"lot": LOT}
            agree(paper(method, ballots, options, rule, roll=len(profile), quorum="1/2", **lot))


@pytest.mark.properties
@pytest.mark.parametrize("method", MAKERS)
def test_drawn_elections_agree_with_the_oracle(method):
    outcomes = set()
    for number in range(EXAMPLES):
        document = drawn(method, number)
        agree(document)
        outcomes.add(tally(document)["outcome"])
    # Not by chance all the same: the draw reaches every outcome of the method.
    assert len(outcomes) >= (3 if method in ("majority", "choice") else 4)
