"""Two people at the same second, on PostgreSQL: nothing is paid, counted or matched twice."""

import uuid
from decimal import Decimal

import pytest

from ct_platform.kit.errors import Refused
from projects.models import BankLine, CashAgreement, CashTally, Payment, Sale
from projects.services import money
from projects.services.bank import forget_lines
from projects.services.payments import record_payment, reverse_payment
from projects.services.payments.reminders import remind
from tests import factories as make
from tests import personas
from tests.at_once import together
from tests.factories import NOW, TODAY
from tests.projects import bank_files as files
from tests.projects.issued import issued_invoice
from tests.projects.money_world import LATE
from tests.projects.test_bank import bring, line, match
from tests.projects.verbs_of_cash import agreed, begin, counts, shares

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def payment_of(people, invoice, amount, key=None, who="driss"):
    return record_payment(
        invoice=invoice, amount=Decimal(amount), means="cheque", received_on=TODAY, reference="",
        client_uuid=key or uuid.uuid4(), actor=people.actor(who), at=NOW,
    )  # fmt: skip


def test_a_double_click_pays_once():
    people = personas.build()
    invoice = issued_invoice(make.ProjectFactory(cohort=people.a.cohort), ("100.00", "20"))
    key = uuid.uuid4()
    answers = together(*[lambda: payment_of(people, invoice, "30.00", key)] * 5)
    assert len({one.pk for one in answers}) == 1
    assert Payment.objects.count() == 1


def test_two_coordinators_never_take_too_much():
    people = personas.build()
    invoice = issued_invoice(
        make.ProjectFactory(cohort=people.a.cohort), ("100.00", "20"), ("33.33", "5.5")
    )
    answers = together(*[lambda: payment_of(people, invoice, "50.00")] * 6)
    refused = [one for one in answers if isinstance(one, Refused)]
    assert len(refused) == 3  # 155.16 is due
    assert sum(p.amount for p in Payment.objects.all()) == Decimal("150.00")
    assert sum(s.amount for s in Sale.objects.filter(invoice=invoice)) == invoice.net_amount


def test_a_cheque_is_returned_once_and_a_pay_run_at_the_same_second_loses_nothing():
    people = personas.build()
    project = make.ProjectFactory(cohort=people.a.cohort)
    invoice = issued_invoice(project, ("100.00", "20"))
    cheque = payment_of(people, invoice, "120.00")

    def undo():
        return reverse_payment(
            payment=cheque, reason="Sans provision", reversed_on=TODAY, actor=people.actor("driss"), at=NOW
        )  # fmt: skip

    def run():
        return money.settle_for_run(run_key=1, cohort_id=project.cohort_id, last_day=TODAY)

    first, second, _run = together(undo, undo, run)
    assert first == second
    counted = sum(s.amount for s in Sale.objects.filter(pay_run_key=1))
    rest = sum(s.amount for s in Sale.objects.filter(pay_run_key=None, moved_on__isnull=False))
    assert counted + rest == 0
    assert sum(s.amount for s in Sale.objects.filter(invoice=invoice)) == Decimal("100.00")


def test_two_who_finish_counting_together_agree_once():
    people = personas.build()
    count = begin(people, make.ProjectFactory(cohort=people.a.cohort))
    together(
        lambda: counts(people, count, "amina", twenties=6),
        lambda: counts(people, count, "bastien", twenties=6),
    )
    assert CashAgreement.objects.count() == 1
    assert sorted(CashTally.objects.values_list("round", "position")) == [(1, 1), (1, 2)]


def test_three_counters_fill_two_rounds_at_most():
    people = personas.build()
    count = begin(people, make.ProjectFactory(cohort=people.a.cohort))
    together(
        *[
            lambda who=who, n=n: counts(people, count, who, twenties=n)
            for who, n in (("amina", 5), ("bastien", 6), ("driss", 7))
        ]
    )
    assert sorted(CashTally.objects.values_list("round", "position")) == [(1, 1), (1, 2), (2, 1)]


def test_the_same_day_is_opened_once_by_two():
    people = personas.build()
    project = make.ProjectFactory(cohort=people.a.cohort)
    first, second = together(
        lambda: begin(people, project), lambda: begin(people, project, who="bastien")
    )
    assert first == second


def test_takings_are_shared_out_once():
    people = personas.build()
    project = make.ProjectFactory(cohort=people.a.cohort)
    count = agreed(people, project)
    together(*[lambda: shares(people, count, ("food", "storable", "90.50"))] * 4)
    assert Sale.objects.filter(project=project).count() == 1


def test_one_line_never_pays_more_than_it_holds():
    people = personas.build()
    project = make.ProjectFactory(cohort=people.a.cohort)
    invoices = [issued_invoice(project, ("100.00", "20")) for _ in range(4)]
    bring(people, files.CSV)

    def match_to(invoice):
        return lambda: match(people, line(), (invoice, "60.00"))

    answers = together(*[match_to(one) for one in invoices], match_to(invoices[0]))
    assert any(isinstance(one, Refused) for one in answers)
    assert sum(p.amount for p in Payment.objects.all()) == Decimal("120.00")


def test_a_statement_sent_twice_at_once_is_read_once():
    people = personas.build()
    first, second, third = together(
        *[lambda: bring(people, files.CSV)] * 2,
        lambda: bring(people, files.CSV + "06/11/2026;VIR NOUVEAU;;9,00\r\n"),
    )
    assert first == second != third
    assert BankLine.objects.count() == 4


def test_a_line_is_matched_or_forgotten_never_both():
    people = personas.build()
    invoice = issued_invoice(make.ProjectFactory(cohort=people.a.cohort), ("100.00", "20"))
    made = bring(people, files.CSV)
    row = line()
    together(
        lambda: match(people, row, (invoice, "120.00")),
        lambda: forget_lines(statement=made, keys=[row.pk], actor=people.actor("helene"), at=NOW),
    )
    row.refresh_from_db()
    assert row.is_forgotten != Payment.objects.exists()


def test_a_reminder_pressed_by_two_is_written_once():
    people = personas.build()
    late = issued_invoice(make.ProjectFactory(cohort=people.a.cohort), ("10.00", "20"), **LATE)

    def press():
        return remind(
            invoice=late, way="letter", seen_number=1, actor=people.actor("driss"), at=NOW
        )

    assert len({one.pk for one in together(*[press] * 4)}) == 1
