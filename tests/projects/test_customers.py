"""Customers: noted once, renamed at any time, put away; of a person, only what selling needs."""

import uuid

import pytest
from django.urls import reverse

from ct_platform.kit.errors import Refused, Stale
from members.search import Query, search
from projects.enums import CustomerKind
from projects.models import Customer
from projects.services.customers import (
    AlreadyThere,
    CustomerSaid,
    add_customer,
    change_customer,
    put_away,
    take_out,
)
from tests.factories import NOW, CustomerFactory

pytestmark = pytest.mark.django_db


def said(**more):
    typed = {
        "kind": CustomerKind.FIRM,
        "name": "Épicerie du Canal",
        "siret": "732 829 320 00074",
        "postcode": "99100",
        "city": "Valbrune",
    }
    return CustomerSaid(**typed | more)


@pytest.fixture
def add(people):
    def add(cohort=None, **more):
        extra = {name: more.pop(name) for name in ("key", "anyway") if name in more}
        return add_customer(
            cohort=cohort or people.a.cohort,
            said=said(**more),
            actor=people.actor("driss"),
            **extra,
        )

    return add


def test_what_is_typed_is_cleaned_and_checked(add):
    row = add(vat_number="fr 44 732 829 320", phone="06 39 98 12 34", name="  Épicerie  du Canal ")
    assert (row.siret, row.vat_number) == ("73282932000074", "FR44732829320")
    assert (row.phone, row.printed_phone) == ("+33639981234", "06 39 98 12 34")
    assert row.name == "Épicerie du Canal"


def test_la_poste_has_its_own_key(add):
    assert add(siret="356 000 000 49837").siret == "35600000049837"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "friend"}, "kind"),
        ({"siret": "73282932000075"}, "siret"),
        ({"siret": "7328293200"}, "siret"),
        ({"vat_number": "FR99732829320"}, "vat_number"),
        ({"vat_number": "FR83404833048"}, "vat_number"),  # right, and of another firm
        ({"phone": "12"}, "phone"),
    ],
)
def test_what_is_wrong_is_refused_beside_its_field(add, wrong, field):
    with pytest.raises(Refused) as refusal:
        add(**wrong)
    assert refusal.value.field == field
    assert not Customer.objects.exists()


def test_of_a_person_no_number_of_a_firm_is_kept(add):
    row = add(kind=CustomerKind.PERSON, name="Aïcha Benali", service_code="X1")
    assert (row.siret, row.vat_number, row.service_code) == ("", "", "")


def test_a_double_tap_notes_once(add):
    key = uuid.uuid4()
    assert add(key=key) == add(key=key)
    assert Customer.objects.count() == 1


def test_one_that_looks_the_same_is_told_with_the_other(add, people):
    first = add()
    with pytest.raises(AlreadyThere) as refusal:
        add(name="Autre nom")
    assert refusal.value.twin == first
    with pytest.raises(AlreadyThere, match="code postal"):
        add(siret="", name="EPICERIE DU CANAL")
    # Elsewhere, or somebody who said so: it is another.
    add(siret="", postcode="99200")
    add(name="Le service achats", anyway=True)
    add(cohort=people.b.cohort)
    assert Customer.objects.of_cohort(people.a.cohort.pk).count() == 3


def test_a_customer_is_renamed_and_nobody_writes_over_a_colleague(add, people):
    row = add()
    actor = people.actor("driss")
    change_customer(customer=row, said=said(name="Le Canal"), seen_version=1, actor=actor)
    row.refresh_from_db()
    assert (row.name, row.version) == ("Le Canal", 2)
    with pytest.raises(Stale):
        change_customer(customer=row, said=said(name="Autre"), seen_version=1, actor=actor)
    # Nothing to change: quiet, whatever the version.
    change_customer(customer=row, said=said(name="Le Canal"), seen_version=1, actor=actor)


def test_put_away_a_customer_leaves_the_list_and_the_search(add, people):
    row, actor = add(), people.actor("driss")
    assert [group.title for group in search(actor, Query.read("epicerie canal"))] == ["Clients"]
    put_away(customer=row, actor=actor, at=NOW)
    put_away(customer=row, actor=actor, at=NOW)
    assert search(actor, Query.read("epicerie canal")) == []
    take_out(customer=row, actor=actor)
    row.refresh_from_db()
    assert row.archived_at is None


def test_the_coordination_of_another_territory_finds_nobody(add, people):
    add()
    assert search(people.actor("dalia"), Query.read("epicerie canal")) == []
    assert search(people.actor("amina"), Query.read("epicerie canal")) == []


def test_the_page_tells_the_twin_and_lets_one_insist(people, enter):
    twin = CustomerFactory(cohort=people.a.cohort)
    client = enter("driss")
    address = reverse("projects:add_customer", args=[people.a.cohort.pk])
    key = client.get(address).context["form"]["submission_key"].value()
    typed = {"submission_key": key, "kind": "firm", "name": "Autre", "siret": twin.siret}
    answer = client.post(address, typed)
    link = reverse("projects:customer", args=[people.a.cohort.pk, twin.pk])
    assert link in answer.content.decode()
    assert client.post(address, typed | {"anyway": "on"}).status_code == 302
    assert Customer.objects.count() == 2
