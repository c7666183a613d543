import pytest
from django.http import HttpResponse
from django.test import Client

from cohorts.models import CoordinatorSeat, HostSeat
from members.middleware import CurrentActor
from members.models import Person, User
from tests.factories import EnrolmentFactory
from tests.members.door import install_factor


def test_a_cooperant_reads_their_profile_as_tu(enter):
    page = enter("amina").get("/moi/")
    text = page.content.decode()
    assert page.templates[0].name == "members/profile.html"
    assert "ct-thumb" in text and "Dis-le à la personne" in text
    assert "Double sécurité" not in text
    assert "Changer de place" not in text


def test_staff_read_theirs_as_vous_with_their_second_lock(people, enter):
    client = enter("driss")
    text = client.get("/moi/").content.decode()
    assert "ct-top" in text and "Dites-le" in text
    assert "À installer" in text
    install_factor(people.user("driss"))
    text = client.get("/moi/").content.decode()
    assert "En place" in text and "Il vous reste 10 codes de secours" in text


def test_the_profile_shows_contacts_as_people_say_them(people, enter):
    Person.objects.filter(pk=people.amina.pk).update(phone="+33639980012")
    text = enter("amina").get("/moi/").content.decode()
    assert "06 39 98 00 12" in text
    assert "8 allée des Tilleuls, 99100 Valbrune" in text


def test_a_stranger_is_led_to_the_door(db):
    for path in ("/moi/", "/mes-places/"):
        assert Client().get(path).url == f"/entrer/?next={path}"


@pytest.fixture
def two_seats(people) -> CoordinatorSeat:
    return CoordinatorSeat.objects.create(
        person=people.driss, territory=people.b.territory, starts_on="2026-11-01"
    )


def test_somebody_elses_seat_is_not_taken(people, enter, two_seats):
    client = enter("driss")
    client.get("/moi/")
    kept = client.session["seat"]
    for key in (
        people.seat("dalia").key,
        people.seat("amina").key,
        "coordinator:x",
        "",
        "network:1",
    ):
        answer = client.post("/mes-places/", {"seat": key})
        assert answer.status_code == 409
        assert "Cette place n’est plus ouverte" in answer.content.decode()
    assert client.session["seat"] == kept


def test_one_changes_seat_by_a_post(people, enter, two_seats):
    client = enter("driss")
    page = client.get("/mes-places/").content.decode()
    assert "En Bas" in page and "Le Plateau" in page
    assert page.count("Place actuelle") == 1 and page.count("Passer ici") == 1
    client.get(f"/mes-places/?seat=coordinator:{two_seats.pk}")
    assert client.get("/moi/").context["actor"].territory_id == people.a.territory.pk
    client.post("/mes-places/", {"seat": f"coordinator:{two_seats.pk}"})
    answer = client.get("/moi/")
    assert answer.context["actor"].territory_id == people.b.territory.pk
    assert "Changer de place" in answer.content.decode()


def test_a_seat_that_ended_is_left_at_the_next_page(people, enter, two_seats):
    client = enter("driss")
    client.post("/mes-places/", {"seat": f"coordinator:{two_seats.pk}"})
    CoordinatorSeat.objects.filter(pk=two_seats.pk).update(ends_on="2026-11-24")
    assert client.get("/moi/").context["actor"].territory_id == people.a.territory.pk


def test_without_a_seat_one_is_told_what_to_do(people, enter):
    CoordinatorSeat.objects.filter(person=people.driss).update(ends_on="2026-11-24")
    client = enter("driss")
    assert client.get("/moi/").url == "/mes-places/"
    page = client.get("/mes-places/")
    assert "Aucune place n’est ouverte" in page.content.decode()
    assert "Demandez à la personne qui coordonne" in page.content.decode()
    assert "Quitter" in page.content.decode()


def test_an_account_without_a_person_is_told_the_same(db):
    client = Client()
    client.force_login(
        User.objects.create_user("seul@exemple.test"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert "Aucune place" in client.get("/mes-places/").content.decode()
    assert client.post("/mes-places/", {"seat": "network:1"}).status_code == 200


def test_changing_to_a_staff_seat_asks_the_second_factor(people, enter, settings):
    EnrolmentFactory(cohort=people.a.cohort, person=people.helene)
    client = enter("helene")
    settings.SECOND_FACTOR_REQUIRED = True
    enrolment = people.helene.enrolments.get()
    client.post("/mes-places/", {"seat": f"cooperant:{enrolment.pk}"})
    assert client.get("/moi/").status_code == 200
    host = HostSeat.objects.get(person=people.helene)
    client.post("/mes-places/", {"seat": f"host:{host.pk}"})
    assert client.get("/moi/").url == "/compte/double-securite/installer/"


@pytest.mark.parametrize("name", ["amina", "driss"])
def test_own_pages_cost_few_queries(enter, name, django_assert_max_num_queries):
    client = enter(name)
    client.get("/moi/")
    with django_assert_max_num_queries(15):
        client.get("/moi/")
    with django_assert_max_num_queries(12):
        client.get("/mes-places/")


def test_knowing_who_acts_costs_at_most_three_queries(
    people, enter, rf, django_assert_max_num_queries
):
    client = enter("amina")
    client.get("/moi/")
    request = rf.get("/moi/")
    request.session = client.session
    assert request.session["seat"] == people.seat("amina").key
    request.user = User.objects.get(pk=people.user("amina").pk)
    with django_assert_max_num_queries(3):
        CurrentActor(lambda request: HttpResponse())(request)
    assert request.actor.person_id == people.amina.pk
