"""Each kind of person lands on their own home, and reads there what waits for them."""

import datetime as dt

import pytest
from django.urls import reverse

from cohorts.models import Cohort
from decisions.services import ballots, opening
from projects.enums import WorkKind
from tests import factories as make
from tests.factories import NOW
from tests.payroll.scene import set_scene


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("amina", "/ma-coop/"), ("driss", "/tableau-de-bord/"), ("helene", "/a-valider/"),
        ("elsa", "/suivi/"), ("nora", "/reseau/"),
    ],
)  # fmt: skip
def test_everybody_arrives_home(enter, name, home):
    assert enter(name).get("/arrivee/").headers["Location"] == home


def open_vote(people):
    return opening.put_to_vote(
        cohort=people.a.cohort,
        title="Comment partager ?",
        effect_code="sharing_rule",
        effect_settings={"counted_kinds": list(WorkKind.values), "in_force_from": "2026-12-01"},
        closes_at=NOW + dt.timedelta(days=2),
        actor=people.actor("driss"),
        at=NOW,
    )


def test_the_vote_to_cast_is_the_first_thing_until_it_is_cast(people, enter):
    poll = open_vote(people)
    for name in ("amina", "bastien"):
        assert (
            reverse("decisions:poll", args=[poll.pk])
            in enter(name).get("/ma-coop/").content.decode()
        )
    ballots.cast(poll=poll, ballot={"choice": "equal"}, actor=people.actor("amina"), at=NOW)
    assert "Voir et voter" not in enter("amina").get("/ma-coop/").content.decode()
    assert "Voir et voter" in enter("bastien").get("/ma-coop/").content.decode()
    assert "Voir et voter" not in enter("chloe").get("/ma-coop/").content.decode()


def test_an_empty_cohort_says_where_to_begin(people, enter):
    empty = make.CohortFactory(territory=people.a.territory, host=people.a.host, name="Toute neuve")
    page = enter("driss").get(reverse("home:cohort_dashboard", args=[empty.pk])).content.decode()
    assert "n’a encore personne" in page
    assert "Aucune activité" in page


def test_what_waits_for_the_coordinator_is_said_and_leads_there(people, enter):
    make.ProjectFactory(cohort=people.a.cohort)
    make.WorkEntryFactory(enrolment=people.enrolments["amina"], minutes=210)
    page = (
        enter("driss")
        .get(reverse("home:cohort_dashboard", args=[people.a.cohort.pk]))
        .content.decode()
    )
    assert "3\u00a0h\u00a030 à confirmer" in page
    assert "2 semaines pas encore complètes" in page
    assert reverse("projects:cohort_hours", args=[people.a.cohort.pk]) in page


def test_a_run_waits_for_the_host_and_for_no_other(people, enter):
    run = set_scene(people).reviewed()
    address = reverse("payroll:run", args=[people.a.cohort.pk, run.pk])
    page = enter("helene").get("/a-valider/").content.decode()
    assert address in page
    assert "Driss Marchal" in page
    assert address not in enter("hugo").get("/a-valider/").content.decode()


def test_the_thread_of_money_follows_the_run(people, enter):
    scene = set_scene(people)
    assert "en cours" in enter("amina").get("/ma-coop/").content.decode()
    scene.issued()
    page = enter("amina").get("/ma-coop/").content.decode()
    assert "249,52" in page
    assert "3 nouveaux papiers" in page


def test_the_network_reads_totals_and_no_person(people, enter):
    page = enter("nora").get("/reseau/").content.decode()
    assert "Le Plateau" in page
    assert "Sarr" not in page


def test_the_public_home_names_open_cohorts_and_hides_drafts(people, client):
    Cohort.objects.filter(pk=people.b.cohort.pk).update(state="draft")
    make.ProjectFactory(cohort=people.a.cohort, trade="cuisine")
    page = client.get("/").content.decode()
    assert "Les Racines du Plateau" in page
    assert "La Marmite" not in page
    for words in ("Amina", "Sarr", "Driss"):
        assert words not in page


def test_a_site_without_anything_says_so(db, client):
    page = client.get("/").content.decode()
    assert "Aucune coopérative n’est ouverte" in page
    assert "Pas encore de témoignage" in page


@pytest.mark.parametrize(
    "path", ["/accessibilite/", "/donnees-personnelles/", "/mentions-legales/", "/cooperatives/"]
)
def test_the_pages_of_the_foot_open(db, client, path):
    assert client.get(path).status_code == 200


def test_the_site_says_it_is_well(db, client):
    assert client.get("/sante/").content == b"ok"


def test_the_emblem_of_europe_stands_only_where_it_is_true(db, client, settings):
    assert "Cofinancé par" not in client.get("/").content.decode()
    settings.EU_COFUNDED = True
    assert "Cofinancé par" in client.get("/").content.decode()


def test_a_lost_page_says_what_to_do(client, db):
    answer = client.get("/nulle-part/")
    assert answer.status_code in (302, 404)


def test_two_hands_on_one_state_meet_in_a_sentence(people, enter):
    """A refusal nobody caught sends back to the page it came from, with its words."""
    run = set_scene(people).frozen()
    page = enter("driss")
    here = reverse("payroll:run", args=[people.a.cohort.pk, run.pk])
    for _ in range(2):
        answer = page.post(
            reverse("payroll:compute", args=[people.a.cohort.pk, run.pk]),
            headers={"referer": f"http://testserver{here}"},
            follow=True,
        )
        assert answer.status_code == 200
