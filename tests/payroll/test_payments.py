"""Money that leaves: prepared once, never more than is owed, marked, sent back, paid again."""

import datetime as dt
from decimal import Decimal

import pytest

from ct_platform.kit.errors import Frozen, Refused, Stale
from ct_platform.kit.models import TransitionLog
from members.services.bank import enter_bank_details
from payroll.models import AccountEntry, Payment, PaymentOrder
from payroll.selectors.account import balances, owed
from payroll.selectors.payments import due_now, payments_page
from payroll.services.host_bank import enter_host_bank
from payroll.services.orders import Choice
from payroll.services.paying import close_run, mark_paid, reject_payment
from payroll.services.payments import cancel_payments, prepare_payments
from tests.factories import NOW
from tests.ibans import AMINA, BASTIEN, HOST
from tests.payroll.scene import set_scene
from tests.payroll.test_adjustments import NET, OCTOBER, advance

TODAY = dt.date(2026, 11, 25)


@pytest.fixture
def scene(people):
    scene = set_scene(people)
    give_accounts(scene)
    return scene


def give_accounts(scene, **ibans):
    ibans = ibans or {"amina": AMINA, "bastien": BASTIEN}
    for name, iban in ibans.items():
        person = scene.people.persons[name]
        enter_bank_details(
            person=person, iban=iban, holder=person.civil_name, actor=scene.helene, at=NOW
        )
    enter_host_bank(
        host=scene.world.host, iban=HOST, holder="Le Ferment", bic="", actor=scene.helene, at=NOW
    )


def prepare(scene, run, amina="sepa", bastien="sepa", shared=False, **changes):
    keys = scene.people.enrolments
    choices = [
        Choice(keys[name].pk, kind, shared)
        for name, kind in (("amina", amina), ("bastien", bastien))
        if kind
    ]
    asked = {"execute_on": TODAY, "actor": scene.helene, "at": NOW} | changes
    return prepare_payments(run=run, choices=choices, **asked)


def pay(scene, run, *payments, day=TODAY, numbers=None, at=NOW):
    found = payments or Payment.objects.filter(state="planned")
    numbers = numbers or {}
    return mark_paid(
        run=run, payments={p.pk: numbers.get(p.pk, "") for p in found}, paid_on=day,
        actor=scene.helene, at=at,
    )  # fmt: skip


def reject(scene, payment, **changes):
    asked = {
        "rejected_on": TODAY,
        "reason": "compte clos",
        "actor": scene.helene,
        "at": NOW,
    } | changes
    return reject_payment(payment=payment, **asked)


def of(scene, name):
    return scene.people.enrolments[name].pk


def test_it_prepares_what_the_account_owes_and_nothing_has_left(scene):
    run = scene.issued()
    (order,) = prepare(scene, run)
    assert (order.kind, order.reference, order.bank.last4) == (
        "sepa",
        f"CT202611-{run.pk}-1",
        HOST[-4:],
    )
    amounts = {p.enrolment_id: (p.amount, p.state, p.last4) for p in order.payments.all()}
    assert amounts[of(scene, "amina")] == (NET, "planned", AMINA[-4:])
    assert not AccountEntry.objects.filter(kind="payment").exists()
    assert set(due_now(amounts).values()) == {Decimal(0)}
    assert [p.end_to_end for p in order.payments.all()] == [
        f"{order.reference}-00{n}" for n in (1, 2)
    ]


def test_without_an_account_it_is_a_cheque_in_its_own_list(scene):
    run = scene.issued()
    sepa, cheque = prepare(scene, run, bastien="cheque")
    assert (sepa.kind, cheque.kind, cheque.bank, cheque.reference[-2:]) == (
        "sepa",
        "cheque",
        None,
        "-2",
    )
    assert cheque.payments.get().sealed_iban == ""


