"""Somebody would like a cooperative at home: it arrives, is answered, and is erased."""

import datetime as dt
import smtplib
import uuid

import pytest
from django.core import mail
from django.urls import reverse

from ct_platform.home.models import Enquiry, EnquiryMail
from ct_platform.home.services import enquiries
from ct_platform.kit.delivery import DeliveryStatus
from tests.factories import NOW
from tests.site_world import asked

ADDRESS = "/monter-une-cooperative/ecrire/"


def sent(**said) -> dict[str, str]:
    words = {
        "submission_key": str(uuid.uuid4()), "site": "", "who": "authority", "name": "Maud Verdier",
        "organisation": "Mairie", "place": "Valbrune", "email": "maud@exemple.test", "phone": "",
        "message": "Par où commencer ?", "agreed": "on",
    }  # fmt: skip
    return {key: value for key, value in (words | said).items() if value is not None}


def test_it_is_kept_told_to_the_network_by_mail_and_asks_for_no_account(
    people, client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(ADDRESS, sent())
    assert answer.headers["Location"] == f"{ADDRESS}merci/"
    assert not answer.cookies
    kept = Enquiry.objects.get()
    assert kept.agreed_to.startswith("J’accepte")
    (told,) = mail.outbox
    assert told.to == ["nora@exemple.test"]
    assert told.reply_to == ["maud@exemple.test"]
    assert "Par où commencer ?" in told.body
    assert EnquiryMail.objects.get().status == DeliveryStatus.DONE


def test_a_double_tap_writes_once(people, client):
    words = sent()
    for _tap in range(2):
        assert client.post(ADDRESS, words).status_code == 302
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"agreed": None}, "Sans cet accord"),
        ({"email": "", "phone": ""}, "Donnez un moyen de vous joindre"),
        ({"phone": "12"}, "Ce numéro n’est pas complet"),
        ({"message": ""}, "Écrivez quelques mots"),
        ({"site": "https://spam.test"}, "Laissez vide la case"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(people, client, said, sentence):
    answer = client.post(ADDRESS, sent(**said))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "Maud Verdier" in page
    assert not Enquiry.objects.exists() and not mail.outbox


def test_a_robot_is_stopped_and_a_person_told_to_wait(people, client):
    for _again in range(12):
        client.post(ADDRESS, sent())
    answer = client.post(ADDRESS, sent())
    assert answer.status_code == 422
    assert "Trop d’envois" in answer.content.decode()
    assert Enquiry.objects.count() == 12


def test_a_mail_the_server_refuses_waits_and_leaves_later(people, monkeypatch):
    enquiries.ask(key=uuid.uuid4(), asked=asked(), at=NOW)
    row = EnquiryMail.objects.get()

    def refuse(*_args, **_more):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    assert not enquiries.tell(mail_id=row.pk, at=NOW)
    row.refresh_from_db()
    assert row.status == DeliveryStatus.WAITING
    monkeypatch.undo()
    assert enquiries.tell(mail_id=row.pk, at=NOW + dt.timedelta(hours=1))
    assert not enquiries.tell(mail_id=row.pk, at=NOW + dt.timedelta(hours=1))
    assert len(mail.outbox) == 1


def test_the_network_says_that_it_answered_once(people, enter):
    enquiry = enquiries.ask(key=uuid.uuid4(), asked=asked(), at=NOW)
    nora = enter("nora")
    assert "Maud Verdier" in nora.get(reverse("home:enquiries")).content.decode()
    nora.post(reverse("home:enquiry_answered", args=[enquiry.pk]))
    enquiry.refresh_from_db()
    assert enquiry.answered_by == people.nora
    assert not enquiries.note_answered(enquiry=enquiry, actor=people.actor("nora"), at=NOW)


def test_a_year_after_the_answer_nobody_is_left_in_it(people):
    old, recent = (
        enquiries.ask(key=uuid.uuid4(), asked=asked(name=name), at=NOW) for name in ("Un", "Deux")
    )
    Enquiry.objects.filter(pk=old.pk).update(
        answered_at=NOW - dt.timedelta(days=367), answered_by=people.nora
    )
    assert enquiries.erase_old(at=NOW) == 1
    assert enquiries.erase_old(at=NOW) == 0
    old.refresh_from_db()
    recent.refresh_from_db()
    assert (old.name, old.message, old.email) == ("", "", "")
    assert recent.name == "Deux"
    assert enquiries.erase_old(at=NOW + dt.timedelta(days=400)) == 1
