"""Refunds that leave together: prepared once, downloaded, marked, sent back by the bank, sent again."""

import datetime as dt
import io
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from openpyxl import load_workbook

from ct_platform.kit.errors import Frozen, Refused, Stale
from members.services.bank import enter_bank_details
from payroll.invariants import money as money_checks
from payroll.invariants import refunds as checks
from payroll.models import AccountEntry, Payment, Refund, RefundOrder, RefundPayment
from payroll.selectors.account import owed
from payroll.selectors.refunds import refunds_page
from payroll.services import resealing
from payroll.services.bank_file import bank_file
from payroll.services.host_bank import enter_host_bank
from payroll.services.orders import Choice
from payroll.services.payment_lists import cheque_letters, payment_list
from payroll.services.refund_orders import (
    cancel_refunds,
    mark_refunds_paid,
    prepare_refunds,
    reject_refund,
)
from payroll.services.refunds import cancel_refund
from tests.factories import NOW
from tests.ibans import AMINA, BASTIEN, HOST
from tests.payroll.test_bank_file import words
from tests.payroll.test_refunds import due, give_back, strike
from tests.projects.receipts import accept, send

TODAY = dt.date(2026, 11, 25)
YESTERDAY = TODAY - dt.timedelta(days=1)
CHECKS = (
    checks.advanced_expenses_are_owed_once, checks.refunds_are_on_the_account,
    checks.sent_refunds_are_the_same, checks.planned_refunds_are_owed,
    money_checks.accounts_are_slips_less_payments, money_checks.sealed_accounts_open,
)  # fmt: skip


@pytest.fixture
def group(people):
    """Amina advanced 52,75 €, Bastien 10,00 €; both and the host gave an account."""
    accept(people, send(people))
    accept(people, send(people, "bastien", total=Decimal("10.00"), vat=Decimal(0), label="Ficelle"))
    helene = people.actor("helene")
    for name, iban in (("amina", AMINA), ("bastien", BASTIEN)):
        person = people.persons[name]
        enter_bank_details(person=person, iban=iban, holder=person.civil_name, actor=helene, at=NOW)
    enter_host_bank(
        host=people.a.host, iban=HOST, holder="Le Ferment", bic="", actor=helene, at=NOW
    )
    return people


def prepare(people, amina="sepa", bastien="sepa", **changes):
    kinds = (("amina", amina), ("bastien", bastien))
    choices = [Choice(people.enrolments[name].pk, kind) for name, kind in kinds if kind]
    asked = {"cohort": people.a.cohort, "choices": choices, "execute_on": TODAY} | changes
    return prepare_refunds(actor=people.actor("helene"), at=NOW, **asked)


def pay(people, order, numbers=None, **changes):
    rows = order.payments.all()
    found = {row.pk: (numbers or {}).get(row.enrolment_id, "") for row in rows}
    asked = {"order": order, "payments": found, "paid_on": TODAY} | changes
    return mark_refunds_paid(actor=people.actor("helene"), at=NOW, **asked)


def reject(people, payment, **changes):
    asked = {"rejected_on": TODAY, "reason": "compte clos"} | changes
    return reject_refund(payment=payment, actor=people.actor("helene"), at=NOW, **asked)


def sound():
    return [check.__name__ for check in CHECKS if list(check())] == []


def test_one_file_holds_several_people_and_nothing_has_left(group):
    (order,) = prepare(group)

    assert order.reference == f"CTF202611-{group.a.cohort.pk}-1"
    assert [(p.amount, p.state, p.last4) for p in order.payments.all()] == [
        (Decimal("52.75"), "planned", AMINA[-4:]), (Decimal("10.00"), "planned", BASTIEN[-4:]),
    ]  # fmt: skip
    assert not Refund.objects.exists()
    assert due(group) == Decimal("52.75")
    assert sound()


def test_the_bank_file_is_the_same_at_each_download_and_says_what_it_is(group):
    (order,) = prepare(group)

    content = bank_file(order)

    assert content == bank_file(RefundOrder.objects.get())
    tree = ET.fromstring(content)  # noqa: S314  our own text
    tell = {node.tag.partition("}")[2]: node.text for node in tree.iter()}
    assert (tell["MsgId"], tell["CtrlSum"], tell["NbOfTxs"]) == (order.reference, "62.75", "2")
    assert tell["Ustrd"].startswith("Remboursement de frais")
    assert AMINA in content.decode() and BASTIEN in content.decode()


