"""Two people on the same money at the same moment: threads on PostgreSQL, where locks are real."""

import pytest

from ct_platform.kit.errors import DomainError
from members.models import BankDetails
from members.services.bank import enter_bank_details
from payroll.models import AccountEntry, Adjustment, Payment, PaymentOrder
from payroll.selectors.account import balances
from payroll.services.adjustments import cancel_adjustment
from payroll.services.orders import Choice
from payroll.services.paying import mark_paid, reject_payment
from payroll.services.payments import cancel_payments, prepare_payments
from payroll.services.runs import compute_run
from tests.at_once import together
from tests.factories import NOW
from tests.ibans import iban
from tests.payroll.scene import set_scene
from tests.payroll.test_adjustments import NET, advance
from tests.payroll.test_payments import TODAY, give_accounts, pay, prepare

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(people):
    scene = set_scene(people)
    give_accounts(scene)
    return scene


def test_two_who_prepare_at_once_prepare_once(scene):
    run, helene = scene.issued(), scene.helene
    keys = [scene.people.enrolments[name].pk for name in ("amina", "bastien")]

    def prepares():
        choices = [Choice(key, "sepa") for key in keys]
        return prepare_payments(run=run, choices=choices, execute_on=TODAY, actor=helene, at=NOW)

    answers = together(prepares, prepares, prepares)
    assert sum(isinstance(answer, DomainError) for answer in answers) == 2
    assert (Payment.objects.count(), PaymentOrder.objects.count()) == (2, 1)


def test_many_who_mark_paid_at_once_take_it_off_once(scene):
    run, helene = scene.issued(), scene.helene
    prepare(scene, run)
    found = dict.fromkeys(Payment.objects.values_list("pk", flat=True), "")

    def marks():
        return mark_paid(run=run, payments=found, paid_on=TODAY, actor=helene, at=NOW)

    assert sorted(together(*[marks] * 4)) == [0, 0, 0, 2]
    assert AccountEntry.objects.filter(kind="payment").count() == 2
    run.refresh_from_db()
    assert run.state == "paid"


def test_cancelling_races_marking_and_one_of_them_wins(scene):
    run, helene = scene.issued(), scene.helene
    prepare(scene, run, bastien=None)
    payment = Payment.objects.get()
    amina = payment.enrolment_id
    together(
        lambda: cancel_payments(run=run, payment_ids=[payment.pk], actor=helene, at=NOW),
        lambda: mark_paid(run=run, payments={payment.pk: ""}, paid_on=TODAY, actor=helene, at=NOW),
    )
    payment.refresh_from_db()
    assert (payment.state, balances([amina])[amina]) in (("cancelled", NET), ("paid", 0))


def test_a_rejection_races_the_last_mark_and_the_run_tells_the_truth(scene):
    run, helene = scene.issued(), scene.helene
    prepare(scene, run)
    first, second = Payment.objects.order_by("pk")
    pay(scene, run, first)
    together(
        lambda: reject_payment(
            payment=first, rejected_on=TODAY, reason="clos", actor=helene, at=NOW
        ),
        lambda: mark_paid(run=run, payments={second.pk: ""}, paid_on=TODAY, actor=helene, at=NOW),
        lambda: reject_payment(
            payment=first, rejected_on=TODAY, reason="clos", actor=helene, at=NOW
        ),
    )
    run.refresh_from_db()
    assert (run.state, run.paid_at) == ("issued", None)  # whoever came first, money is owed
    assert AccountEntry.objects.filter(payment=first).count() == 2
    assert balances([first.enrolment_id])[first.enrolment_id] == NET


def test_two_accounts_typed_at_once_leave_one_current(scene, people):
    actors = [people.actor("amina"), scene.helene] * 2

    def enters(rank, actor):
        return enter_bank_details(
            person=people.amina, iban=iban(50 + rank), holder="A", actor=actor, at=NOW
        )

    answers = together(*[lambda r=r, a=a: enters(r, a) for r, a in enumerate(actors)])
    assert not [answer for answer in answers if isinstance(answer, DomainError)]
    assert BankDetails.objects.current().filter(person=people.amina).count() == 1
    assert BankDetails.objects.filter(person=people.amina).count() == 5


def test_cancelling_an_advance_races_the_computation(scene):
    given, driss, helene = advance(scene, "100"), scene.driss, scene.helene
    run = scene.frozen()
    together(
        lambda: compute_run(run=run, actor=driss, at=NOW),
        lambda: cancel_adjustment(adjustment=given, actor=helene, at=NOW),
    )
    cancelled = Adjustment.objects.get().cancelled_at is not None
    withheld = sum(share.withheld for share in run.shares.all())
    assert (cancelled, withheld) in ((True, 0), (False, 100))
