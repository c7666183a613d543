"""Reminders: pressed by somebody, friendly then firm then formal, never for what is paid."""

import datetime as dt
import smtplib
import uuid
from decimal import Decimal

import pytest
from django.core import mail
from django.urls import reverse

from ct_platform.kit.errors import Refused
from projects.models import Reminder, ReminderMail
from projects.rules.overdue import late_of, next_level
from projects.selectors.payments import lateness, overdue
from projects.services.payments import give_back, record_payment, reminder_words, reminders
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.projects.issued import issued_invoice
from tests.projects.money_world import LATE
from tests.projects.test_my_hours_page import text

WEEK = dt.timedelta(days=7)


@pytest.fixture
def project(people):
    return make.ProjectFactory(cohort=people.a.cohort)


@pytest.fixture
def late(people, project):
    customer = make.CustomerFactory(cohort=people.a.cohort, email="canal@exemple.test")
    make.SellerTermsFactory(
        host=people.a.host, iban="FR7630001007941234567890185", email="factures@leferment.example"
    )
    return issued_invoice(project, ("100.00", "20"), customer=customer, **LATE)


def press(people, invoice, way="mail", number=1, at=NOW):
    return reminders.remind(
        invoice=invoice, way=way, seen_number=number, actor=people.actor("driss"), at=at
    )


def pay(people, invoice, amount):
    return record_payment(
        invoice=invoice, amount=Decimal(amount), means="cheque", received_on=TODAY, reference="",
        client_uuid=uuid.uuid4(), actor=people.actor("driss"), at=NOW,
    )  # fmt: skip


def test_lateness_counts_days_and_what_the_law_lets_a_firm_be_asked():
    day = dt.date(2026, 11, 4)
    late = late_of(left=Decimal("1000.00"), due_on=day, today=day + WEEK, rate=Decimal("12.15"))
    assert (late.days, late.interest, late.fee) == (7, Decimal("2.33"), Decimal("40.00"))
    assert late_of(left=Decimal(9), due_on=day, today=day + WEEK, rate=None).fee is None


def test_levels_rise_and_stay_at_the_last():
    assert [next_level(one) for one in (None, "friendly", "firm", "formal")] == [
        "friendly", "firm", "formal", "formal",
    ]  # fmt: skip


def test_what_is_late_is_due_before_today_and_not_paid(people, project, late):
    issued_invoice(project, ("10.00", "20"), issued_on=TODAY, due_on=TODAY)
    paid = issued_invoice(project, ("10.00", "20"), **LATE)
    pay(people, paid, "12.00")
    assert list(overdue(TODAY)) == [late]
    assert lateness(late, Decimal("120.00"), TODAY).days == 21
    late.customer.kind = "person"
    assert lateness(late, Decimal("120.00"), TODAY).interest is None


def test_a_mail_leaves_with_a_link_and_no_attachment(
    people, late, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        made = press(people, late)
    [sent] = mail.outbox
    assert sent.reply_to == ["factures@leferment.example"]
    assert sent.to == ["canal@exemple.test"] and sent.attachments == []
    assert "petit rappel" in sent.subject and reminder_words.link_of(made) in sent.body
    assert ReminderMail.objects.get().status == "done"
    assert not reminders.tell(mail_id=made.mail.pk, at=NOW)


def test_pressed_twice_it_is_written_once(people, late):
    assert press(people, late) == press(people, late)
    assert Reminder.objects.count() == 1


def test_seven_days_pass_between_two(people, late):
    press(people, late)
    with pytest.raises(Refused, match="2 décembre"):
        press(people, late, number=2, at=NOW + 6 * dt.timedelta(days=1))
    levels = [
        press(people, late, way="letter", number=n + 1, at=NOW + n * WEEK).level for n in (1, 2, 3)
    ]
    assert levels == ["firm", "formal", "formal"]


def test_a_paid_one_is_not_reminded(people, late):
    pay(people, late, "120.00")
    with pytest.raises(Refused, match="payée"):
        press(people, late)


def test_paid_between_the_press_and_the_sending_nothing_leaves(people, late):
    made = press(people, late)
    pay(people, late, "120.00")
    assert not reminders.tell(mail_id=made.mail.pk, at=NOW)
    assert mail.outbox == []
    assert "payée avant l’envoi" in ReminderMail.objects.get().error


def test_what_is_not_late_is_not_reminded(people, project):
    with pytest.raises(Refused, match="pas en retard"):
        press(people, issued_invoice(project, ("10.00", "20"), issued_on=TODAY, due_on=TODAY))


def test_a_credit_note_that_waits_comes_first(people, project, late):
    credit = issued_invoice(
        project, ("10.00", "20"), kind="credit_note", corrects=late, customer=late.customer
    )
    with pytest.raises(Refused, match="avoir"):
        press(people, late)
    give_back(
        credit_note=credit, amount=Decimal("12.00"), means="cash", received_on=TODAY, reference="",
        client_uuid=uuid.uuid4(), actor=people.actor("driss"), at=NOW,
    )  # fmt: skip
    assert press(people, late)


def test_without_an_address_it_is_a_letter(people, late):
    type(late.customer).objects.update(email="")
    with pytest.raises(Refused, match="imprimez la lettre"):
        press(people, late)
    assert press(people, late, way="letter").is_letter and not ReminderMail.objects.exists()


def test_a_mail_server_that_is_down_is_tried_again(people, late, monkeypatch):
    made = press(people, late)

    def down(*args):
        raise smtplib.SMTPException

    monkeypatch.setattr(reminder_words, "deliver", down)
    assert not reminders.tell(mail_id=made.mail.pk, at=NOW)
    assert ReminderMail.objects.get().status == "waiting"
    monkeypatch.undo()
    reminders.sweep(at=NOW + dt.timedelta(hours=2))
    assert len(mail.outbox) == 1


def test_nothing_leaves_without_a_press(people, late):
    assert reminders.sweep(at=NOW) == 0 and not Reminder.objects.exists()


def test_the_page_shows_before_it_leaves(people, late, enter):
    url = reverse("projects:remind", args=[late.cohort_id, late.pk])
    client = enter("driss")
    shown = text(client.get(url))
    assert "Sauf erreur de notre part" in shown and "canal@exemple.test" in shown
    assert not Reminder.objects.exists()
    answer = client.post(url, {"number": "1", "way": "letter"}, follow=True)
    assert "FR76 3000 1007 9412 3456 7890 185" in text(answer)


def test_the_page_has_nothing_untrue_to_show_before_the_day(people, project, enter):
    due = issued_invoice(project, ("10.00", "20"), issued_on=TODAY, due_on=TODAY)
    page = reverse("projects:remind", args=[people.a.cohort.pk, due.pk])

    said = text(enter("driss").get(page, follow=True))

    assert "Cette facture n’est pas en retard." in said
    assert "La date de paiement était" not in said


def test_the_customers_link_says_what_is_left_now(people, late, client):
    path = reminder_words.link_of(press(people, late)).split("/", 3)[3]
    assert "Il reste 120,00" in text(client.get(f"/{path}"))
    pay(people, late, "120.00")
    assert "C’est payé" in text(client.get(f"/{path}"))
    assert client.get(f"/{path[:-5]}xxxx/").status_code == 404