def test_without_an_account_it_is_a_cheque_in_its_own_list(group):
    sepa, cheque = prepare(group, bastien="cheque")

    assert (sepa.kind, cheque.kind, cheque.bank) == ("sepa", "cheque", None)
    assert cheque.payments.get().sealed_iban == ""
    rows = list(load_workbook(io.BytesIO(payment_list(cheque))).active.iter_rows(values_only=True))
    assert [row[1] for row in rows[1:]] == [10]
    pages, letter = words(cheque_letters(cheque))
    assert pages == 1
    assert "dix euros" in letter and "avancé" in letter
    assert "rémunération" not in letter and "bulletin" not in letter
    with pytest.raises(Refused):
        bank_file(cheque)


def test_a_transfer_to_who_gave_no_account_is_refused_by_name_and_nothing_is_prepared(people):
    accept(people, send(people))
    enter_host_bank(
        host=people.a.host, iban=HOST, holder="H", bic="", actor=people.actor("helene"), at=NOW
    )

    with pytest.raises(Refused, match=r"Amina .* choisissez le chèque"):
        prepare(people, bastien=None)

    assert not RefundOrder.objects.exists()


def test_what_left_is_given_back_once_whoever_presses_twice(group):
    (order,) = prepare(group)

    assert pay(group, order) == 2
    assert pay(group, order) == 0

    refund = Refund.objects.get(enrolment=group.enrolments["amina"])
    payment = order.payments.get(enrolment=group.enrolments["amina"])
    assert (refund.amount, refund.means, refund.reference) == (
        Decimal("52.75"), "transfer", payment.end_to_end,
    )  # fmt: skip
    assert payment.refund == refund
    assert (due(group), due(group, "bastien")) == (0, 0)
    assert AccountEntry.objects.filter(kind="refund").count() == 2
    assert sound()


def test_it_is_not_pay(group):
    keys = [group.enrolments[name].pk for name in ("amina", "bastien")]
    before = owed(keys)
    pay(group, prepare(group)[0])

    assert owed(keys) == before
    assert not Payment.objects.exists()


def test_a_cheque_keeps_its_number(group):
    (order,) = prepare(group, amina="cheque", bastien=None)

    pay(group, order, {group.enrolments["amina"].pk: "0000123"})

    refund = Refund.objects.get()
    assert (refund.means, refund.reference) == ("cheque", "0000123")
    assert order.payments.get().cheque_number == "0000123"


def test_what_the_bank_sends_back_is_to_give_back_again_and_leaves_again(group):
    (order,) = prepare(group, bastien=None)
    pay(group, order)
    payment = order.payments.get()

    reject(group, payment)
    reject(group, payment)

    assert due(group) == Decimal("52.75")
    assert AccountEntry.objects.filter(kind="refund").count() == 2
    last = AccountEntry.objects.latest("pk")
    assert (last.amount, last.sentence) == (
        Decimal("52.75"), "Rejeté le 25 novembre 2026 : compte clos",
    )  # fmt: skip
    (again,) = prepare(group, bastien=None)
    assert again.payments.get().again == payment
    assert pay(group, again) == 1
    assert due(group) == 0
    assert sound()


