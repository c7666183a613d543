import datetime as dt
import re
from smtplib import SMTPException

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from members.models import User
from members.services.sign_in import close_account, open_account
from tests.factories import NOW
from tests.members.door import ask_code, enter_by_mail, is_inside, mailed_code, type_code

UNWANTED = [
    "account_logout", "account_reauthenticate", "account_email", "account_email_verification_sent",
    "account_change_password", "account_set_password", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key_done",
    "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_trust",
]  # fmt: skip


def shown(answer, email: str) -> str:
    """The page without what differs between any two visits."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return page.replace(email, "X")


@pytest.fixture
def coop_with_mail(people) -> User:
    return open_account(person=people.amina, email="amina@exemple.test")


def test_it_lets_in_with_the_code_that_was_mailed(people, coop_with_mail):
    client = Client()
    assert ask_code(client, "amina@exemple.test").url == "/entrer/code/"
    assert mail.outbox[0].to == ["amina@exemple.test"]
    assert mail.outbox[0].subject == "Votre code pour entrer"
    assert mailed_code() not in mail.outbox[0].subject
    assert type_code(client, mailed_code()).url == reverse("home:arrive")
    assert int(client.session["_auth_user_id"]) == coop_with_mail.pk


def test_it_reads_the_address_whatever_its_case_and_spaces(coop_with_mail):
    client = Client()
    enter_by_mail(client, "  AMINA@Exemple.TEST ")
    assert is_inside(client)


def test_it_reads_the_code_without_its_dash(coop_with_mail):
    client = Client()
    ask_code(client, "amina@exemple.test")
    type_code(client, mailed_code().replace("-", " "))
    assert is_inside(client)


def test_asking_for_a_code_lets_nobody_in(coop_with_mail):
    client = Client()
    ask_code(client, "amina@exemple.test")
    client.get("/entrer/code/")
    assert not is_inside(client)


def test_the_code_of_one_browser_opens_nothing_in_another(coop_with_mail):
    asking, other = Client(), Client()
    ask_code(asking, "amina@exemple.test")
    ask_code(other, "amina@exemple.test")
    type_code(other, mailed_code(0))
    assert not is_inside(other)


def test_an_unknown_address_sees_the_very_same_answers(people, coop_with_mail):
    known, unknown = Client(), Client()
    answers = []
    for client, email in ((known, "amina@exemple.test"), (unknown, "amine@exemple.test")):
        first = ask_code(client, email)
        page = client.get(first.url)
        wrong = type_code(client, "0000-0000")
        answers.append(
            (
                first.status_code,
                first.url,
                shown(page, email),
                wrong.status_code,
                shown(wrong, email),
            )
        )
    assert answers[0] == answers[1]
    assert len(mail.outbox) == 2  # one each: the delay tells nothing either
    assert "Aucun compte" in mail.outbox[1].body
    assert "/compte/" not in mail.outbox[1].body


def test_a_closed_account_sees_what_an_unknown_address_sees(coop_with_mail):
    close_account(user=coop_with_mail)
    client = Client()
    assert ask_code(client, "amina@exemple.test").url == "/entrer/code/"
    assert "Aucun compte" in mail.outbox[0].body
    assert not is_inside(client)


def test_an_account_closed_between_mail_and_code_stays_outside(coop_with_mail):
    client = Client()
    ask_code(client, "amina@exemple.test")
    close_account(user=coop_with_mail)
    answer = type_code(client, mailed_code())
    assert answer.url == "/entrer/ferme/"
    assert "Ce compte est fermé" in client.get(answer.url).content.decode()
    assert not is_inside(client)


def test_closing_an_account_kills_its_sessions_for_good(coop_with_mail):
    client = Client()
    enter_by_mail(client, "amina@exemple.test")
    assert client.get("/moi/").status_code == 200
    close_account(user=coop_with_mail)
    assert client.get("/moi/").url.startswith("/entrer/")
    User.objects.filter(pk=coop_with_mail.pk).update(is_active=True)
    assert client.get("/moi/").url.startswith("/entrer/")


def test_a_code_is_over_after_three_minutes_and_says_so(coop_with_mail):
    client = Client()
    ask_code(client, "amina@exemple.test")
    with time_machine.travel(NOW + dt.timedelta(seconds=181), tick=False):
        answer = client.post("/entrer/code/", {"code": mailed_code()}, follow=True)
    assert "Ce code n’est plus valable" in answer.content.decode()
    assert not is_inside(client)


def test_a_wrong_code_is_said_beside_the_field(coop_with_mail):
    client = Client()
    ask_code(client, "amina@exemple.test")
    answer = type_code(client, "0000-0000")
    assert "Ce code n’est pas le bon" in answer.context["form"].errors["code"][0]


def test_three_wrong_codes_end_the_code(coop_with_mail):
    client = Client()
    ask_code(client, "amina@exemple.test")
    for _try in range(3):
        answer = type_code(client, "0000-0000")
    assert answer.url == "/entrer/"
    assert "trop d’essais" in client.get("/entrer/").content.decode()
    type_code(client, mailed_code())
    assert not is_inside(client)


@pytest.mark.parametrize("email", ["amina@exemple.test", "personne@exemple.test"])
def test_the_sixth_wrong_code_closes_the_address_for_a_while_known_or_not(coop_with_mail, email):
    for _round in range(2):
        client = Client()
        ask_code(client, email)
        for _try in range(3):
            type_code(client, "0000-0000")
    client = Client()
    answer = ask_code(client, email)
    assert answer.status_code == 200
    assert "trop d’essais" in answer.context["form"].errors["email"][0]
    with time_machine.travel(NOW + dt.timedelta(minutes=6), tick=False):
        assert ask_code(Client(), email).status_code == 302


def test_it_sends_only_so_many_mails_to_one_address(coop_with_mail):
    for _try in range(3):
        ask_code(Client(), "amina@exemple.test")
    answer = ask_code(Client(), "amina@exemple.test")
    assert "trop d’essais" in answer.context["form"].errors["email"][0]
    assert len(mail.outbox) == 3


def test_a_mail_that_cannot_leave_is_said_beside_the_field(coop_with_mail, monkeypatch):
    def no_server(self):
        raise SMTPException

    monkeypatch.setattr("django.core.mail.EmailMessage.send", no_server)
    answer = ask_code(Client(), "amina@exemple.test")
    assert "L’e-mail n’est pas parti" in answer.context["form"].errors["email"][0]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Écrivez votre adresse e-mail"), ("amina", "Cette adresse n’est pas complète")],
)
def test_it_says_in_french_what_is_wrong_with_an_address(db, typed, sentence):
    answer = ask_code(Client(), typed)
    assert sentence in answer.context["form"].errors["email"][0]
    assert sentence in answer.content.decode()


def test_it_goes_on_to_the_page_that_was_asked_for(coop_with_mail):
    client = Client()
    answer = client.get("/moi/")
    assert answer.url == "/entrer/?next=/moi/"
    assert (
        ask_code(client, "amina@exemple.test", "?next=/moi/").url == "/entrer/code/?next=%2Fmoi%2F"
    )
    assert type_code(client, mailed_code(), "?next=/moi/").url == "/moi/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://ailleurs.test/",
        "//ailleurs.test/",
        "/\\ailleurs.test",
        "javascript:alert(1)",
        "http:///x",
    ],
)
def test_it_never_leads_to_another_site(coop_with_mail, elsewhere):
    client = Client()
    client.post("/entrer/", {"email": "amina@exemple.test", "next": elsewhere})
    answer = client.post("/entrer/code/", {"code": mailed_code(), "next": elsewhere})
    assert is_inside(client)
    assert answer.url == reverse("home:arrive")


def test_coming_back_to_the_door_shows_the_door(coop_with_mail):
    client = Client()
    ask_code(client, "faute@exemple.test")
    assert client.get("/entrer/").status_code == 200


def test_who_is_inside_is_led_on(enter):
    assert enter("amina").get("/entrer/").url == reverse("home:arrive")


@pytest.mark.parametrize("name", UNWANTED)
def test_pages_of_passwords_and_sign_up_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path",
    [
        "/compte/", "/compte/signup/", "/compte/login/", "/compte/password/change/",
        "/compte/password/reset/", "/compte/password/set/", "/compte/email/", "/compte/2fa/",
    ],
)  # fmt: skip
def test_their_usual_addresses_lead_nowhere(enter, path):
    assert enter("amina").get(path).status_code == 404


def test_nobody_signs_up(db):
    assert Client().get("/compte/inscription/").url == "/entrer/"
    assert Client().post("/compte/inscription/", {"email": "x@exemple.test"}).status_code == 302
    assert not User.objects.exists()


def test_the_admin_asks_at_our_door_and_has_no_password_page(enter):
    assert Client().get("/gestion/").url.startswith("/gestion/login/")
    assert Client().get("/gestion/login/?next=/gestion/").url == "/entrer/?next=/gestion/"
    assert enter("nora").get("/gestion/password_change/").url == "/moi/"


def test_signing_out_takes_a_post(enter):
    client = enter("amina")
    assert client.get("/sortir/").status_code == 405
    assert is_inside(client)
    answer = client.post("/sortir/", follow=True)
    assert not is_inside(client)
    assert "C’est fermé" in answer.content.decode()


def test_signing_out_twice_is_as_good_as_once(enter):
    client = enter("amina")
    client.post("/sortir/")
    assert client.post("/sortir/").url == "/entrer/"


def test_forms_of_the_door_ask_for_their_token(db, coop_with_mail):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/entrer/", {"email": "amina@exemple.test"}).status_code == 403
    assert strict.post("/carte/", {"code": "7GK2-9QXM"}).status_code == 403
    assert strict.post("/sortir/").status_code == 403
    assert mail.outbox == []


def test_the_door_costs_few_queries(coop_with_mail, django_assert_max_num_queries):
    client = Client()
    with django_assert_max_num_queries(6):
        client.get("/entrer/")
    with django_assert_max_num_queries(12):
        ask_code(client, "amina@exemple.test")


def test_an_account_takes_an_address_once(people):
    from ct_platform.kit.errors import Refused

    open_account(person=people.amina, email="Amina@Exemple.test")
    with pytest.raises(Refused, match="déjà le compte"):
        open_account(person=people.bastien, email="amina@exemple.test")
    people.bastien.refresh_from_db()
    assert people.user("bastien").email is None
