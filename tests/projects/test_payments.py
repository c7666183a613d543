"""Money that comes for an invoice: whole, in parts, twice pressed, returned, given back, set off."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.kit.errors import Refused
from projects.models import Payment, Sale
from projects.services import money
from projects.services.payments import (
    give_back,
    offset,
    record_payment,
    reverse_payment,
)
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.projects.issued import issued_invoice

DAY = dt.timedelta(days=1)


@pytest.fixture
def project(people):
    return make.ProjectFactory(cohort=people.a.cohort)


def pay(people, invoice, amount, *, who="driss", on=TODAY, **extra):
    return record_payment(
        invoice=invoice, amount=Decimal(amount), means=extra.pop("means", "transfer"), received_on=on,
        reference="", client_uuid=extra.pop("client_uuid", uuid.uuid4()),
        actor=people.actor(who), at=NOW,
    )  # fmt: skip


def sums(invoice):
    rows = Sale.objects.filter(invoice=invoice)
    paid = rows.filter(moved_on__isnull=False).aggregate(n=Sum("amount"))["n"] or Decimal(0)
    unpaid = rows.filter(moved_on__isnull=True).aggregate(n=Sum("amount"))["n"] or Decimal(0)
    return paid, unpaid


def test_a_whole_payment_pays_every_sale_on_its_day(people, project):
    invoice = issued_invoice(project, ("100.00", "5.5"), ("40.00", "20"))
    payment = pay(people, invoice, invoice.total_amount, on=TODAY - DAY)
    rows = Sale.objects.filter(invoice=invoice)
    assert [(r.amount, r.moved_on, r.payment_id) for r in rows.order_by("vat_rate")] == [
        (Decimal("100.00"), TODAY - DAY, payment.pk), (Decimal("40.00"), TODAY - DAY, payment.pk),
    ]  # fmt: skip


def test_a_part_payment_cuts_each_row_and_the_sums_do_not_move(people, project):
    invoice = issued_invoice(project, ("100.00", "5.5"), ("40.00", "20"))  # 105.50 + 48.00
    pay(people, invoice, "51.17")
    paid, unpaid = sums(invoice)
    assert paid == Decimal("33.33") + Decimal("13.33")  # ⌊100 × 51.17 / 153.50⌋, ⌊40 × …⌋
    assert paid + unpaid == invoice.net_amount
    pay(people, invoice, "102.33")
    assert sums(invoice) == (invoice.net_amount, Decimal(0))


def test_three_cents_then_the_rest(people, project):
    invoice = issued_invoice(project, ("0.10", "20"))
    for _ in range(3):
        pay(people, invoice, "0.01")
    assert sum(sums(invoice)) == Decimal("0.10")
    pay(people, invoice, "0.09")
    assert sums(invoice) == (Decimal("0.10"), 0)


def test_the_host_takes_money_too_and_neighbours_do_not(people, project):
    invoice = issued_invoice(project, ("10.00", "0"))
    assert pay(people, invoice, "5.00", who="helene").recorded_by == people.helene


def test_the_same_form_twice_pays_once(people, project):
    invoice, key = issued_invoice(project, ("100.00", "0")), uuid.uuid4()
    first = pay(people, invoice, "60.00", client_uuid=key)
    assert pay(people, invoice, "60.00", client_uuid=key) == first
    other = issued_invoice(project, ("100.00", "0"))
    with pytest.raises(Refused, match="déjà servi"):
        pay(people, other, "60.00", client_uuid=key)
    assert Payment.objects.count() == 1


def test_more_than_is_left_is_refused_and_says_what_is_left(people, project):
    invoice = issued_invoice(project, ("100.00", "0"))
    pay(people, invoice, "70.00")
    with pytest.raises(Refused, match=r"Il reste 30,00\s€"):
        pay(people, invoice, "30.01")
    pay(people, invoice, "30.00")
    with pytest.raises(Refused, match="Il ne reste rien"):
        pay(people, invoice, "0.01")
    assert Payment.objects.count() == 2


@pytest.mark.parametrize(
    ("amount", "means", "on", "words"),
    [
        ("0.00", "cash", TODAY, "plus grand que zéro"),
        ("-3.00", "cash", TODAY, "plus grand que zéro"),
        ("3.00", "offset", TODAY, "comment"),
        ("3.00", "gold", TODAY, "comment"),
        ("3.00", "cash", TODAY + DAY, "futur"),
        ("3.00", "cash", dt.date(2020, 1, 1), "a commencé"),
        ("3.001", "cash", TODAY, "ne peut pas"),
    ],
)
def test_what_cannot_be_is_refused(people, project, amount, means, on, words):
    invoice = issued_invoice(project, ("100.00", "0"))
    with pytest.raises(Refused, match=words):
        pay(people, invoice, amount, means=means, on=on)
    assert sums(invoice) == (0, Decimal("100.00"))


def test_a_customer_may_pay_before_the_invoice(people, project):
    invoice = issued_invoice(project, ("100.00", "0"))
    assert pay(people, invoice, "10.00", on=invoice.issued_on - 3 * DAY)


def test_a_draft_is_owed_by_nobody(people, project):
    invoice = issued_invoice(
        project, ("100.00", "0"), state="draft", number="", issued_at=None, issued_on=None
    )
    with pytest.raises(Refused, match="pas émise"):
        pay(people, invoice, "10.00")


def test_a_cheque_without_funds_goes_back(people, project):
    invoice = issued_invoice(project, ("100.00", "20"))
    cheque = pay(people, invoice, "60.00", means="cheque")
    pay(people, invoice, "20.00")
    undone = reverse_payment(
        payment=cheque, reason="Chèque sans provision", reversed_on=TODAY, actor=people.actor("driss"),
        at=NOW,
    )  # fmt: skip
    assert (undone.amount, undone.reverses) == (Decimal("-60.00"), cheque)
    assert sums(invoice) == (Decimal("16.66"), Decimal("83.34"))
    again = reverse_payment(
        payment=cheque, reason="Encore", reversed_on=TODAY, actor=people.actor("driss"), at=NOW
    )
    assert again == undone
    with pytest.raises(Refused, match="annule déjà"):
        reverse_payment(
            payment=undone, reason="Non", reversed_on=TODAY, actor=people.actor("driss"), at=NOW
        )
    pay(people, invoice, "100.00")
    assert sums(invoice) == (Decimal("100.00"), 0)


def test_a_reverse_says_why_and_comes_after(people, project):
    cheque = pay(people, issued_invoice(project, ("100.00", "20")), "60.00")
    for reason, on in ((" ", TODAY), ("Erreur", TODAY - DAY), ("Erreur", TODAY + DAY)):
        with pytest.raises(Refused):
            reverse_payment(
                payment=cheque, reason=reason, reversed_on=on, actor=people.actor("driss"), at=NOW
            )
    assert Payment.objects.count() == 1


def test_what_a_pay_run_counted_is_taken_off_by_the_next(people, project):
    invoice = issued_invoice(project, ("100.00", "20"))
    cheque = pay(people, invoice, invoice.total_amount, on=TODAY - 5 * DAY)
    first = money.settle_for_run(run_key=1, cohort_id=project.cohort_id, last_day=TODAY - DAY)
    assert sum(s.amount for s in first.sales) == Decimal("100.00")
    reverse_payment(
        payment=cheque,
        reason="Sans provision",
        reversed_on=TODAY,
        actor=people.actor("driss"),
        at=NOW,
    )
    second = money.settle_for_run(run_key=2, cohort_id=project.cohort_id, last_day=TODAY)
    assert [s.amount for s in second.sales] == [Decimal("-100.00")]
    again = money.settle_for_run(run_key=1, cohort_id=project.cohort_id, last_day=TODAY)
    assert [s.amount for s in again.sales] == [Decimal("100.00")]
    assert sums(invoice) == (0, Decimal("100.00"))


def credit_for(project, invoice, *nets, **extra):
    return issued_invoice(
        project, *nets, kind="credit_note", corrects=invoice, customer=invoice.customer, **extra
    )


def test_a_credit_note_is_given_back(people, project):
    invoice = issued_invoice(project, ("100.00", "20"))
    pay(people, invoice, "120.00")
    credit = credit_for(project, invoice, ("25.00", "20"))
    back = give_back(
        credit_note=credit, amount=Decimal("10.00"), means="transfer", received_on=TODAY,
        reference="", client_uuid=uuid.uuid4(), actor=people.actor("driss"), at=NOW,
    )  # fmt: skip
    assert back.amount == Decimal("-10.00")
    assert sums(credit) == (Decimal("-8.33"), Decimal("-16.67"))
    with pytest.raises(Refused, match=r"Il reste 20,00\s€"):
        give_back(
            credit_note=credit, amount=Decimal("20.01"), means="cash", received_on=TODAY,
            reference="", client_uuid=uuid.uuid4(), actor=people.actor("driss"), at=NOW,
        )  # fmt: skip
    with pytest.raises(Refused, match="ne s’encaisse pas"):
        pay(people, credit, "1.00")


def test_a_credit_note_is_set_off_and_undone_on_both_sides(people, project):
    invoice = issued_invoice(project, ("100.00", "20"))
    credit = credit_for(project, invoice, ("25.00", "20"))
    key = uuid.uuid4()

    def set_off(amount):
        return offset(
            credit_note=credit, invoice=invoice, amount=Decimal(amount), client_uuid=key,
            actor=people.actor("driss"), at=NOW,
        )  # fmt: skip

    with pytest.raises(Refused, match=r"30,00\s€ au plus"):
        set_off("30.01")
    side = set_off("30.00")
    assert set_off("30.00") == side
    assert sums(invoice) == (Decimal("25.00"), Decimal("75.00"))
    assert sums(credit) == (Decimal("-25.00"), 0)
    reverse_payment(
        payment=side, reason="Erreur", reversed_on=TODAY, actor=people.actor("driss"), at=NOW
    )
    assert sums(invoice) == (0, Decimal("100.00"))
    assert sums(credit) == (0, Decimal("-25.00"))
    assert Payment.objects.count() == 4


def test_only_the_same_customer_is_set_off(people, project):
    invoice = issued_invoice(project, ("100.00", "20"))
    credit = credit_for(project, issued_invoice(project, ("50.00", "20")), ("25.00", "20"))
    with pytest.raises(Refused, match="même client"):
        offset(
            credit_note=credit, invoice=invoice, amount=Decimal("5.00"), client_uuid=uuid.uuid4(),
            actor=people.actor("driss"), at=NOW,
        )  # fmt: skip


def test_once_archived_its_host_alone_takes_money(people, project):
    invoice = issued_invoice(project, ("100.00", "20"))
    Cohort.objects.filter(pk=project.cohort_id).update(state=CohortState.ARCHIVED)
    for name in ("driss", "hugo"):
        with pytest.raises(Refused, match="archivée"):
            pay(people, invoice, "10.00", who=name)
    assert pay(people, invoice, "10.00", who="helene")


def test_the_database_itself_keeps_payments(people, project):
    payment = pay(people, issued_invoice(project, ("100.00", "20")), "60.00")
    for act in (
        lambda: Payment.objects.filter(pk=payment.pk).update(amount=1),
        lambda: Payment.objects.filter(pk=payment.pk).delete(),
    ):
        with pytest.raises((DatabaseError,)), transaction.atomic():
            act()
