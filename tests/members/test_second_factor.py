import datetime as dt

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from cohorts.models import CoordinatorSeat
from members.models import User
from members.services.sign_in import open_account
from tests.factories import NOW
from tests.members.door import (
    SECRET,
    ask_code,
    enter_by_mail,
    factor_code,
    factors_of,
    install_factor,
    is_inside,
    mailed_code,
    type_code,
)  # fmt: skip

STAFF = ["driss", "helene", "elsa", "nora"]
INSTALL = "/compte/double-securite/installer/"
AGAIN = "/compte/second-code/encore/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def pass_both(user: User) -> Client:
    client = Client()
    assert enter_by_mail(client, user.email).url == "/compte/second-code/"
    client.post("/compte/second-code/", {"code": factor_code()})
    return client


def install(client: Client) -> list[str]:
    """Install through the pages; answers the spare codes shown."""
    secret = client.get(INSTALL).context["form"].secret
    client.post(INSTALL, {"code": factor_code(secret=secret)})
    return client.get("/compte/codes-de-secours/").context["unused_codes"]


@pytest.mark.parametrize("name", STAFF)
@pytest.mark.parametrize("path", ["/arrivee/", "/moi/", "/gestion/", "/mes-papiers/"])
def test_without_a_factor_staff_and_partners_open_nothing(people, name, path):
    assert signed_in(people.user(name)).get(path).url == INSTALL


@pytest.mark.parametrize("name", STAFF)
def test_their_own_doors_stay_open(people, name):
    client = signed_in(people.user(name))
    assert client.get(INSTALL).status_code == 200
    assert client.get("/mes-places/").status_code == 200
    assert client.post("/sortir/").status_code == 302


def test_cooperants_need_none(people):
    assert signed_in(people.user("amina")).get("/moi/").status_code == 200


def test_an_administrator_needs_one_whatever_the_seat(people):
    User.objects.filter(pk=people.user("amina").pk).update(is_staff=True)
    assert signed_in(people.user("amina")).get("/gestion/").url == INSTALL


def test_it_is_installed_in_one_go(people):
    client = Client()
    assert enter_by_mail(client, "driss@exemple.test").url == reverse("home:arrive")
    page = client.get(INSTALL)
    assert page.context["secret_groups"] == [
        page.context["form"].secret[at : at + 4] for at in range(0, 32, 4)
    ]
    assert "data:image/svg+xml;base64," in page.content.decode()
    answer = client.post(INSTALL, {"code": factor_code(secret=page.context["form"].secret)})
    assert answer.url == "/compte/codes-de-secours/"
    shown = client.get(answer.url)
    assert len(shown.context["unused_codes"]) == 10
    assert factors_of(people.user("driss")) == {"totp", "recovery_codes"}
    assert client.get("/moi/").status_code == 200


def test_a_wrong_code_installs_nothing(people):
    client = signed_in(people.user("driss"))
    client.get(INSTALL)
    answer = client.post(INSTALL, {"code": "000000"})
    assert "Ce code n’est pas le bon" in answer.context["form"].errors["code"][0]
    assert factors_of(people.user("driss")) == set()


def test_secrets_are_sealed_in_the_database(people):
    client = signed_in(people.user("driss"))
    codes = install(client)
    stored = {row.type: row.data for row in Authenticator.objects.all()}
    assert stored["totp"]["secret"].startswith("gAAAA")
    assert stored["recovery_codes"]["seed"].startswith("gAAAA")
    assert not any(code in str(stored) for code in codes)


def test_a_secret_moved_elsewhere_does_not_open(people):
    from ct_platform.kit.crypto import unseal

    install_factor(people.user("driss"))
    sealed = Authenticator.objects.get(type="totp").data["secret"]
    assert unseal("mfa_authenticator|data", sealed) == SECRET
    with pytest.raises(ValueError, match="elsewhere"):
        unseal("payroll_account|iban", sealed)


def test_it_is_asked_at_sign_in(people):
    install_factor(people.user("driss"))
    client = Client()
    assert enter_by_mail(client, "driss@exemple.test").url == "/compte/second-code/"
    assert not is_inside(client)
    client.post("/compte/second-code/", {"code": "000000"})
    assert not is_inside(client)
    answer = client.post("/compte/second-code/", {"code": factor_code()})
    assert answer.url == reverse("home:arrive")
    assert client.get("/moi/").status_code == 200


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_slow_hand_is_forgiven_half_a_minute(people, steps):
    install_factor(people.user("driss"))
    client = Client()
    enter_by_mail(client, "driss@exemple.test")
    client.post("/compte/second-code/", {"code": factor_code(steps)})
    assert is_inside(client)


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_minute_is_not(people, steps):
    install_factor(people.user("driss"))
    client = Client()
    enter_by_mail(client, "driss@exemple.test")
    client.post("/compte/second-code/", {"code": factor_code(steps)})
    assert not is_inside(client)


