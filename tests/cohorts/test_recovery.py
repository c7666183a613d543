"""Somebody comes back five years later without phone nor mail: two people, one card, everything told."""

import datetime as dt
import uuid

import pytest
from django.core.management import call_command
from django.urls import reverse

from cohorts.models import RecoveryNotice, RecoveryRequest
from cohorts.services import recovery
from cohorts.services.erasing import erase_what_is_old
from ct_platform.kit.errors import Refused
from members.limits import Limit
from members.models import JoinCard
from members.services.join_cards import CardRefused, use_card
from tests import factories as make
from tests.cohorts.recovering import (
    approved,
    asks,
    checked,
    cohort_of,
    former,
    told,
)
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def leila(people):
    return former(people)


@pytest.fixture
def helene(people):
    return people.actor("helene")


@pytest.fixture
def driss(people):
    return people.actor("driss")


def seen_by(actor) -> list[RecoveryRequest]:
    return list(RecoveryRequest.objects.visible_to(actor))


def typed(**changes):
    return {
        "submission_key": str(uuid.uuid4()), "site": "", "first_name": "Leïla", "last_name": "Benali",
        "birth_date": "1985-03-12", "phone": "06 39 98 00 99",
    } | changes  # fmt: skip


# --- asking


def test_the_sign_in_page_leads_to_it_and_asking_shows_the_same_page_known_or_not(client, leila):
    address = reverse("cohorts:cannot_enter")
    assert address in client.get(reverse("members:sign_in")).content.decode()
    known = client.post(address, typed())
    unknown = client.post(address, typed(first_name="Personne", last_name="Inconnue"))
    assert known.status_code == unknown.status_code == 302
    assert known.headers["Location"] == unknown.headers["Location"]
    assert "Votre demande est partie" in client.get(known.headers["Location"]).content.decode()
    assert RecoveryRequest.objects.count() == 2


def test_it_costs_the_same_queries_whether_the_name_is_known_or_not(
    leila, people, django_assert_num_queries
):
    make.CohortFactory(territory=people.a.territory)
    with django_assert_num_queries(10):
        asks(territory=people.a.territory)
    with django_assert_num_queries(10):
        asks(territory=people.a.territory, first_name="Personne", last_name="Inconnue")


def test_it_reaches_the_host_and_the_coordination_even_of_an_archived_cohort(
    leila, helene, driss, people
):
    request = asks()
    assert seen_by(helene) == seen_by(driss) == [request]
    assert seen_by(people.actor("hugo")) == seen_by(people.actor("dalia")) == []
    assert seen_by(people.actor("elsa")) == seen_by(people.actor("nora")) == []


def test_a_territory_named_by_somebody_nobody_knows_is_asked(people, driss, helene):
    request = asks(first_name="Autre", last_name="Inconnue", territory=people.a.territory)
    assert seen_by(driss) == seen_by(helene) == [request]
    assert seen_by(people.actor("dalia")) == []


def test_what_names_no_place_waits_for_the_operator(people, driss, capsys):
    request = asks(first_name="Autre", last_name="Inconnue", said="la cuisine, 2021")
    assert seen_by(driss) == []
    call_command("route_recovery")
    assert "la cuisine, 2021" in capsys.readouterr().out
    call_command("route_recovery", request.pk, people.a.territory.name)
    assert seen_by(driss) == [request]
    assert not RecoveryRequest.objects.homeless().exists()


def test_a_way_to_answer_is_asked_for_and_nothing_typed_is_lost(client):
    answer = client.post(reverse("cohorts:cannot_enter"), typed(phone="", said="vers 2021"))
    body = answer.content.decode()
    assert "Donnez un téléphone ou un e-mail" in body
    assert "vers 2021" in body
    assert not RecoveryRequest.objects.exists()


