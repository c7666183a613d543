"""Equal shares count in leaps: they land where the smallest steps would, to the fraction."""

from fractions import Fraction
from random import Random

import pytest

from decisions.rules import equal_shares
from decisions.rules.equal_shares import dearest
from decisions.rules.sliding import Horizon, Line
from decisions.rules.tally import tally
from tests.decisions.rules.oracles import ORACLES, answer_of
from tests.decisions.rules.papers import LOT, paper
from tests.examples import EXAMPLES


def far_from_enough(number: int) -> dict:
    """Few people, dear uses and steps of one cent: hundreds of steps that mostly decide nothing."""
    chance = Random(f"leap-{number}")
    budget = chance.choice([200, 300])
    uses = {one: chance.randrange(20, budget * 2 // 3) for one in "abcdef"[: chance.randint(3, 6)]}
    ballots = [
        {
            "approve": [one for one in uses if chance.random() < 0.45],
            "count": chance.choice([1, 1, 2]),
        }
        for _ in range(chance.randint(2, 5))
    ]
    return paper("equal-shares", ballots, uses, {"budget": budget, "step": 1}, lot=LOT)


@pytest.mark.properties
def test_leaps_land_where_steps_would(monkeypatch):
    runs = []
    plain = equal_shares.Uses.run
    monkeypatch.setattr(equal_shares.Uses, "run", lambda *args: runs.append(1) or plain(*args))
    for number in range(EXAMPLES):
        document = far_from_enough(number)
        assert answer_of(tally(document)) == ORACLES["equal-shares"](document), document
    # One count a step would be some sixty an election.
    assert len(runs) < 12 * EXAMPLES


def test_the_last_step_kept_is_counted_as_itself():
    """The leap ends over the budget: what is kept is the step just before, with its own ratios."""
    uses = {"a": 60, "b": 180, "c": 100, "d": 260, "e": 120}
    ballots = [{"approve": list(kind)} for kind in ("cd", "a", "a", "abd", "abde", "de")]
    document = paper("equal-shares", ballots, uses, {"budget": 300, "step": 1})
    chosen = tally(document)["detail"]["chosen"]
    assert [(one["id"], one["rho"]) for one in chosen] == [
        ("a", "1/4"),
        ("e", "21/40"),
        ("c", None),
    ]
    assert answer_of(tally(document)) == ORACLES["equal-shares"](document)


def purse(held: int, horizon: Horizon) -> Line:
    return Line(Fraction(held), Fraction(1), horizon)


def test_a_price_holds_until_somebody_else_pays_all_they_have():
    horizon = Horizon()
    price = dearest(
        Line(Fraction(10), Fraction(0), horizon), [(purse(4, horizon), 1), (purse(20, horizon), 1)]
    )
    # The first pays 4 + growth, all they have, and the other 6 - growth: equal at a growth of 1.
    assert price is not None
    assert (price.at, price.slope) == (6, -1)
    assert horizon.nearest == 1


def test_a_price_out_of_reach_is_out_of_reach_until_the_purses_meet_it():
    horizon = Horizon()
    due = Line(Fraction(10), Fraction(0), horizon)
    assert dearest(due, [(purse(2, horizon), 3)]) is None
    assert horizon.nearest == Fraction(4, 3)


@pytest.mark.parametrize(
    ("at", "slope", "turn"),
    [(-6, 2, 3), (6, -2, 3), (6, 2, None), (-6, -2, None), (5, 0, None), (0, 0, None), (0, 1, 0), (0, -1, 0)],
)  # fmt: skip
def test_a_comparison_turns_where_its_difference_crosses_zero(at, slope, turn):
    horizon = Horizon()
    line = Line(Fraction(at), Fraction(slope), horizon)
    assert (line < 0, line >= 0, line == 0) == (at < 0, at >= 0, at == 0)
    assert horizon.nearest == turn
    horizon.note(Fraction(-(10**6)), Fraction(1))
    assert horizon.nearest == (10**6 if turn is None else turn)