def test_a_code_seen_over_a_shoulder_opens_nothing_more(people):
    install_factor(people.user("driss"))
    code = factor_code(1)
    first, second = Client(), Client()
    for client in (first, second):
        ask_code(client, "driss@exemple.test")
        type_code(client, mailed_code())
    first.post("/compte/second-code/", {"code": code})
    with time_machine.travel(NOW + dt.timedelta(seconds=45), tick=False):
        second.post("/compte/second-code/", {"code": code})
    assert is_inside(first)
    assert not is_inside(second)


def test_a_spare_code_opens_once(people):
    spare = install_factor(people.user("driss"))[0]
    first, second = Client(), Client()
    for client in (first, second):
        enter_by_mail(client, "driss@exemple.test")
        client.post("/compte/second-code/", {"code": spare})
    assert is_inside(first)
    assert first.get("/moi/").status_code == 200
    assert not is_inside(second)


def test_the_sixth_wrong_second_code_is_not_even_read(people):
    install_factor(people.user("driss"))
    client = Client()
    enter_by_mail(client, "driss@exemple.test")
    for _try in range(5):
        client.post("/compte/second-code/", {"code": "000000"})
    answer = client.post("/compte/second-code/", {"code": factor_code()})
    assert "trop d’essais" in answer.context["form"].errors["code"][0]
    assert not is_inside(client)


def test_a_session_older_than_the_factor_must_show_it(people):
    """An old phone does not become a staff door because a factor was set up elsewhere."""
    old = signed_in(people.user("driss"))
    install(signed_in(people.user("driss")))
    answer = old.get("/moi/")
    assert answer.url == f"{AGAIN}?next=%2Fmoi%2F"
    assert old.get("/gestion/").url.startswith(AGAIN)


def test_it_shows_it_and_goes_on(people):
    install_factor(people.user("driss"))
    old = signed_in(people.user("driss"))
    page = old.get(f"{AGAIN}?next=/moi/")
    assert page.status_code == 200
    assert old.post(f"{AGAIN}?next=/moi/", {"code": factor_code()}).url == "/moi/"
    assert old.get("/moi/").status_code == 200


def test_a_cooperant_who_becomes_coordinator_installs_one(people):
    client = signed_in(people.user("amina"))
    assert client.get("/moi/").status_code == 200
    seat = CoordinatorSeat.objects.create(
        person=people.amina, territory=people.a.territory, starts_on="2026-11-01"
    )
    client.post("/mes-places/", {"seat": f"coordinator:{seat.pk}"})
    assert client.get("/moi/").url == INSTALL


def test_spare_codes_are_shown_once(people):
    client = signed_in(people.user("driss"))
    codes = install(client)
    again = client.get("/compte/codes-de-secours/")
    assert not any(code in again.content.decode() for code in codes)
    assert "ne s’affichent plus" in again.content.decode()


def test_new_spare_codes_replace_the_old_after_the_second_code(people):
    old = install_factor(people.user("driss"))
    client = pass_both(people.user("driss"))
    path = "/compte/codes-de-secours/nouveaux/"
    assert client.get(path).url.startswith(AGAIN)
    with time_machine.travel(NOW + dt.timedelta(minutes=2), tick=False):
        client.post(f"{AGAIN}?next={path}", {"code": factor_code()})
        assert client.post(path).url == "/compte/codes-de-secours/"
        new = client.get("/compte/codes-de-secours/").context["unused_codes"]
    assert len(new) == 10
    assert not set(new) & set(old)


def test_changing_telephone_closes_the_staff_pages_until_the_new_one_is_set(people):
    install_factor(people.user("driss"))
    client, elsewhere = pass_both(people.user("driss")), signed_in(people.user("driss"))
    with time_machine.travel(NOW + dt.timedelta(minutes=2), tick=False):
        client.post(f"{AGAIN}?next=/moi/", {"code": factor_code()})
        assert client.post("/compte/double-securite/retirer/").status_code == 302
        assert factors_of(people.user("driss")) == set()
        assert client.get("/moi/").url == INSTALL
        assert elsewhere.get("/moi/").url == INSTALL


def test_the_factor_of_a_neighbour_is_out_of_reach(people):
    install_factor(people.user("dalia"))
    client = signed_in(people.user("driss"))
    assert client.get("/compte/codes-de-secours/").status_code == 404
    assert client.post("/compte/double-securite/retirer/").status_code == 404
    assert factors_of(people.user("dalia")) == {"totp", "recovery_codes"}


def test_strangers_find_no_page_of_factors(db):
    for path in (INSTALL, AGAIN, "/compte/codes-de-secours/", "/compte/double-securite/retirer/"):
        assert Client().get(path).url.startswith("/entrer/")
    assert Client().get("/compte/second-code/").url == "/entrer/"


def test_a_cooperant_with_an_address_may_choose_one(people):
    open_account(person=people.amina, email="amina@exemple.test")
    client = Client()
    enter_by_mail(client, "amina@exemple.test")
    install(client)
    assert enter_by_mail(Client(), "amina@exemple.test").url == "/compte/second-code/"