def test_what_is_prepared_keeps_its_account_when_the_person_changes(scene):
    run = scene.issued()
    (order,) = prepare(scene, run, bastien=None)
    give_accounts(scene, amina=BASTIEN)
    assert order.payments.get().last4 == AMINA[-4:]


def test_preparing_twice_finds_nothing_left(scene):
    run = scene.issued()
    prepare(scene, run)
    with pytest.raises(Refused, match="déjà préparé"):
        prepare(scene, run)
    assert Payment.objects.count() == 2 and PaymentOrder.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"execute_on": TODAY - dt.timedelta(days=1)}, "passé"),
        ({"amina": None, "bastien": None}, "Cochez au moins une personne"),
    ],
)
def test_what_cannot_be_prepared_is_refused_whole(scene, changes, words):
    run = scene.issued()
    with pytest.raises(Refused, match=words):
        prepare(scene, run, **changes)
    assert not PaymentOrder.objects.exists()


def test_nothing_is_prepared_before_the_slips(scene):
    run = scene.approved()
    with pytest.raises(Refused, match="pas encore émis"):
        prepare(scene, run)


def test_a_transfer_without_an_account_on_either_side_is_refused(people):
    scene = set_scene(people)
    run = scene.issued()
    with pytest.raises(Refused, match="compte d’où partent"):
        prepare(scene, run)
    give_accounts(scene, amina=AMINA)
    with pytest.raises(Refused, match="Bastien Cherif n’a pas de compte"):
        prepare(scene, run)
    assert not PaymentOrder.objects.exists()


def test_amounts_that_moved_since_the_page_was_read_are_refused(scene):
    run = scene.issued()
    reading = payments_page(run, NOW).reading
    prepare(scene, run, amina=None)
    with pytest.raises(Stale, match="montants ont changé"):
        prepare(scene, run, seen=reading)
    prepare(scene, run, seen=payments_page(run, NOW).reading)


def test_one_account_for_two_people_is_ticked_or_refused(scene):
    run = scene.issued()
    give_accounts(scene, bastien=AMINA)
    page = {row.enrolment.pk: row for row in payments_page(run, NOW).people}
    assert page[of(scene, "amina")].shared_with == (scene.people.bastien,)
    with pytest.raises(Refused, match="le même compte"):
        prepare(scene, run)
    assert not PaymentOrder.objects.exists()
    prepare(scene, run, shared=True)


def test_a_young_account_is_said_to_the_host(scene):
    run = scene.issued()
    warnings = [row.warnings for row in payments_page(run, NOW).people]
    assert all("moins de sept jours" in found[0] for found in warnings)
    later = payments_page(run, NOW + dt.timedelta(days=8)).people
    assert all(row.warnings == () for row in later)


def test_marking_paid_writes_the_account_once_and_finishes_the_run(scene):
    run = scene.issued()
    prepare(scene, run)
    first, second = Payment.objects.order_by("pk")
    assert pay(scene, run, first) == 1
    run.refresh_from_db()
    assert run.state == "issued" and run.paid_at is None
    assert pay(scene, run, first, second) == 1  # one of them had left already
    assert pay(scene, run, first, second) == 0
    run.refresh_from_db()
    assert (run.state, run.paid_at) == ("paid", NOW)
    entries = AccountEntry.objects.filter(kind="payment")
    assert {(e.payment_id, e.amount) for e in entries} == {
        (p.pk, -p.amount) for p in (first, second)
    }
    assert set(balances([of(scene, "amina"), of(scene, "bastien")]).values()) == {Decimal(0)}
    first.refresh_from_db()
    assert (first.paid_on, first.paid_by) == (TODAY, scene.people.helene)


def test_a_cheque_keeps_its_number_and_a_transfer_has_none(scene):
    run = scene.issued()
    prepare(scene, run, bastien="cheque")
    payments = {p.kind: p for p in Payment.objects.all()}
    pay(scene, run, numbers={p.pk: " 0001234 " for p in payments.values()})
    assert dict(Payment.objects.values_list("kind", "cheque_number")) == {
        "sepa": "", "cheque": "0001234",
    }  # fmt: skip
    assert AccountEntry.objects.filter(sentence="Chèque du 25 novembre 2026").count() == 1


