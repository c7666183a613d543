"""The law of contracts, by tables: how long, how many, for whom, which eight points, when to alert."""

import datetime as dt
from decimal import Decimal

import pytest

from cohorts.rules.contract_kinds import CAPE, NATURES, is_employment, nature_of
from cohorts.rules.contract_points import POINTS, Answer, lacks, missing_points, numbers_of
from cohorts.rules.contract_terms import (
    EligibilityFault,
    TermFault,
    alert_level,
    eligibility_faults,
    may_renew_on,
    term_fault,
)

D = dt.date
FIRST = D(2026, 9, 7)


@pytest.mark.parametrize(
    ("ends_on", "fault"),
    [
        (D(2026, 9, 6), TermFault.REVERSED),
        (FIRST, None),
        (D(2027, 9, 6), None),
        (D(2027, 9, 7), TermFault.TOO_LONG),
    ],
)
def test_a_term_of_cape_lasts_twelve_months_at_most(ends_on, fault):
    assert term_fault(CAPE, FIRST, ends_on) is fault


@pytest.mark.parametrize(
    ("before", "fault"), [(None, None), (0, None), (1, None), (2, TermFault.ONE_TOO_MANY)]
)
def test_a_cape_is_renewed_twice_even_if_all_its_terms_are_short(before, fault):
    assert term_fault(CAPE, FIRST, D(2026, 9, 20), renewals_before=before) is fault


@pytest.mark.parametrize(("most", "fault"), [(0, TermFault.ONE_TOO_MANY), (1, None), (9, None)])
def test_a_host_may_be_stricter_than_the_law_never_wider(most, fault):
    assert term_fault(CAPE, FIRST, FIRST, renewals_before=0, most_renewals=most) is fault
    assert term_fault(CAPE, FIRST, FIRST, renewals_before=2, most_renewals=9) is not None
    assert term_fault(CAPE, FIRST, D(2027, 1, 7), most_months=4) is TermFault.TOO_LONG


@pytest.mark.parametrize(
    ("other", "fault"),
    [
        ((D(2026, 1, 1), D(2026, 9, 6)), None),
        ((D(2026, 1, 1), FIRST), TermFault.OVERLAP),
        ((D(2026, 12, 18), D(2027, 1, 1)), TermFault.OVERLAP),
        ((D(2026, 12, 19), D(2027, 1, 1)), None),
    ],
)
def test_two_terms_of_a_person_share_no_day(other, fault):
    assert term_fault(CAPE, FIRST, D(2026, 12, 18), others=[other]) is fault


def test_a_term_is_renewed_until_its_last_day_and_not_after():
    assert may_renew_on(D(2026, 12, 18), D(2026, 12, 18))
    assert not may_renew_on(D(2026, 12, 19), D(2026, 12, 18))


@pytest.mark.parametrize(
    ("born_on", "full_time", "allowed", "consent", "faults"),
    [
        (D(1990, 1, 1), False, False, False, []),
        (D(1990, 1, 1), None, False, False, [EligibilityFault.NOT_ASKED]),
        (D(1990, 1, 1), True, False, False, [EligibilityFault.FULL_TIME]),
        (None, False, False, False, [EligibilityFault.BIRTH_UNKNOWN]),
        (D(2008, 9, 7), False, False, False, []),  # eighteen that very day
        (D(2008, 9, 8), False, False, False, [EligibilityFault.MINOR_REFUSED]),
        (D(2008, 9, 8), False, True, False, [EligibilityFault.NO_CONSENT]),
        (D(2008, 9, 8), False, True, True, []),
        (D(2010, 9, 8), False, True, True, [EligibilityFault.TOO_YOUNG]),
    ],
)
def test_who_may_have_a_cape(born_on, full_time, allowed, consent, faults):
    found = eligibility_faults(
        CAPE, born_on=born_on, starts_on=FIRST, employed_full_time=full_time,
        minors_allowed=allowed, has_consent=consent,
    )  # fmt: skip
    assert found == faults


def test_a_contract_of_employment_asks_only_the_age():
    found = eligibility_faults(
        nature_of("cdd"), born_on=D(2009, 1, 1), starts_on=FIRST, employed_full_time=None,
        minors_allowed=False, has_consent=False,
    )  # fmt: skip
    assert found == []


def test_the_eight_points_are_those_of_the_article_in_its_order():
    assert [point.number for point in POINTS] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [point.number for point in POINTS if point.amount_is_needed] == [4]
    assert [point.number for point in POINTS if point.more] == [1, 4]


FULL = Answer("Un texte.", "La suite.", Decimal("0.00"))


@pytest.mark.parametrize("number", range(1, 9))
def test_one_point_missing_is_enough(number):
    answers = {point.number: FULL for point in POINTS if point.number != number}
    missing = missing_points(answers)
    assert [point.number for point, _lack in missing] == [number]
    assert missing_points(answers | {number: FULL}) == []


@pytest.mark.parametrize(
    ("number", "answer", "lack"),
    [
        (1, Answer("Avant."), "Après le début"),
        (1, Answer("Avant.", "Après."), ""),
        (2, Answer("  "), "rien n’est écrit"),
        (2, Answer(has_file=True), ""),
        (4, Answer("Rien.", "La CAE."), "montant maximal"),
        (4, Answer(has_file=True), "montant maximal"),
        (4, Answer("Rien.", "La CAE.", Decimal("0")), ""),
        (4, Answer("Rien.", "", Decimal("500")), "Qui en a la charge"),
    ],
)
def test_what_a_point_lacks(number, answer, lack):
    found = lacks(POINTS[number - 1], answer)
    assert (lack in found) if lack else found == ""


def test_the_numbers_are_said_as_people_say_them():
    missing = missing_points({})
    assert numbers_of(missing[:1]) == "1°"
    assert numbers_of(missing[:3]) == "1°, 2° et 3°"


def test_kinds_are_data_and_only_employment_is_employment():
    assert not is_employment("cape") and is_employment("cdd") and is_employment("cesa")
    assert "work_certificate" not in NATURES["cape"].papers
    assert not NATURES["cdd"].is_told_to_authorities


@pytest.mark.parametrize(
    ("days", "level"),
    [(31, None), (30, 30), (16, 30), (15, 15), (8, 15), (7, 7), (0, 7), (-1, None)],
)
def test_an_end_is_announced_at_thirty_fifteen_and_seven_days(days, level):
    today = D(2026, 11, 25)
    assert alert_level(today + dt.timedelta(days=days), today) == level
