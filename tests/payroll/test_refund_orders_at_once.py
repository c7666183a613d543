"""Refunds and two people of the host at the same moment: threads on PostgreSQL, where locks are real."""

import pytest

from ct_platform.kit.errors import DomainError
from payroll.models import AccountEntry, Refund, RefundOrder, RefundPayment
from tests.at_once import together
from tests.payroll.test_refund_orders import cancel_refunds, pay, prepare, reject, sound
from tests.payroll.test_refunds import NOW, due, give_back, strike
from tests.projects.receipts import accept, send

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def expense(people):
    return accept(people, send(people))


def prepares(people):
    return prepare(people, amina="cheque", bastien=None)


def refused(answers) -> int:
    return sum(isinstance(answer, DomainError) for answer in answers)


def test_four_who_prepare_at_once_make_one_order(people, expense):
    answers = together(*[lambda: prepares(people)] * 4)

    assert refused(answers) == 3
    assert (RefundOrder.objects.count(), RefundPayment.objects.count()) == (1, 1)


def test_an_order_races_the_press_by_hand_and_one_of_them_wins(people, expense):
    answers = together(
        lambda: prepares(people), lambda: give_back(people),
        lambda: prepares(people), lambda: give_back(people),
    )  # fmt: skip

    assert refused(answers) == 3
    assert RefundPayment.objects.count() + Refund.objects.count() == 1
    assert sound()


def test_four_who_mark_it_paid_write_one_refund(people, expense):
    (order,) = prepares(people)

    assert sorted(together(*[lambda: pay(people, order)] * 4)) == [0, 0, 0, 1]
    assert (Refund.objects.count(), due(people)) == (1, 0)


def test_cancelling_races_marking_and_one_of_them_wins(people, expense):
    (order,) = prepares(people)
    keys = [order.payments.get().pk]

    together(
        lambda: cancel_refunds(order=order, payment_ids=keys, actor=people.actor("helene"), at=NOW),
        lambda: pay(people, order),
    )

    state = order.payments.get().state
    assert (state, due(people)) in (("cancelled", expense.total), ("paid", 0))
    assert sound()


def test_a_rejection_written_by_four_at_once_is_one(people, expense):
    (order,) = prepares(people)
    pay(people, order)
    payment = order.payments.get()

    together(*[lambda: reject(people, payment)] * 4)

    assert AccountEntry.objects.filter(kind="refund").count() == 2
    assert due(people) == expense.total
    assert sound()


def test_striking_the_expense_races_preparing_it_and_one_of_them_wins(people, expense):
    answers = together(lambda: prepares(people), lambda: strike(people, expense))

    assert refused(answers) == 1
    expense.refresh_from_db()
    assert expense.is_withdrawn is not RefundPayment.objects.exists()
    assert sound()