@pytest.mark.parametrize("day", [TODAY + dt.timedelta(days=1), dt.date(2026, 10, 31)])
def test_a_day_that_cannot_be_is_refused(scene, day):
    run = scene.issued()
    prepare(scene, run)
    with pytest.raises(Refused) as refusal:
        pay(scene, run, day=day)
    assert refusal.value.field == "paid_on"
    assert not Payment.objects.filter(state="paid").exists()


def test_cancelling_before_sending_owes_it_again_and_it_can_be_prepared_again(scene):
    run = scene.issued()
    prepare(scene, run, bastien=None)
    payment = Payment.objects.get()
    for done in (1, 0):
        assert done == cancel_payments(
            run=run, payment_ids=[payment.pk], actor=scene.helene, at=NOW
        )
    assert due_now([of(scene, "amina")])[of(scene, "amina")] == NET
    with pytest.raises(Stale):
        pay(scene, run, payment)
    prepare(scene, run, amina="cheque", bastien=None)
    assert Payment.objects.get(state="planned").kind == "cheque"


def test_what_left_is_not_cancelled(scene):
    run = scene.issued()
    prepare(scene, run)
    pay(scene, run)
    with pytest.raises(Frozen, match="déjà parti"):
        cancel_payments(
            run=run, payment_ids=[Payment.objects.first().pk], actor=scene.helene, at=NOW
        )


def test_a_payment_of_another_run_is_not_reached_by_number(people):
    scene = set_scene(people)
    give_accounts(scene)
    scene.sell("700.00", moved_on=dt.date(2026, 10, 7))
    scene.work("amina", 300, day=dt.date(2026, 10, 8))
    october = scene.issued(**OCTOBER)
    prepare(scene, october, bastien=None)
    november = scene.issued()
    with pytest.raises(Refused, match="Cochez"):
        pay(scene, november, Payment.objects.get())
    assert Payment.objects.get().state == "planned"


def test_a_rejected_payment_is_owed_again_and_paid_again(scene):
    run = scene.issued()
    prepare(scene, run)
    pay(scene, run)
    payment = Payment.objects.get(enrolment=of(scene, "amina"))
    for _time in "12":
        reject(scene, payment)
    run.refresh_from_db()
    assert (run.state, run.paid_at) == ("issued", None)
    first, second = AccountEntry.objects.filter(payment=payment).order_by("pk")
    assert (second.reverses, first.amount + second.amount) == (first, 0)
    assert second.sentence == "Rejeté le 25 novembre 2026 : compte clos"
    assert owed([of(scene, "amina")])[of(scene, "amina")] == NET
    (row,) = payments_page(run, NOW).to_prepare
    assert "Rejeté le 25 novembre 2026 : compte clos." in row.warnings
    prepare(scene, run, amina="cheque", bastien=None)
    again = Payment.objects.get(state="planned")
    assert again.again == payment and again.amount == NET
    pay(scene, run)
    run.refresh_from_db()
    assert run.state == "paid"
    assert balances([of(scene, "amina")])[of(scene, "amina")] == 0
    moves = TransitionLog.objects.filter(model="payroll.payrun", row_id=run.pk).values_list("new")
    assert [new for (new,) in moves][-3:] == ["paid", "issued", "paid"]


