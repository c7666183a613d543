import pytest
from django.contrib import admin
from django.test import Client

from members.models import Person, User
from members.services.join_cards import issue_cards
from tests.members.door import install_factor


@pytest.fixture
def support(people, enter) -> Client:
    User.objects.filter(pk=people.user("nora").pk).update(is_staff=True, is_superuser=True)
    return enter("nora")


def test_somebody_who_is_not_staff_sees_no_admin(enter):
    assert enter("driss").get("/gestion/").status_code == 302


@pytest.mark.parametrize("model", ["person", "user", "consent", "joincard"])
def test_support_looks_and_changes_nothing(support, people, at, model):
    issue_cards(
        persons=[people.amina], cohort_key=people.a.cohort.pk, actor=people.actor("driss"), at=at
    )
    assert support.get(f"/gestion/members/{model}/").status_code == 200
    assert support.get(f"/gestion/members/{model}/add/").status_code == 403


def test_contacts_are_masked(support, people):
    Person.objects.filter(pk=people.amina.pk).update(
        phone="+33639980012", email="amina@exemple.test"
    )
    for path in (
        "/gestion/members/person/",
        f"/gestion/members/person/{people.amina.pk}/change/",
        "/gestion/members/user/",
        f"/gestion/members/user/{people.user('driss').pk}/change/",
    ):
        page = support.get(path).content.decode()
        assert "amina@exemple.test" not in page and "639980012" not in page
        assert "driss@exemple.test" not in page
        assert "8 allée" not in page


def test_a_post_changes_nothing(support, people):
    support.post(f"/gestion/members/user/{people.user('amina').pk}/change/", {"is_staff": "on"})
    assert not User.objects.get(pk=people.user("amina").pk).is_staff
    support.post(f"/gestion/members/person/{people.amina.pk}/delete/", {"post": "yes"})
    assert Person.objects.filter(pk=people.amina.pk).exists()


def test_no_secret_and_no_right_is_edited_there(support, people):
    install_factor(people.user("driss"))
    names = {model._meta.label for model in admin.site._registry}
    assert not names & {"mfa.Authenticator", "account.EmailAddress", "auth.Group"}
    page = support.get(f"/gestion/members/user/{people.user('driss').pk}/change/").content.decode()
    assert "password" not in page.replace("password_change", "")
