"""check_consistency on pay: silent on what services made, loud on what somebody tampered with."""

from decimal import Decimal

import pytest
from django.db import connection

from payroll import invariants
from payroll.models import AccountEntry, PayRun, Payslip, Share
from tests.factories import NOW
from tests.payroll.scene import set_scene

CHECKS = [
    invariants.shares_sum_to_the_pot, invariants.each_share_is_cost_and_remainder,
    invariants.the_photograph_is_unaltered, invariants.stored_pay_recomputes,
    invariants.slips_sum_their_lines, invariants.the_account_says_what_was_issued,
]  # fmt: skip


@pytest.fixture
def scene(people):
    return set_scene(people, kind="hours", sales=Decimal("1001.82"))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it_is_silent_on_an_issued_run(scene, check):
    scene.issued()
    assert list(check()) == []


def test_it_sees_a_share_that_is_not_in_the_pot(scene):
    run = scene.computed()
    share = run.shares.order_by("pk").first()
    Share.objects.filter(pk=share.pk).update(amount=share.amount + 1, remainder=share.remainder + 1)
    assert len(list(invariants.shares_sum_to_the_pot())) == 1
    assert len(list(invariants.stored_pay_recomputes())) == 1


def test_it_sees_an_altered_photograph(scene):
    run = scene.computed()
    run.photograph["people"][0]["minutes_by_kind"]["production"] += 60
    PayRun.objects.filter(pk=run.pk).update(photograph=run.photograph)
    assert len(list(invariants.the_photograph_is_unaltered())) == 1


def test_it_sees_a_movement_nobody_issued(scene):
    run = scene.computed()
    AccountEntry.objects.create(
        enrolment=scene.people.enrolments["amina"], run=run, kind="share", amount=Decimal("5.00"),
        at=NOW, sentence="Glissé",
    )  # fmt: skip
    assert "non émise" in next(iter(invariants.the_account_says_what_was_issued()))


def test_it_sees_a_slip_changed_behind_its_trigger(scene):
    scene.issued()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE payroll_payslip DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER payroll_payslip_no_update")
    Payslip.objects.update(net_before_tax=Decimal("1.00"))
    assert len(list(invariants.slips_sum_their_lines())) == 2
