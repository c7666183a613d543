"""SQLite serialises writers and hides lost updates: these run on PostgreSQL only."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest

from ct_platform.kit.errors import Frozen, Refused, Stale
from ct_platform.kit.models import TransitionLog
from projects.models import Sale, WorkEntry
from projects.services import money, work
from tests.factories import NOW, TODAY
from tests.projects.races import while_uncommitted
from tests.projects.verbs import confirm, kitchen, lock, note, sell

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def withdraw(people, entry):
    return work.withdraw_hours(entry=entry, actor=people.actor("amina"), at=NOW)


def settle(people, run_key=7):
    return money.settle_for_run(run_key=run_key, cohort_id=people.a.cohort.pk, last_day=TODAY)


def price(people, sale, amount):
    return money.change_sale(
        sale=sale,
        seen_version=sale.version,
        project=sale.project,
        label=sale.label,
        customer=sale.customer,
        amount=Decimal(amount),
        vat_rate=sale.vat_rate,
        sold_on=sale.sold_on,
        paid_on=sale.moved_on,
        actor=people.actor("driss"),
        at=NOW,
    )


def test_hours_struck_out_while_the_run_freezes_are_out(people):
    entry = note(people, "amina")
    confirm(people, "bastien", entry)

    _struck, rows = while_uncommitted(lambda: withdraw(people, entry), lambda: lock(people))

    entry.refresh_from_db()
    assert (rows, entry.state, entry.pay_run_key) == ([], "confirmed", None)


def test_hours_frozen_first_cannot_be_struck_out(people):
    entry = note(people, "amina")
    confirm(people, "bastien", entry)

    rows, struck = while_uncommitted(lambda: lock(people), lambda: withdraw(people, entry))

    entry.refresh_from_db()
    assert len(rows) == 1
    assert isinstance(struck, Frozen)
    assert (entry.state, entry.withdrawn_at) == ("locked", None)


def test_hours_confirmed_while_the_run_freezes_are_in_or_out(people):
    entry = note(people, "amina")

    _done, rows = while_uncommitted(lambda: confirm(people, "bastien", entry), lambda: lock(people))

    entry.refresh_from_db()
    assert (rows, entry.state, entry.pay_run_key) == ([], "confirmed", None)
    assert [row.pk for row in lock(people, run_key=8)] == [entry.pk]


def test_two_runs_never_hold_the_same_hours(people):
    entry = note(people, "amina")
    confirm(people, "bastien", entry)

    first, second = while_uncommitted(lambda: lock(people), lambda: lock(people, run_key=8))

    entry.refresh_from_db()
    assert (len(first), second, entry.pay_run_key) == (1, [], 7)


def test_the_same_run_frozen_twice_at_once_holds_them_once(people):
    entry = note(people, "amina")
    confirm(people, "bastien", entry)

    first, second = while_uncommitted(lambda: lock(people), lambda: lock(people))

    assert first == second == [entry]
    assert TransitionLog.objects.filter(row_id=entry.pk, new="locked").count() == 1


def test_two_phones_cannot_fill_a_day_with_more_than_a_day(people):
    kitchen(people)

    first, second = while_uncommitted(
        lambda: note(people, "amina", minutes=20 * 60),
        lambda: note(people, "amina", minutes=20 * 60),
    )

    assert isinstance(first, WorkEntry)
    assert isinstance(second, Refused)
    assert WorkEntry.objects.count() == 1


def test_the_same_entry_sent_twice_at_once_is_one_entry(people):
    kitchen(people)
    key = uuid.uuid4()

    first, second = while_uncommitted(
        lambda: note(people, "amina", client_uuid=key),
        lambda: note(people, "amina", client_uuid=key),
    )

    assert first == second == WorkEntry.objects.get()


def test_two_colleagues_confirming_at_once_confirm_once(people):
    entry = note(people, "amina")

    counts = while_uncommitted(
        lambda: confirm(people, "bastien", entry), lambda: confirm(people, "driss", entry)
    )

    assert counts == (1, 0)
    assert TransitionLog.objects.filter(row_id=entry.pk).count() == 1


def test_a_week_called_complete_twice_at_once_is_said_once(people):
    monday = dt.date(2026, 11, 23)

    def declare():
        return work.declare_week(
            enrolment=people.enrolments["amina"], monday=monday, actor=people.actor("amina"), at=NOW
        )

    first, second = while_uncommitted(declare, declare)

    assert first == second


def test_of_two_coordinators_editing_a_sale_the_second_is_told(people):
    sale = sell(people)

    first, second = while_uncommitted(
        lambda: price(people, sale, "130.00"), lambda: price(people, sale, "140.00")
    )

    assert isinstance(first, Sale)
    assert isinstance(second, Stale)
    assert Sale.objects.get().amount == Decimal("130.00")


def test_a_sale_corrected_while_the_run_counts_is_counted_as_corrected(people):
    sale = sell(people)

    _changed, settled = while_uncommitted(
        lambda: price(people, sale, "130.00"), lambda: settle(people)
    )

    assert [one.amount for one in settled.sales] == [Decimal("130.00")]


def test_a_counted_sale_is_no_longer_corrected(people):
    sale = sell(people)

    settled, changed = while_uncommitted(
        lambda: settle(people), lambda: price(people, sale, "130.00")
    )

    assert [one.amount for one in settled.sales] == [Decimal("120.00")]
    assert isinstance(changed, Frozen)
    assert Sale.objects.get().amount == Decimal("120.00")


def test_two_runs_never_count_the_same_sale(people):
    sell(people)

    first, second = while_uncommitted(lambda: settle(people), lambda: settle(people, run_key=8))

    assert (len(first.sales), second.sales) == (1, [])