def test_a_cancelled_one_is_to_give_back_as_before(group):
    (order,) = prepare(group)
    amina = order.payments.get(enrolment=group.enrolments["amina"])
    helene = group.actor("helene")

    assert cancel_refunds(order=order, payment_ids=[amina.pk], actor=helene, at=NOW) == 1
    assert cancel_refunds(order=order, payment_ids=[amina.pk], actor=helene, at=NOW) == 0

    with pytest.raises(Stale):
        pay(group, order, payments={amina.pk: ""})
    assert give_back(group).amount == Decimal("52.75")  # by hand again
    left = order.payments.get(state="planned")
    pay(group, order, payments={left.pk: ""})
    with pytest.raises(Frozen):
        cancel_refunds(order=order, payment_ids=[left.pk], actor=helene, at=NOW)
    assert sound()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"execute_on": YESTERDAY}, "passé"),
        ({"amina": None, "bastien": None}, "Cochez au moins une personne"),
    ],
)
def test_what_cannot_be_prepared_is_refused_whole(group, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        prepare(group, **changes)
    assert not RefundOrder.objects.exists()


def test_a_sum_leaves_by_one_door_only(group):
    (order,) = prepare(group, bastien=None)
    with pytest.raises(Refused, match=order.reference):
        give_back(group)
    with pytest.raises(Refused, match="déjà préparé"):
        prepare(group, bastien=None)
    assert (Refund.objects.count(), RefundPayment.objects.count()) == (0, 1)

    give_back(group, "10.00", "bastien")
    with pytest.raises(Refused, match="déjà préparé ou payé"):
        prepare(group, amina=None)

    assert RefundPayment.objects.count() == 1


def test_what_an_order_sent_is_sent_back_there_never_cancelled_by_hand(group):
    (order,) = prepare(group, bastien=None)
    pay(group, order)

    with pytest.raises(Refused, match=rf"{order.reference}.*rejet"):
        cancel_refund(refund=Refund.objects.get(), actor=group.actor("helene"), at=NOW)

    assert Refund.objects.get().cancelled_at is None
    assert due(group) == 0


def test_what_is_advanced_meanwhile_waits_for_the_next_order(group):
    (order,) = prepare(group, bastien=None)
    accept(group, send(group, total=Decimal("3.00"), vat=Decimal(0), label="Sacs"))

    with pytest.raises(Refused, match="déjà préparé"):
        prepare(group, bastien=None)
    assert [row.enrolment.person.pk for row in refunds_page(group.a.cohort, NOW).to_prepare] == [
        group.persons["bastien"].pk
    ]
    pay(group, order)

    assert due(group) == Decimal("3.00")
    assert prepare(group, bastien=None)[0].payments.get().amount == Decimal("3.00")


def test_an_expense_an_order_rests_on_is_not_struck_out_before_the_host_answers(people):
    expense = accept(people, send(people))
    (order,) = prepare(people, amina="cheque", bastien=None)

    with pytest.raises(Refused, match=order.reference), transaction.atomic():
        strike(people, expense)
    expense.refresh_from_db()
    assert not expense.is_withdrawn and due(people) == Decimal("52.75")

    pay(people, order)
    strike(people, expense)
    assert due(people) == Decimal("-52.75")
    assert sound()


def test_amounts_that_moved_since_the_page_are_said(group):
    seen = refunds_page(group.a.cohort, NOW).reading
    accept(group, send(group, total=Decimal("3.00"), vat=Decimal(0), label="Sacs"))

    with pytest.raises(Stale):
        prepare(group, seen=seen)

    assert not RefundOrder.objects.exists()


def test_people_of_another_cohort_are_nobody_here(group):
    chloe = Choice(group.enrolments["chloe"].pk, "cheque")

    with pytest.raises(Refused, match="Rien à préparer"):
        prepare(group, choices=[chloe])

    assert not RefundOrder.objects.exists()


@pytest.mark.parametrize("day", [YESTERDAY, TODAY + dt.timedelta(days=1)])
def test_it_did_not_leave_before_it_was_made_nor_after_today(group, day):
    (order,) = prepare(group)
    with pytest.raises(Refused):
        pay(group, order, paid_on=day)
    assert not Refund.objects.exists()


def test_the_database_refuses_two_prepared_for_one_person_and_another_order_than_made(group):
    (order,) = prepare(group, bastien=None)
    first = order.payments.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        RefundPayment.objects.create(
            order=order, enrolment=first.enrolment, kind="cheque", amount=1, end_to_end="x"
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        RefundOrder.objects.update(execute_on=YESTERDAY)


def test_the_sweep_finds_what_an_order_and_its_refund_do_not_say_alike(group):
    (order,) = prepare(group, bastien=None)
    RefundPayment.objects.update(amount=Decimal("60.00"))
    assert [line[:8] for line in checks.planned_refunds_are_owed()] == ["Parcours"]

    RefundPayment.objects.update(amount=Decimal("52.75"))
    pay(group, order)
    RefundPayment.objects.update(amount=Decimal("50.00"), last4="0000")
    assert len(list(checks.sent_refunds_are_the_same())) == 1
    assert len(list(money_checks.sealed_accounts_open())) == 1


def test_its_accounts_are_sealed_again_with_those_of_pay(group, settings):
    from cryptography.fernet import Fernet

    (order,) = prepare(group)
    before = bank_file(order)
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    done = {one.label: one.done for one in resealing.reseal_all(write=True)}
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]

    assert done["remboursements préparés"] == 2
    assert bank_file(RefundOrder.objects.get()) == before
