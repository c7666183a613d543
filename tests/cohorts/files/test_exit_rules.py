"""The category of an exit, by table."""

import pytest

from cohorts.enums.entry_files import ExitCategory, ExitStatus
from cohorts.rules.exits import DYNAMIC, NEUTRALISED, ExitDoubt, Outcome, outcome_of

C = ExitCategory


@pytest.mark.parametrize(
    ("status", "months", "days", "category", "doubt"),
    [
        ("open_ended", None, 0, C.DURABLE, None),
        ("tenure", None, 0, C.DURABLE, None),
        ("business", None, 0, C.DURABLE, None),
        ("fixed_term", 7, 0, C.DURABLE, None),
        ("fixed_term", 6, 1, C.DURABLE, None),
        ("fixed_term", 6, 0, C.TRANSITION, ExitDoubt.EXACTLY_SIX_MONTHS),
        ("fixed_term", 5, 29, C.TRANSITION, None),
        ("fixed_term", 0, 3, C.TRANSITION, None),
        ("fixed_term", None, 0, C.TRANSITION, ExitDoubt.LENGTH_UNKNOWN),
        ("temporary", 6, 0, C.TRANSITION, ExitDoubt.EXACTLY_SIX_MONTHS),
        ("temporary", 12, 0, C.DURABLE, None),
        ("aided", 24, 0, C.TRANSITION, None),
        ("qualifying", None, 0, C.POSITIVE, None),
        ("siae", 24, 0, C.POSITIVE, None),
        ("unemployed", None, 0, C.OTHER, None),
        ("inactive", None, 0, C.OTHER, None),
        ("unknown", None, 0, C.OTHER, None),
        ("prevented", None, 0, C.NEUTRALISED, ExitDoubt.NEUTRALISED_LIST),
        ("moved", None, 0, C.NEUTRALISED, ExitDoubt.NEUTRALISED_LIST),
        ("death", None, 0, C.NEUTRALISED, ExitDoubt.NEUTRALISED_LIST),
    ],
)
def test_a_category_follows_from_the_raw_situation(status, months, days, category, doubt):
    assert outcome_of(status, months, days) == Outcome(category, doubt)


def test_every_situation_has_a_category_and_an_unknown_one_is_an_error():
    for status in ExitStatus.values:
        assert outcome_of(status).category in ExitCategory
    with pytest.raises(ValueError, match="retired"):
        outcome_of("retired")


def test_dynamic_exits_are_the_three_first_and_never_called_positive():
    assert {c.value for c in DYNAMIC} == {"durable", "transition", "positive"}
    assert C.NEUTRALISED not in DYNAMIC and C.OTHER not in DYNAMIC


def test_no_neutralised_situation_names_an_illness():
    words = " ".join(str(status.label).lower() for status in NEUTRALISED)
    assert "malad" not in words and "santé" not in words
