"""check_consistency on corrected pay: silent on what services made, loud on each thing broken once."""

from decimal import Decimal

import pytest
from django.db import connection

from documents.models import Counter, Document
from payroll.invariants import corrections as checks
from payroll.invariants import pay as invariants
from payroll.models import AccountEntry, Correction, Payslip, PayslipLine
from tests.factories import NOW
from tests.payroll.correcting import add_colleague, corrected, proposed
from tests.payroll.scene import set_scene

D = Decimal
OURS = [
    checks.counter_slips_are_opposite, checks.each_correction_has_its_pair,
    checks.the_standing_answer_is_the_share, checks.stored_corrections_recompute,
    checks.slip_numbers_follow_each_other,
]  # fmt: skip
ALL = [
    *OURS, invariants.slips_sum_their_lines, invariants.the_account_says_what_was_issued,
    invariants.each_share_is_cost_and_remainder, invariants.stored_pay_recomputes,
]  # fmt: skip


@pytest.fixture
def scene(people):
    add_colleague(people)
    return set_scene(people, kind="hours", sales=D("1001.82"))


@pytest.fixture
def twice(scene):
    """Amina's slip corrected twice, Bastien's proposed only."""
    run = scene.issued()
    corrected(scene, run)
    corrected(scene, run, asked={"atmp_rate": D("1.80")}, reason="Encore.")
    proposed(scene, run, "Bastien")
    return run


def unlock(table):
    """Behind the guards of the database, as somebody with its password would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute(f"DROP TRIGGER {table}_no_update")


def found(check):
    return list(check())


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.__name__)
def test_it_is_silent_on_corrected_pay(twice, check):
    assert found(check) == []


def test_it_sees_a_counter_slip_that_cancels_another_amount(twice):
    unlock("payroll_payslip")
    Payslip.objects.filter(kind="counter", version=1).update(tax=D("-0.01"))
    assert len(found(checks.counter_slips_are_opposite)) == 1


def test_it_sees_a_line_the_counter_slip_lost_the_sign_of(twice):
    unlock("payroll_payslipline")
    line = PayslipLine.objects.filter(payslip__kind="counter").first()
    PayslipLine.objects.filter(pk=line.pk).update(amount=-line.amount)
    assert len(found(checks.counter_slips_are_opposite)) == 1
    assert len(found(invariants.slips_sum_their_lines)) == 1


def test_it_sees_a_correction_said_issued_without_its_slips(twice):
    Correction.objects.filter(state="proposed").update(state="issued", decided_at=NOW)
    assert len(found(checks.each_correction_has_its_pair)) == 1
    assert len(found(invariants.the_account_says_what_was_issued)) == 1


def test_it_sees_a_wrong_paper_that_still_says_it_is_valid(twice):
    wrong = Payslip.objects.get(kind="slip", version=2)
    Document.objects.filter(pk=wrong.document_id).update(status="valid", replaced_by=None)
    assert len(found(checks.each_correction_has_its_pair)) == 1


def test_it_sees_a_later_version_no_correction_explains(twice):
    unlock("payroll_payslip")
    Payslip.objects.filter(version=3).update(correction=None)
    assert len(found(checks.each_correction_has_its_pair)) == 2  # the slip, and its correction


def test_it_sees_a_correction_that_makes_another_share(twice):
    last = Correction.objects.filter(state="issued").last()
    Correction.objects.filter(pk=last.pk).update(remainder=last.remainder + 1)
    assert len(found(checks.the_standing_answer_is_the_share)) == 1
    assert len(found(checks.stored_corrections_recompute)) == 1
    assert len(found(invariants.the_account_says_what_was_issued)) == 1


def test_it_sees_a_change_that_was_not_what_the_engine_was_asked(twice):
    last = Correction.objects.filter(state="issued").last()
    Correction.objects.filter(pk=last.pk).update(changes={"atmp_rate": ["2.10", "9.99"]})
    assert len(found(checks.stored_corrections_recompute)) == 1


def test_it_sees_a_slip_that_does_not_print_its_answer(twice):
    unlock("payroll_payslip")
    Payslip.objects.filter(version=3).update(gross=D("1.00"))
    assert len(found(checks.the_standing_answer_is_the_share)) == 1


def test_it_sees_a_reversal_of_another_amount(twice):
    unlock("payroll_accountentry")
    entry = AccountEntry.objects.filter(reverses__isnull=False, kind="net").last()
    AccountEntry.objects.filter(pk=entry.pk).update(amount=entry.amount + 1)
    assert len(found(invariants.the_account_says_what_was_issued)) == 1


def test_it_sees_a_number_given_and_never_used(twice):
    Counter.objects.update(last=20)
    assert len(found(checks.slip_numbers_follow_each_other)) == 1


def test_it_sees_a_number_used_twice(twice):
    unlock("payroll_payslip")
    Payslip.objects.filter(number="2026-R-00004").update(number="2026-R-00003")
    assert len(found(checks.slip_numbers_follow_each_other)) == 1
