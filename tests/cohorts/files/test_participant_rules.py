"""What a participant counts as, by table: FSE+ outputs and results, and once per operation."""

import datetime as dt

import pytest

from cohorts.enums.entry_files import Diploma, ExitStatus, LabourStatus
from cohorts.rules.participants import (
    OUTPUTS,
    Entry,
    Flag,
    Participation,
    Stay,
    once_per_person,
    outputs_of,
    results_of,
)

D = dt.date
ENTRY = D(2026, 9, 7)
YES, NO, REFUSED, MISSING = Flag.YES, Flag.NO, Flag.REFUSED, Flag.MISSING


BORN = D(1990, 1, 1)


def flags(birth=BORN, sensitive=None, **answers):
    return outputs_of(Entry(birth, ENTRY, answers, sensitive or {}))


def test_every_output_code_is_answered_in_order():
    assert tuple(flags()) == OUTPUTS
    assert [code for code, flag in flags(birth=None).items() if flag is not MISSING] == ["EECO01"]


@pytest.mark.parametrize(
    ("labour", "unemployed", "inactive", "working"),
    [
        ("registered", YES, NO, NO), ("seeking", YES, NO, NO), ("student", NO, YES, NO),
        ("inactive", NO, YES, NO), ("employed", NO, NO, YES), ("self_employed", NO, NO, YES),
        ("refused", REFUSED, REFUSED, REFUSED), ("", MISSING, MISSING, MISSING),
    ],
)  # fmt: skip
def test_labour_status(labour, unemployed, inactive, working):
    found = flags(labour=labour)
    assert (found["EECO02"], found["EECO04"], found["EECO05"]) == (unemployed, inactive, working)


def test_the_three_labour_codes_share_everybody_once():
    for labour in LabourStatus.values:
        found = flags(labour=labour)
        assert [found[c] for c in ("EECO02", "EECO04", "EECO05")].count(YES) == 1


@pytest.mark.parametrize(
    ("birth", "under_18", "to_29", "from_55"),
    [
        (D(2008, 9, 8), YES, NO, NO),  # 17 on the day, 18 the next
        (D(2008, 9, 7), NO, YES, NO),
        (D(1996, 9, 8), NO, YES, NO),  # 29
        (D(1996, 9, 7), NO, NO, NO),  # 30
        (D(1971, 9, 8), NO, NO, NO),  # 54
        (D(1971, 9, 7), NO, NO, YES),
        (None, MISSING, MISSING, MISSING),
    ],
)
def test_age_is_that_of_the_entry(birth, under_18, to_29, from_55):
    found = flags(birth=birth)
    assert (found["EECO06"], found["EECO07"], found["EECO08"]) == (under_18, to_29, from_55)


YOUNG, ADULT = D(2002, 1, 1), D(1990, 1, 1)  # 24 and 36 at the entry


@pytest.mark.parametrize(
    ("birth", "since", "expected"),
    [
        (YOUNG, "2026-03-06", NO),  # six months to the eve: not more
        (YOUNG, "2026-03-05", YES),
        (ADULT, "2025-09-06", NO),  # twelve months to the eve
        (ADULT, "2025-09-05", YES),
        (ADULT, "2026-03-05", NO),
        (D(2001, 9, 8), "2026-03-05", YES),  # 24 until tomorrow
        (D(2001, 9, 7), "2026-03-05", NO),  # 25 today
        (None, "2025-01-01", YES),  # long at any age
        (None, "2026-08-01", NO),  # short at any age
        (None, "2026-01-01", MISSING),
        (ADULT, "", MISSING),
        (ADULT, "refused", REFUSED),
    ],
)
def test_long_unemployment_is_strictly_more_than_six_months_under_25_then_twelve(
    birth, since, expected
):
    assert flags(birth=birth, labour="registered", seeking_since=since)["EECO03"] == expected


@pytest.mark.parametrize(
    ("labour", "expected"), [("employed", NO), ("refused", REFUSED), ("", MISSING)]
)
def test_who_does_not_seek_is_not_long_unemployed_whatever_the_date(labour, expected):
    assert flags(labour=labour, seeking_since="2020-01-01")["EECO03"] == expected


def test_each_diploma_has_one_level():
    levels = ("EECO09", "EECO10", "EECO11")
    expected = {
        "none": 0, "lower": 0, "vocational": 1, "baccalaureate": 1, "post": 1,
        "short": 2, "bachelor": 2, "master": 2, "doctorate": 2,
    }  # fmt: skip
    assert set(expected) == set(Diploma.values)
    for diploma, level in expected.items():
        found = flags(diploma=diploma)
        assert [found[code] is YES for code in levels] == [n == level for n in range(3)]


@pytest.mark.parametrize(
    ("code", "question"),
    [
        ("EECO12", "disability"), ("EECO13", "third_country"), ("EECO14", "foreign_background"),
        ("EECO15", "minority"), ("EECO16", "homeless"),
    ],
)  # fmt: skip
def test_sensitive_codes_come_from_their_own_answers_alone(code, question):
    for answer, expected in (("yes", YES), ("no", NO), ("refused", REFUSED), ("", MISSING)):
        assert flags(sensitive={question: answer})[code] == expected
    assert flags(**{question: "yes"})[code] is MISSING


def test_a_blank_never_means_no():
    assert NO not in flags(birth=None).values()
    assert flags(rural="refused")["EECO17"] is REFUSED


@pytest.mark.parametrize(
    ("status", "searching", "training", "in_job"),
    [
        ("unemployed", YES, NO, NO), ("qualifying", NO, YES, NO), ("inactive", NO, NO, NO),
        ("open_ended", NO, NO, YES), ("fixed_term", NO, NO, YES), ("temporary", NO, NO, YES),
        ("tenure", NO, NO, YES), ("business", NO, NO, YES), ("aided", NO, NO, YES),
        ("siae", NO, NO, YES), ("unknown", MISSING, MISSING, MISSING), ("", MISSING, MISSING, MISSING),
        ("prevented", NO, NO, NO), ("moved", NO, NO, NO), ("death", NO, NO, NO),
    ],
)  # fmt: skip
def test_results_come_from_the_raw_exit(status, searching, training, in_job):
    found = results_of(status, "refused")
    assert [found[c] for c in ("EECR01", "EECR02", "EECR04")] == [searching, training, in_job]
    assert found["EECR03"] is REFUSED
    assert status == "" or status in ExitStatus.values


def test_who_left_and_came_back_is_one_participant_first_entry_last_exit():
    stays = [
        Stay(1, 12, D(2026, 6, 1), D(2026, 8, 1)),
        Stay(1, 11, D(2026, 1, 5), D(2026, 3, 1)),
        Stay(2, 21, D(2026, 2, 1), None),
    ]
    assert once_per_person(stays) == [
        Participation(1, 11, 12, D(2026, 1, 5), D(2026, 8, 1)),
        Participation(2, 21, 21, D(2026, 2, 1), None),
    ]
    assert [one.came_back for one in once_per_person(stays)] == [True, False]


def test_who_is_in_again_has_not_left():
    stays = [Stay(1, 11, D(2026, 1, 5), D(2026, 3, 1)), Stay(1, 12, D(2026, 6, 1), None)]
    assert once_per_person(stays)[0].left_on is None
