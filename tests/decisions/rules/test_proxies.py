"""Who may be represented by whom."""

import pytest

from decisions.rules.proxies import SENTENCES, Reason, refusals

ROLL = frozenset("abcdef")


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ([("a", "b")], {}),
        ([("a", "b"), ("c", "d")], {}),
        ([("z", "b")], {"z": Reason.GIVER_NOT_ON_ROLL}),
        ([("a", "z")], {"a": Reason.HOLDER_NOT_ON_ROLL}),
        ([("a", "a")], {"a": Reason.SELF}),
        ([("a", "b"), ("a", "c")], {"a": Reason.TWICE}),
        ([("a", "b"), ("c", "b")], {"c": Reason.TOO_MANY}),
        # No chain, whichever end comes first.
        ([("a", "b"), ("b", "c")], {"b": Reason.CHAIN}),
        ([("b", "c"), ("a", "b")], {"a": Reason.CHAIN}),
        ([("a", "b"), ("b", "a")], {"b": Reason.CHAIN}),
        # What was refused binds nobody.
        ([("a", "z"), ("b", "a")], {"a": Reason.HOLDER_NOT_ON_ROLL}),
    ],
)
def test_an_earlier_proxy_stands_and_a_later_one_is_refused(given, refused):
    assert refusals(given, ROLL, 1) == refused


def test_the_statutes_may_allow_two():
    given = [("a", "d"), ("b", "d"), ("c", "d")]
    assert refusals(given, ROLL, 2) == {"c": Reason.TOO_MANY}


def test_the_statutes_may_allow_none():
    assert refusals([("a", "b")], ROLL, 0) == {"a": Reason.TOO_MANY}
    with pytest.raises(ValueError, match="negative"):
        refusals([], ROLL, -1)


def test_every_reason_has_its_sentence():
    assert set(SENTENCES) == set(Reason)
