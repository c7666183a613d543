"""What a pay run takes of hours and money: everything due once, nothing twice, all given back."""

import datetime as dt
from decimal import Decimal

from ct_platform.kit.models import TransitionLog
from projects.models import Expense, Sale, WorkEntry
from projects.services import money, work
from tests.factories import NOW, ProjectFactory, SaleFactory, WorkEntryFactory
from tests.projects.verbs import confirm, lock, note, sell, spend

OCTOBER_31 = dt.date(2026, 10, 31)


def settle(people, run_key=7, last_day=dt.date(2026, 11, 25)):
    return money.settle_for_run(run_key=run_key, cohort_id=people.a.cohort.pk, last_day=last_day)


def test_it_locks_confirmed_hours_up_to_the_day_included(people):
    october = note(people, "amina", day=OCTOBER_31)
    november = note(people, "amina", day=dt.date(2026, 11, 1))
    confirm(people, "bastien", october, november)

    rows = lock(people, last_day=OCTOBER_31)

    assert [(row.pk, row.state, row.pay_run_key) for row in rows] == [(october.pk, "locked", 7)]
    november.refresh_from_db()
    assert november.state == "confirmed"
    log = TransitionLog.objects.get(row_id=october.pk, new="locked")
    assert (log.old, log.by_person_id, log.at) == ("confirmed", people.driss.pk, NOW)


def test_it_leaves_what_nobody_confirmed_what_was_struck_out_and_the_neighbours(people):
    note(people, "amina")
    struck = note(people, "amina", minutes=30)
    confirm(people, "bastien", struck)
    work.withdraw_hours(entry=struck, actor=people.actor("amina"), at=NOW)
    WorkEntryFactory(enrolment=people.enrolments["chloe"], confirmed=True)

    assert lock(people) == []
    assert not WorkEntry.objects.filter(pay_run_key__isnull=False).exists()


def test_locking_twice_gives_the_same_rows_and_takes_no_latecomer(people):
    entry = note(people, "amina")
    confirm(people, "bastien", entry)
    first = lock(people)
    late = note(people, "amina", minutes=30)
    confirm(people, "bastien", late)

    assert lock(people) == first
    assert [row.pk for row in lock(people, run_key=8)] == [late.pk]


def test_unlocking_gives_the_hours_back_as_they_were_confirmed(people):
    entry = note(people, "amina")
    confirm(people, "bastien", entry)
    lock(people)

    back = work.unlock_run(run_key=7, actor=people.actor("driss"), at=NOW)
    again = work.unlock_run(run_key=7, actor=people.actor("driss"), at=NOW)

    entry.refresh_from_db()
    assert ([row.pk for row in back], again) == ([entry.pk], [])
    assert (entry.state, entry.pay_run_key, entry.confirmed_by) == (
        "confirmed",
        None,
        people.bastien,
    )


def test_it_costs_the_same_for_one_row_and_for_two_hundred(people, django_assert_max_num_queries):
    WorkEntryFactory.create_batch(
        200, enrolment=people.enrolments["amina"], minutes=5, confirmed=True
    )

    driss = people.actor("driss")

    with django_assert_max_num_queries(8):  # two of them open and close a savepoint
        rows = work.lock_for_run(
            run_key=7,
            cohort_id=people.a.cohort.pk,
            last_day=dt.date(2026, 11, 25),
            actor=driss,
            at=NOW,
        )

    assert len(rows) == 200


def test_it_counts_paid_sales_and_expenses_up_to_the_day(people):
    paid, unpaid = sell(people), sell(people, "80.00", paid_on=None)
    late = sell(people, "50.00", paid_on=dt.date(2026, 11, 20))
    spent = spend(people)
    SaleFactory(project=ProjectFactory(cohort=people.b.cohort))

    settled = settle(people, last_day=dt.date(2026, 11, 10))

    assert (settled.sales, settled.expenses) == ([paid], [spent])
    assert {unpaid, late} == set(
        Sale.objects.of_cohort(people.a.cohort.pk).filter(pay_run_key=None)
    )


def test_settling_twice_is_quiet_and_the_rest_goes_to_the_next_run(people):
    paid = sell(people)
    first = settle(people)
    late = sell(people, "50.00")

    assert settle(people) == first
    assert settle(people, run_key=8).sales == [late]
    assert Sale.objects.get(pk=paid.pk).pay_run_key == 7


def test_unsettling_gives_the_money_back(people):
    sell(people)
    spend(people)
    settle(people)

    for _time in range(2):
        money.unsettle_run(run_key=7)

    assert not Sale.objects.filter(pay_run_key=7).exists()
    assert not Expense.objects.filter(pay_run_key=7).exists()
    assert sum(sale.amount for sale in settle(people, run_key=9).sales) == Decimal("120.00")
