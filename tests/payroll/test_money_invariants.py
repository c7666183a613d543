"""check_consistency on money: silent on what services made, loud on each thing broken once."""

from decimal import Decimal

import pytest

from decisions.models import Outcome
from members.models import BankDetails
from payroll.invariants import money as checks
from payroll.models import AccountEntry, Adjustment, Payment, Share, Withholding
from tests.decisions.assembly import unguarded
from tests.factories import NOW
from tests.payroll.scene import adopt, set_scene
from tests.payroll.test_adjustments import advance, deduct
from tests.payroll.test_payments import give_accounts, pay, prepare, reject

CHECKS = [
    checks.accounts_are_slips_less_payments, checks.each_payment_is_on_the_account,
    checks.nothing_planned_exceeds_what_is_owed, checks.what_is_withheld_is_due,
    checks.each_deduction_has_its_decision, checks.sealed_accounts_open,
]  # fmt: skip


@pytest.fixture
def scene(people):
    """Amina: an advance and a deduction withheld, paid, sent back, prepared again. Bastien: paid."""
    scene = set_scene(people)
    give_accounts(scene)
    advance(scene, "100")
    deduct(scene, "9.52", scene.rule.outcome)
    run = scene.issued()
    prepare(scene, run)
    pay(scene, run)
    reject(scene, Payment.objects.get(enrolment=people.enrolments["amina"]))
    prepare(scene, run, bastien=None)
    return scene


def only(broken):
    """The check that sees it, and no other."""
    return [check.__name__ for check in CHECKS if list(check())] == [b.__name__ for b in broken]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it_is_silent_on_what_services_made(scene, check):
    assert list(check()) == []


def test_it_sees_a_movement_nothing_proves(scene, people):
    AccountEntry.objects.create(
        enrolment=people.enrolments["bastien"],
        kind="net",
        amount=Decimal("0.01"),
        at=NOW,
        sentence="?",
    )
    assert only([checks.accounts_are_slips_less_payments])


def test_it_sees_a_payment_that_is_not_on_the_account(scene):
    Payment.objects.filter(state="planned").update(
        state="paid", paid_on=NOW.date(), paid_by=scene.people.helene
    )
    assert only([checks.accounts_are_slips_less_payments, checks.each_payment_is_on_the_account])


def test_it_sees_a_payment_movement_without_its_payment(scene, people):
    for amount in (Decimal("-5"), Decimal("5")):
        AccountEntry.objects.create(
            enrolment=people.enrolments["bastien"],
            kind="payment",
            amount=amount,
            at=NOW,
            sentence="?",
        )
    assert only([checks.each_payment_is_on_the_account])


def test_it_sees_more_prepared_than_owed(scene):
    payment = Payment.objects.get(state="planned")
    Payment.objects.filter(pk=payment.pk).update(amount=payment.amount + Decimal("0.01"))
    assert only([checks.nothing_planned_exceeds_what_is_owed])


def test_it_sees_a_share_that_withholds_otherwise_than_its_rows(scene):
    share = Share.objects.get(withheld__gt=0)
    Share.objects.filter(pk=share.pk).update(withheld=share.withheld + 1)
    assert checks.what_is_withheld_is_due in [c for c in CHECKS if list(c())]


def test_it_sees_an_advance_taken_beyond_its_amount(scene):
    part = Withholding.objects.order_by("pk").first()
    Withholding.objects.filter(pk=part.pk).update(amount=part.amount + 1)
    assert len(list(checks.what_is_withheld_is_due())) == 2  # the share, the advance


def test_it_sees_an_advance_altered_after_the_fact(scene):
    Adjustment.objects.filter(kind="advance").update(amount=101)
    assert len(list(checks.what_is_withheld_is_due())) == 1
    assert len(list(checks.accounts_are_slips_less_payments())) == 1


def test_it_sees_a_deduction_without_a_decision_of_the_group(scene, people):
    other = adopt(people.b.cohort, people.dalia).outcome
    Adjustment.objects.filter(kind="deduction").update(decision=other)
    assert only([checks.each_deduction_has_its_decision])
    Adjustment.objects.filter(kind="deduction").update(decision=scene.rule.outcome)
    with unguarded():
        Outcome.objects.filter(pk=scene.rule.outcome.pk).update(
            kind="quorum_missed", winner=None, in_force_from=None, effect_state="none"
        )
    assert only([checks.each_deduction_has_its_decision])


def test_it_sees_an_account_moved_to_another_row(scene, people):
    theirs = BankDetails.objects.get(person=people.bastien)
    BankDetails.objects.filter(person=people.amina).update(sealed=theirs.sealed)
    assert only([checks.sealed_accounts_open])


def test_it_sees_an_account_whose_last_signs_lie(scene):
    Payment.objects.filter(state="planned").update(last4="0000")
    assert only([checks.sealed_accounts_open])
