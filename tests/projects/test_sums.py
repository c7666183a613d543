"""What other apps read: sums by person, week, month and trade, and the invariants of it all."""

import datetime as dt
from decimal import Decimal

import pytest

from ct_platform.kit.clock import Month
from projects import invariants, selectors
from projects.models import Sale, WorkEntry
from projects.services import work
from tests.factories import NOW, ProjectFactory, SaleFactory, WorkEntryFactory
from tests.projects.verbs import MONDAY, TUESDAY, confirm, kitchen, note, sell, spend


def test_minutes_by_person_and_kind_count_verified_hours_of_the_dates_only(people):
    confirm(
        people,
        "bastien",
        note(people, "amina", day=TUESDAY),
        note(people, "amina", day=TUESDAY, minutes=30, kind="meeting"),
        note(people, "amina", day=MONDAY, minutes=999),
    )
    note(people, "amina", day=TUESDAY, minutes=10)
    WorkEntryFactory(enrolment=people.enrolments["chloe"], day=TUESDAY, confirmed=True)

    found = selectors.minutes_by_person_and_kind(people.a.cohort.pk, TUESDAY, TUESDAY)

    assert found == {people.enrolments["amina"].pk: {"production": 210, "meeting": 30}}


def test_hours_of_the_week_stand_by_trade_noted_or_confirmed(people):
    note(people, "amina", day=TUESDAY)
    note(people, "amina", day=TUESDAY, minutes=30, kind="meeting")
    struck = note(people, "bastien", day=TUESDAY)
    work.withdraw_hours(entry=struck, actor=people.actor("bastien"), at=NOW)

    found = selectors.hours_this_week_by_trade(people.a.cohort.pk, MONDAY)

    assert found == {"cuisine": 210, "": 30}


def test_paid_sales_stand_by_the_month_the_money_came_and_the_trade(people):
    sell(people, "100.10", sold_on=dt.date(2026, 10, 31), paid_on=dt.date(2026, 11, 1))
    sell(people, "0.05", paid_on=dt.date(2026, 11, 2))
    sell(people, "7", paid_on=None)
    SaleFactory(project=ProjectFactory(cohort=people.b.cohort))

    found = selectors.sales_by_month_and_trade(people.a.cohort.pk)

    november = Month(dt.date(2026, 11, 1))
    assert [(one.month, one.trade, one.amount) for one in found] == [
        (november, "cuisine", Decimal("100.15"))
    ]


def test_totals_of_a_cohort_separate_paid_unpaid_and_spent(people):
    sell(people)
    sell(people, "80", paid_on=None)
    spend(people)
    confirm(people, "bastien", note(people, "amina"))
    note(people, "amina", minutes=30)

    totals = selectors.cohort_totals(people.a.cohort.pk)

    assert (totals.paid, totals.unpaid, totals.spent, totals.left) == (
        Decimal("120.00"),
        Decimal("80.00"),
        Decimal("20.00"),
        Decimal("100.00"),
    )
    assert (totals.verified_minutes, totals.awaiting_minutes) == (210, 30)


def test_an_empty_cohort_sums_to_nothing(people):
    totals = selectors.cohort_totals(people.b.cohort.pk)

    assert (totals.paid, totals.left, totals.verified_minutes) == (Decimal("0"), Decimal("0"), 0)
    assert selectors.sales_by_month_and_trade(people.b.cohort.pk) == []


def test_weeks_of_a_cohort_say_who_noted_who_waits_and_who_said_so(people):
    confirm(people, "bastien", note(people, "amina", day=TUESDAY))
    note(people, "amina", day=dt.date(2026, 11, 17), minutes=60)

    weeks = selectors.weeks_of_cohort(people.a.cohort.pk, dt.date(2026, 11, 18), TUESDAY)

    amina = people.enrolments["amina"].pk
    told = {(w.enrolment_id, w.monday): (w.minutes, w.awaiting_minutes) for w in weeks}
    assert told[amina, MONDAY] == (210, 0)
    assert told[amina, dt.date(2026, 11, 16)] == (60, 60)
    assert len(weeks) == 4


CHECKS = {
    "day": (invariants._day_has_24_hours, "plus de 24 heures"),
    "home": (invariants._work_stays_home, "autre cohorte"),
    "self": (invariants._nobody_confirms_themself, "par leur auteur"),
    "paid": (invariants._paid_hours_stand, "retirées"),
    "money": (invariants._counted_money_stands, "comptée dans une paie"),
}


@pytest.fixture
def broken(people):
    """Facts that no service makes, written past them."""
    amina = people.enrolments["amina"]
    WorkEntryFactory.create_batch(2, enrolment=amina, minutes=800, day=TUESDAY)
    WorkEntryFactory(enrolment=amina, project=ProjectFactory(cohort=people.b.cohort), minutes=1)
    own = WorkEntryFactory(enrolment=amina, confirmed=True, minutes=1)
    WorkEntry.objects.filter(pk=own.pk).update(state="locked", pay_run_key=7, withdrawn_at=NOW)
    WorkEntryFactory(enrolment=amina, confirmed=True, minutes=1)
    sale = SaleFactory(project=kitchen(people))
    Sale.objects.filter(pk=sale.pk).update(pay_run_key=7, withdrawn_at=NOW)


@pytest.mark.parametrize("name", CHECKS)
def test_each_invariant_names_its_breach_and_is_silent_otherwise(people, name, request):
    check, words = CHECKS[name]
    assert list(check()) == []

    request.getfixturevalue("broken")

    assert any(words in sentence for sentence in check())
