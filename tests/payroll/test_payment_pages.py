"""Step 7 on the screen: the host pays, the coordinator follows, a person reads their account."""

import datetime as dt
import re
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from payroll.models import AccountEntry, Payment
from payroll.selectors.account_page import account_of
from payroll.services.adjustments import record_advance
from tests.factories import NOW
from tests.ibans import AMINA
from tests.payroll.scene import set_scene
from tests.payroll.test_adjustments import NET, advance
from tests.payroll.test_payments import give_accounts, pay, prepare, reject


@pytest.fixture
def scene(people):
    scene = set_scene(people)
    give_accounts(scene, amina=AMINA)
    return scene


def at(name, run, *keys):
    return reverse(f"payroll:{name}", args=[run.cohort_id, run.pk, *keys])


def text(answer):
    assert answer.status_code == 200
    return re.sub(r"[ \n\t]+", " ", answer.content.decode())


def preparing(scene, **changes):
    amina, bastien = (scene.people.enrolments[name].pk for name in ("amina", "bastien"))
    return {
        "submission_key": str(uuid.uuid4()), "execute_on": "2026-12-10", "seen": "",
        f"pay_{amina}": "on", f"kind_{amina}": "sepa",
        f"pay_{bastien}": "on", f"kind_{bastien}": "cheque",
    } | changes  # fmt: skip


def test_the_host_walks_the_step_to_its_end(scene, enter):
    run = scene.issued()
    helene = enter("helene")
    assert "Payer" in text(helene.get(at("run", run)))
    page = text(helene.get(at("payments", run)))
    assert "499,04\xa0€" in page and f"•••• {AMINA[-4:]}" in page
    asked = preparing(scene)
    for _time in "12":  # a double click
        assert helene.post(at("payments", run), asked).url == at("payments", run)
    assert Payment.objects.count() == 2
    for payment in Payment.objects.all():
        door = at("order", run, payment.order_id)
        assert "Marquer payés" in text(helene.get(door))
        sent = {"paid_on": "2026-11-25", f"on_{payment.pk}": "on", f"cheque_{payment.pk}": "77"}
        for _time in "12":
            assert helene.post(door, sent).status_code == 302
    run.refresh_from_db()
    assert run.state == "paid"
    assert "Cette paie est payée" in text(helene.get(at("payments", run)))
    assert AccountEntry.objects.filter(kind="payment").count() == 2


def test_a_refusal_is_said_on_the_page_and_nothing_is_prepared(scene, enter):
    run = scene.issued()
    answer = enter("helene").post(at("payments", run), preparing(scene, execute_on="2026-11-01"))
    assert "Ce jour est passé" in text(answer)
    assert not Payment.objects.exists()


def test_the_coordinator_follows_without_any_account(scene, enter):
    run = scene.issued()
    prepare(scene, run, bastien="cheque")
    driss = enter("driss")
    page = text(driss.get(at("payments", run)))
    assert "préparé" in page and "Amina Sarr" in page
    assert AMINA[-4:] not in page and "Préparer ces paiements" not in page
    assert driss.post(at("payments", run), preparing(scene)).status_code == 403
    assert driss.post(at("close", run)).status_code == 403


def test_the_host_notes_what_came_back_and_pays_again(scene, enter):
    run = scene.issued()
    prepare(scene, run, bastien="cheque")
    pay(scene, run)
    payment = Payment.objects.get(kind="sepa")
    helene = enter("helene")
    door = at("reject_payment", run, payment.pk)
    assert "L’argent est revenu" in text(helene.get(door))
    answer = helene.post(door, {"rejected_on": "2026-11-25", "reason": "compte clos"})
    assert answer.url == at("payments", run)
    assert "Rejeté le 25 novembre 2026 : compte clos." in text(helene.get(answer.url))
    page = text(helene.get(at("order", run, payment.order_id)))
    assert "rejeté" in page and "compte clos" in page


def test_a_payment_of_another_host_is_not_rejected_by_number(scene, enter):
    run = scene.issued()
    prepare(scene, run, bastien="cheque")
    pay(scene, run)
    door = at("reject_payment", run, Payment.objects.first().pk)
    sent = {"rejected_on": "2026-11-25", "reason": "x"}
    for name in ("hugo", "driss", "amina", "dalia"):
        assert enter(name).post(door, sent).status_code in (403, 404), name
    assert not Payment.objects.filter(state="rejected").exists()


