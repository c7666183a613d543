"""A correction meets the money: before it leaves, and after."""

from decimal import Decimal

import pytest
from django.db import transaction

from ct_platform.kit.errors import Refused
from payroll.models import Payment, Payslip
from payroll.selectors.payments import due_now
from payroll.services.corrections import issue_correction
from payroll.services.orders import Choice
from payroll.services.paying import mark_paid
from payroll.services.payments import cancel_payments, prepare_payments
from tests.factories import NOW, TODAY
from tests.payroll.correcting import add_colleague, corrected, proposed, share_of
from tests.payroll.scene import set_scene


def test_a_payment_prepared_on_the_old_figures_leaves_or_is_cancelled_first(people):
    """Else the bank file would pay a net that no slip says any more."""
    irene = add_colleague(people)
    scene = set_scene(people)
    run = scene.issued()
    correction = proposed(scene, run)
    enrolment = correction.share.enrolment_id
    prepare_payments(
        run=run,
        choices=[Choice(enrolment, "cheque")],
        execute_on=NOW.date(),
        actor=scene.helene,
        at=NOW,
    )
    with (
        pytest.raises(Refused, match="est préparé avec les anciens montants"),
        transaction.atomic(),
    ):
        issue_correction(correction=correction, actor=irene, at=NOW)
    assert Payslip.objects.count() == 2
    planned = list(Payment.objects.values_list("pk", flat=True))
    cancel_payments(run=run, payment_ids=planned, actor=scene.helene, at=NOW)
    assert issue_correction(correction=correction, actor=irene, at=NOW).state == "issued"
    assert due_now([enrolment])[enrolment] == share_of(run).standing.net_paid


def pay_everybody(scene, run, day=TODAY):
    at = NOW + (day - TODAY)
    keys = run.shares.values_list("enrolment_id", flat=True)
    prepare_payments(
        run=run, choices=[Choice(key, "cheque") for key in keys], execute_on=day,
        actor=scene.helene, at=at,
    )  # fmt: skip
    planned = Payment.objects.filter(state="planned").values_list("pk", flat=True)
    mark_paid(run=run, payments=dict.fromkeys(planned, ""), paid_on=day, actor=scene.helene, at=at)
    run.refresh_from_db()


def test_what_a_correction_adds_is_owed_and_the_pay_comes_back_among_those_to_make(people):
    add_colleague(people)
    scene = set_scene(people)
    run = scene.issued()
    pay_everybody(scene, run)
    assert run.state == "paid"
    before = share_of(run).net_paid
    correction = corrected(scene, run, asked={"atmp_rate": Decimal("1.00")})
    run.refresh_from_db()
    more = share_of(run).standing.net_paid - before
    assert more > 0 and run.state == "issued" and run.paid_at is None
    assert due_now([correction.share.enrolment_id]) == {correction.share.enrolment_id: more}
    pay_everybody(scene, run)
    assert run.state == "paid"
    assert Payment.objects.latest("pk").amount == more


def test_what_a_correction_takes_back_waits_for_the_next_pay(people):
    """Nobody is asked for money: the account is below zero, and the next net pays it."""
    add_colleague(people)
    scene = set_scene(people)
    run = scene.issued()
    pay_everybody(scene, run)
    correction = corrected(scene, run)
    run.refresh_from_db()
    assert share_of(run).standing.net_paid < share_of(run).net_paid
    assert run.state == "paid"
    assert due_now([correction.share.enrolment_id])[correction.share.enrolment_id] < 0
