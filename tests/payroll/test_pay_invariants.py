"""check_consistency on pay: silent on what services made, loud on what somebody tampered with."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection, transaction

from ct_platform.kit.invariants import all_invariants
from documents.invariants import numbers_are_gapless
from documents.services.numbers import take_numbers
from payroll.invariants import pay as invariants
from payroll.invariants import uploads as upload_invariants
from payroll.models import AccountEntry, PayRun, Payslip, Share, UploadedSlip
from payroll.services import ledger
from tests.factories import NOW
from tests.payroll.host_scene import handed, set_host_scene
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


def test_it_sees_a_share_that_is_not_its_cost_and_remainder(scene):
    """The database refuses it too: somebody must have set its check aside."""
    run = scene.computed()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE payroll_share DROP CONSTRAINT share_is_cost_and_remainder")
        else:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            share = run.shares.order_by("pk").first()
            Share.objects.filter(pk=share.pk).update(remainder=share.remainder + 1)
        finally:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = OFF")
    (sentence,) = invariants.each_share_is_cost_and_remainder()
    assert str(share.pk) in sentence


def test_it_sees_a_movement_that_was_never_written(scene, monkeypatch):
    def forgets_the_last(*, run, shares, at, write=ledger.write_run):
        return write(run=run, shares=list(shares)[:-1], at=at)

    monkeypatch.setattr(ledger, "write_run", forgets_the_last)
    run = scene.issued()
    forgotten = run.shares.order_by("enrolment_id").last()
    (sentence,) = invariants.the_account_says_what_was_issued()
    assert str(forgotten.pk) in sentence


def test_it_sees_a_number_that_no_slip_has(scene):
    """A number taken and given to nothing: the series has a hole."""
    scene.issued()
    with transaction.atomic():
        take_numbers(issuer_key=scene.world.host.pk, series="R", year=2026, count=1)
    assert any("2026-R-00003" in sentence for sentence in numbers_are_gapless())


def test_it_sees_a_slip_of_the_host_handed_to_somebody_else(people):
    scene = set_host_scene(people)
    scene.issued()
    handed(scene)
    assert list(upload_invariants.handed_slips_are_their_persons_paper()) == []
    amina = UploadedSlip.objects.get(enrolment=people.enrolments["amina"])
    bastien = UploadedSlip.objects.get(enrolment=people.enrolments["bastien"])
    papers = amina.document_id, bastien.document_id
    UploadedSlip.objects.filter(pk=bastien.pk).update(document=None)
    UploadedSlip.objects.filter(pk=amina.pk).update(document=papers[1])
    assert len(list(upload_invariants.handed_slips_are_their_persons_paper())) == 2


def test_every_invariant_of_pay_is_broken_by_a_test():
    """A check that nobody ever saw fail proves nothing: each is asked twice, whole and broken."""
    tests = "".join(
        path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("*.py")
    )
    pay = [each for each in all_invariants() if each.code.startswith("payroll.")]
    unbroken = [each.code for each in pay if tests.count(each.check.__name__) < 2]
    assert pay and unbroken == []