def test_a_person_reads_their_own_account_in_plain_words(scene, enter):
    advance(scene, "100")
    run = scene.issued()
    prepare(scene, run, bastien="cheque")
    pay(scene, run)
    reject(scene, Payment.objects.get(kind="sepa"))
    page = text(enter("amina").get(reverse("payroll:my_account")))
    for words in (
        "Ce que tu as gagné", "249,52\xa0€", "Acompte du 12 novembre 2026 : pour le loyer",
        "Virement du 25 novembre 2026", "Rejeté le 25 novembre 2026 : compte clos",
        "Ce qu’on te doit encore", "149,52\xa0€",
    ):  # fmt: skip
        assert words in page, words
    assert "Coût de la paie" not in page
    assert (
        reverse("payroll:my_pay_of", args=[run.shares.get(enrolment__person=scene.people.amina).pk])
        in page
    )
    other = text(enter("bastien").get(reverse("payroll:my_account")))
    assert "pour le loyer" not in other and "Chèque du 25 novembre 2026" in other


def test_before_any_movement_the_account_says_so(people, enter):
    assert "Ton compte commence" in text(enter("amina").get(reverse("payroll:my_account")))


def test_the_host_reads_the_account_of_its_own_people_only(scene, enter):
    scene.issued()
    amina = reverse(
        "payroll:account_of", args=[scene.cohort.pk, scene.people.enrolments["amina"].pk]
    )
    assert "Part du pot commun, novembre 2026" in text(enter("helene").get(amina))
    for name, status in (("driss", 403), ("bastien", 403), ("hugo", 404), ("dalia", 404)):
        assert enter(name).get(amina).status_code == status, name
    other = reverse(
        "payroll:account_of", args=[scene.cohort.pk, scene.people.enrolments["chloe"].pk]
    )
    assert enter("helene").get(other).status_code == 404


def test_the_sums_of_an_account_add_up_with_what_waits(scene, people):
    scene.issued()
    scene.work("amina", 60)
    record_advance(
        enrolment=people.enrolments["amina"], amount=Decimal("30.00"), given_on=NOW.date(), reason="x",
        actor=scene.helene, at=NOW,
    )  # fmt: skip
    account = account_of(people.enrolments["amina"])
    assert (account.earned, account.taken, account.waiting, account.owed) == (NET, 30, 30, NET)


def test_paying_in_another_month_than_printed_is_said_before_preparing(scene, enter):
    """RSA and activity bonus are declared for the month the money comes."""
    run = scene.issued(paid_on=dt.date(2026, 11, 20))
    helene = enter("helene")
    assert "payé en" not in text(helene.get(at("payments", run)))
    type(run).objects.filter(pk=run.pk).update(paid_on=dt.date(2026, 10, 31))
    assert "payé en octobre 2026" in text(helene.get(at("payments", run)))


def test_the_host_is_told_at_home_which_pay_is_still_to_send(scene, enter):
    run = scene.issued()
    page = text(enter("helene").get(reverse("home:to_approve")))
    assert "Émises, à payer" in page and at("payments", run) in page
    assert at("payments", run) not in text(enter("hugo").get(reverse("home:to_approve")))


def test_my_pay_says_paid_when_the_money_left_and_not_before(scene, enter):
    run = scene.issued(paid_on=dt.date(2026, 11, 20))
    amina, door = enter("amina"), reverse("payroll:my_pay")
    assert "Paiement prévu le 20 novembre 2026" in text(amina.get(door))
    prepare(scene, run, bastien="cheque")
    pay(scene, run)
    page = text(amina.get(door))
    assert "Payé le 25 novembre 2026" in page and reverse("payroll:my_account") in page
    reject(scene, Payment.objects.get(kind="sepa"))
    assert "Payé le" not in text(amina.get(door))
    assert "Payé le 25 novembre 2026" in text(enter("bastien").get(door))


def test_the_cheque_of_my_pay_is_what_is_sent(scene, enter):
    advance(scene, "100")
    scene.issued()
    page = text(enter("amina").get(reverse("payroll:my_pay")))
    assert "cent quarante-neuf euros et cinquante-deux centimes" in page
    assert "deux cent quarante-neuf" not in page