def test_too_many_from_one_place_wait_and_keep_their_words(client, monkeypatch):
    monkeypatch.setattr("cohorts.views.cannot_enter.SENT", Limit("recovery-test", 1, 600))
    address = reverse("cohorts:cannot_enter")
    assert client.post(address, typed()).status_code == 302
    answer = client.post(address, typed(said="encore moi"))
    assert answer.status_code == 200
    assert "Trop d’envois" in answer.content.decode()
    assert "encore moi" in answer.content.decode()


def test_a_robot_that_fills_the_trap_is_told(client):
    answer = client.post(reverse("cohorts:cannot_enter"), typed(site="http://spam"))
    assert "Laissez vide" in answer.content.decode()
    assert not RecoveryRequest.objects.exists()


def test_a_wave_of_the_same_words_is_one_request_and_another_contact_is_another(leila, helene):
    first = asks()
    for _again in range(30):
        assert asks() == first
    first.refresh_from_db()
    assert first.repeats == 30
    other = asks(phone="+33639980077")
    assert set(seen_by(helene)) == {first, other}
    assert RecoveryRequest.objects.same_name(other).get() == first


# --- refusing, pages, keeping


def test_a_refusal_says_why_and_takes_the_card_back(leila, helene, driss):
    request = checked(asks(), leila, driss)
    card = approved(request, helene)
    with pytest.raises(Refused):
        recovery.refuse(request=request, reason=" ", actor=driss, at=NOW)
    recovery.refuse(request=request, reason="Elle a rappelé, erreur.", actor=driss, at=NOW)
    with pytest.raises(CardRefused):
        use_card(token=card.token, at=NOW)


def test_the_pages_lead_from_the_list_to_the_check_and_the_agreement(leila, people, enter):
    request = asks(said="Les Anciens, 2021")
    driss, helene = enter("driss"), enter("helene")
    assert "demande à entrer" in driss.get(reverse("home:dashboard")).content.decode()
    assert "demande à entrer" in helene.get(reverse("home:to_approve")).content.decode()
    assert "Leila BENALI" in helene.get(reverse("cohorts:recoveries")).content.decode()
    page = reverse("cohorts:recovery", args=[request.pk])
    body = driss.get(page).content.decode()
    assert "Leïla Benali" in body
    assert "Les Anciens" in body
    assert "Donner son accord" not in body
    said = {"person": leila.pk, "how": "met", "note": "passeport vu"}
    assert driss.post(page, said).status_code == 302
    assert "Une autre personne doit donner son accord" in driss.get(page).content.decode()
    assert "Donner son accord" in helene.get(page).content.decode()


def test_a_name_of_today_finds_a_file_of_then(leila, people, enter):
    """She married: the name she gives is not the one of her papers."""
    request = asks(last_name="Duval", territory=people.a.territory)
    page = reverse("cohorts:recovery", args=[request.pk])
    client = enter("helene")
    assert "Personne de ce nom" in client.get(page).content.decode()
    assert "Leïla Benali" in client.get(f"{page}?nom=benali").content.decode()
    assert "Voisine" not in client.get(f"{page}?nom=voisine").content.decode()  # of cohort B


def test_what_was_typed_goes_a_year_after_the_end(leila, helene, driss):
    request = checked(asks(), leila, driss)
    told()
    recovery.refuse(request=request, reason="Non.", actor=driss, at=NOW)
    assert erase_what_is_old(at=NOW + dt.timedelta(days=300)).recoveries == 0
    assert erase_what_is_old(at=NOW + dt.timedelta(days=400)).recoveries == 1
    request.refresh_from_db()
    assert (request.last_name, request.phone, request.birth_date) == ("", "", None)
    assert request.person == leila  # who decided about whom stays
    assert set(RecoveryNotice.objects.values_list("to", flat=True)) == {""}


def test_what_still_waits_is_never_erased(leila):
    asks()
    assert erase_what_is_old(at=NOW + dt.timedelta(days=4000)).recoveries == 0


def test_cohort_of_the_card_is_the_archived_one(leila, helene, driss):
    approved(checked(asks(), leila, driss), helene)
    assert JoinCard.objects.get().cohort_key == cohort_of(leila).pk