def test_a_cancelled_second_try_leaves_the_rejected_one_to_send_again(scene):
    run = scene.issued()
    prepare(scene, run, bastien=None)
    pay(scene, run)
    rejected = reject(scene, Payment.objects.get())
    prepare(scene, run, bastien=None)
    second = Payment.objects.get(state="planned")
    cancel_payments(run=run, payment_ids=[second.pk], actor=scene.helene, at=NOW)
    prepare(scene, run, bastien=None)
    assert Payment.objects.get(state="planned").again == rejected


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rejected_on": TODAY - dt.timedelta(days=1)}, "rejected_on"),
        ({"rejected_on": TODAY + dt.timedelta(days=1)}, "rejected_on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_an_impossible_rejection_is_refused(scene, changes, field):
    run = scene.issued()
    prepare(scene, run)
    pay(scene, run)
    with pytest.raises(Refused) as refusal:
        reject(scene, Payment.objects.first(), **changes)
    assert refusal.value.field == field
    assert not Payment.objects.filter(state="rejected").exists()


def test_what_never_left_is_not_rejected(scene):
    run = scene.issued()
    prepare(scene, run)
    with pytest.raises(Refused, match="pas parti"):
        reject(scene, Payment.objects.first())


def test_a_run_whose_nets_were_all_advanced_is_closed_by_hand(scene):
    for name in ("amina", "bastien"):
        advance(scene, "400", name=name)
    run = scene.issued()
    with pytest.raises(Refused, match="Rien à préparer"):
        prepare(scene, run)
    for _time in "12":
        assert close_run(run=run, actor=scene.helene, at=NOW).state == "paid"


def test_a_run_that_still_owes_is_not_closed(scene):
    run = scene.issued()
    with pytest.raises(Refused, match="Il reste des personnes"):
        close_run(run=run, actor=scene.helene, at=NOW)


def test_one_payment_may_settle_two_runs(people):
    scene = set_scene(people)
    type(people.enrolments["gael"]).objects.filter(person=people.gael).update(left_on="2026-09-30")
    scene.sell("700.00", moved_on=dt.date(2026, 10, 7))
    scene.work("amina", 300, day=dt.date(2026, 10, 8))
    runs = [scene.issued(**OCTOBER), scene.issued()]
    orders = prepare(scene, runs[1], "cheque", "cheque")
    pay(scene, runs[1])
    for run in runs:
        run.refresh_from_db()
    assert [run.state for run in runs] == ["paid", "paid"] and len(orders) == 1


def test_a_negative_balance_is_carried_to_the_next_pay(people):
    """What a correction leaves: less was due than was sent. The next payment is smaller by it."""
    scene = set_scene(people)
    give_accounts(scene)
    scene.sell("700.00", moved_on=dt.date(2026, 10, 7))
    scene.work("amina", 300, day=dt.date(2026, 10, 8))
    amina = of(scene, "amina")
    october = scene.issued(**OCTOBER)
    prepare(scene, october, bastien=None)
    pay(scene, october)
    AccountEntry.objects.create(
        enrolment_id=amina,
        kind="net",
        amount=Decimal("-20.00"),
        at=NOW,
        sentence="Bulletin corrigé",
    )
    row = {r.enrolment.pk: r for r in payments_page(october, NOW).people}[amina]
    assert row.due == -20 and "20,00\xa0€ de trop" in row.warnings[0]
    with pytest.raises(Refused, match="Rien à préparer"):
        prepare(scene, october, bastien=None)
    november = scene.issued()
    net = november.shares.get(enrolment=amina).to_pay
    prepare(scene, november, bastien=None)
    assert Payment.objects.get(state="planned").amount == net - 20


def test_a_person_of_another_host_is_not_named_for_a_shared_account(scene):
    """A host that types somebody's IBAN must not learn who, elsewhere, is paid on it."""
    run = scene.issued()
    enter_bank_details(
        person=scene.people.elsa, iban=AMINA, holder="Elsa", actor=scene.helene, at=NOW
    )
    page = {row.enrolment.pk: row for row in payments_page(run, NOW).people}
    amina = page[of(scene, "amina")]
    assert amina.is_shared and amina.shared_with == ()
    assert amina.shared_names == "une personne d’une autre coopérative"
    assert not page[of(scene, "bastien")].is_shared
    with pytest.raises(Refused, match="le même compte"):
        prepare(scene, run)
