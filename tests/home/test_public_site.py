"""The public site: whole, valid, without a cookie, and nothing on it that nobody decided to show."""

import datetime as dt
import json
import re

import pytest
from django.urls import reverse
from justhtml import JustHTML

from cohorts.enums import CohortState
from cohorts.models import Cohort, Territory
from cohorts.services.meetings import call_meeting
from tests import factories as make
from tests.access_row import ANYONE
from tests.access_rows import ROWS
from tests.access_world import CANARY, furnish, keys_of
from tests.factories import NOW, TODAY
from tests.site_world import show_partner
from tests.test_access import ADDRESSES

# Files, and answers that are not pages of HTML.
NOT_HTML = {
    "home:favicon", "home:health", "home:robots", "home:sitemap", "home:partner_logo", "cohorts:feed",
    "testimonials:story_card", "testimonials:story_photo", "cohorts:badge", "cohorts:badge_issuer",
    "cohorts:badge_status", "projects:hours_worker", "projects:hours_manifest",
}  # fmt: skip
FOR_ENGINES = (
    "home:public", "home:idea", "home:cooperatives", "home:territory", "home:trades", "home:trade",
    "home:partners", "home:start", "home:accessibility", "home:privacy", "home:legal", "home:site_map",
    "cohorts:cooperative", "testimonials:public", "documents:check_form",
)  # fmt: skip


def text_of(client, name: str, *args) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_every_public_page_is_valid_html_and_gives_no_cookie(people, client):
    ids, wrong = furnish(people), []
    for name, row in ROWS.items():
        if row != ANYONE or name in NOT_HTML:
            continue
        answer = client.get(reverse(name, kwargs=keys_of(name, ADDRESSES[name], ids)))
        if "html" not in answer.headers["Content-Type"]:
            continue
        found = JustHTML(answer.content.decode(), collect_errors=True).errors
        wrong += [f"{name}: {one}" for one in found]
        if name in FOR_ENGINES:
            if answer.cookies:
                wrong.append(f"{name} gives a cookie")
            if "X-Robots-Tag" in answer.headers:
                wrong.append(f"{name} keeps engines out")
    assert not wrong, "\n".join(wrong)


def test_the_parser_sees_a_bad_page():
    assert JustHTML("<!doctype html><p><div></p><b>x", collect_errors=True).errors


def test_each_page_says_its_title_its_description_and_its_own_address(people, client, settings):
    settings.PUBLIC_ORIGIN = "https://coop.exemple.test"
    ids, seen = furnish(people), set()
    for name in FOR_ENGINES:
        address = reverse(name, kwargs=keys_of(name, ADDRESSES[name], ids))
        page = client.get(
            address, {"metier": "x"} if name == "testimonials:public" else {}
        ).content.decode()
        assert f'<link rel="canonical" href="https://coop.exemple.test{address}">' in page, name
        said = re.search(r'<meta name="description" content="([^"]{30,200})">', page)
        title = re.search(r"<title>(.+?)</title>", page)
        assert said and title, name
        assert (title[1], said[1]) not in seen, name
        seen.add((title[1], said[1]))
        assert 'property="og:image" content="https://coop.exemple.test/' in page, name
        assert CANARY not in page, name
        assert page.count("<h1") == 1, name


def test_engines_are_kept_out_of_everything_else(people, enter, client):
    for address in ("/entrer/", "/mes-heures/", "/reprendre/inconnu/", "/vote/x/", "/monter-une-cooperative/ecrire/merci/", "/rien/"):  # fmt: skip  # noqa: E501
        assert "noindex" in client.get(address).headers["X-Robots-Tag"], address
    assert "noindex" in enter("nora").get("/reseau/site/").headers["X-Robots-Tag"]


def test_a_cohort_that_nobody_shows_is_nowhere(people, client):
    shown = people.a.cohort
    kept = make.CohortFactory(territory=people.a.territory, host=people.a.host, name="La Discrète", hidden_from_site=True)  # fmt: skip  # noqa: E501
    draft = make.CohortFactory(territory=people.a.territory, host=people.a.host, name="L’Ébauche", state=CohortState.DRAFT)  # fmt: skip  # noqa: E501
    for name, keys in (
        ("home:public", []), ("home:cooperatives", []), ("home:territory", [people.a.territory.pk]),
        ("home:site_map", []), ("home:sitemap", []),
    ):  # fmt: skip
        page = text_of(client, name, *keys)
        for one in (kept, draft):
            assert one.name not in page and f"/cooperatives/{one.pk}/" not in page, name
    assert shown.name in text_of(client, "home:territory", people.a.territory.pk)
    for one in (kept, draft):
        assert client.get(reverse("cohorts:cooperative", args=[one.pk])).status_code == 404


def test_a_cohort_that_ended_is_remembered_without_a_way_in(people, client):
    Cohort.objects.filter(pk=people.a.cohort.pk).update(state=CohortState.ARCHIVED)
    page = text_of(client, "cohorts:cooperative", people.a.cohort.pk)
    assert "a terminé son parcours" in page
    assert "Je candidate" not in page
    apply = client.get(reverse("cohorts:apply", args=[people.a.cohort.pk]))
    assert "a terminé son parcours" in apply.content.decode()
    assert "Terminée" in text_of(client, "home:cooperatives")


def test_the_coordinator_decides_what_is_said_and_whether_it_is(people, enter, client):
    edit = reverse("cohorts:edit", args=[people.a.cohort.pk])
    cohort = people.a.cohort
    wishes = {
        "name": cohort.name, "pitch": "", "sells": "Des paniers le jeudi.", "programme": cohort.programme_id,
        "host": cohort.host_id, "starts_on": cohort.starts_on, "ends_on": cohort.ends_on,
        "seats": cohort.seats, "version": cohort.version,
    }  # fmt: skip
    enter("driss").post(edit, wishes)
    assert "Des paniers le jeudi." in text_of(client, "cohorts:cooperative", cohort.pk)
    enter("driss").post(edit, wishes | {"version": cohort.version + 1, "hidden_from_site": "on"})
    assert client.get(reverse("cohorts:cooperative", args=[cohort.pk])).status_code == 404


def test_a_territory_without_anything_to_show_is_not_there(people, client):
    empty = make.TerritoryFactory(name="Nulle part")
    assert client.get(reverse("home:territory", args=[empty.pk])).status_code == 404
    assert "Nulle part" not in text_of(client, "home:cooperatives")
    assert client.get(reverse("home:trade", args=["plomberie"])).status_code == 404


def test_those_recruiting_come_first_on_the_map_and_in_the_list_under_one_number(people, client):
    Cohort.objects.filter(pk=people.b.cohort.pk).update(state=CohortState.RECRUITING)
    Territory.objects.filter(pk=people.b.territory.pk).update(latitude="48.0", longitude="2.0")
    page = text_of(client, "home:cooperatives")
    listed = page[page.index("ct-places") :]
    assert listed.index(people.b.territory.name) < listed.index(people.a.territory.name)
    assert f'aria-label="1. {people.b.territory.name}, Valbrune : recrute"' in page
    # A département the drawing does not know: in words under the map, and in the list.
    assert f"{people.a.territory.name} (2)" in page


def test_what_ended_long_ago_is_counted_on_the_map_and_named_on_its_territory(people, client):
    place = people.a.territory
    for year in range(2015, 2020):
        make.CohortFactory(
            territory=place, host=people.a.host, name=f"Promotion {year}", state="archived",
            starts_on=dt.date(year, 2, 1), ends_on=dt.date(year, 6, 30),
        )  # fmt: skip
    page = client.get(reverse("home:cooperatives")).content.decode()
    assert [year for year in range(2015, 2020) if f"Promotion {year}" in page] == [2019]
    assert "et 4 autres, terminées avant" in page
    assert (
        "Promotion 2015" in client.get(reverse("home:territory", args=[place.pk])).content.decode()
    )
    told = client.get("/sitemap.xml").content.decode()
    assert all(
        reverse("cohorts:cooperative", args=[one.pk]) in told
        for one in Cohort.objects.filter(name__startswith="Promotion")
    )


def test_a_meeting_to_come_is_announced_with_its_structured_data(people, client):
    Cohort.objects.filter(pk=people.a.cohort.pk).update(state=CohortState.RECRUITING)
    cohort = Cohort.objects.get(pk=people.a.cohort.pk)
    call_meeting(cohort=cohort, starts_at=NOW + dt.timedelta(days=3), place="Salle </script><b>", seats=9, at=NOW)  # fmt: skip  # noqa: E501
    for name, keys in (
        ("home:public", []), ("home:territory", [people.a.territory.pk]), ("cohorts:cooperative", [cohort.pk]),
    ):  # fmt: skip
        page = text_of(client, name, *keys)
        assert "J’y vais" in page, name
        block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
        assert block, name
        facts = json.loads(block[1])["@graph"]
        event = next(one for one in facts if one["@type"] == "Event")
        assert event["location"]["name"] == "Salle </script><b>"
        assert event["startDate"].startswith("2026-11-28T10:30")


def test_only_partners_that_agree_today_are_named(people, client):
    show_partner(people, people.a.partner, ended_on=TODAY)
    show_partner(people, people.b.partner, since=TODAY + dt.timedelta(days=1))
    gone = show_partner(people, people.b.host, since=TODAY - dt.timedelta(days=9), ended_on=TODAY)
    here = show_partner(people, people.a.host)
    territory = people.a.territory.pk
    for name, keys in (("home:partners", []), ("home:public", []), ("home:territory", [territory])):
        page = text_of(client, name, *keys)
        assert people.a.host.name in page, name
    page = text_of(client, "home:partners")
    for other in (people.a.partner, people.b.partner, people.b.host):
        assert other.name not in page
    assert "courriel de la direction" not in page
    logo = client.get(reverse("home:partner_logo", args=[here.pk]))
    assert logo.headers["Content-Type"] == "image/jpeg" and logo.content.startswith(b"\xff\xd8")
    assert client.get(reverse("home:partner_logo", args=[gone.pk])).status_code == 404


def test_a_partner_is_noted_once(people, enter):
    show_partner(people, people.a.partner)
    answer = enter("nora").post(
        reverse("home:site_add_partner"),
        {"organisation": people.a.partner.pk, "sentence": "Aide.", "agreed_how": "lettre", "agreed_on": "2026-11-01"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "déjà dans la liste" in answer.content.decode()


@pytest.mark.parametrize("name", ["home:public", "home:cooperatives", "home:territory", "home:trade", "home:site_map", "home:sitemap"])  # fmt: skip  # noqa: E501
def test_a_page_costs_the_same_for_one_territory_and_for_forty(
    people, client, name, django_assert_max_num_queries
):
    for n in range(40):
        place = make.TerritoryFactory(department=f"{n + 1:02}")
        cohort = make.CohortFactory(territory=place, host=people.a.host, name=f"Coop {n}")
        make.ProjectFactory(cohort=cohort, trade="cuisine")
    keys = {"home:territory": [people.a.territory.pk], "home:trade": ["cuisine"]}.get(name, [])
    with django_assert_max_num_queries(10):
        assert client.get(reverse(name, args=keys)).status_code == 200


def test_robots_are_told_where_the_map_of_the_site_is(people, client, settings):
    settings.PUBLIC_ORIGIN = "https://coop.exemple.test"
    assert "Sitemap: https://coop.exemple.test/sitemap.xml" in text_of(client, "home:robots")
    told = text_of(client, "home:sitemap")
    territory = f"/territoires/{people.a.territory.pk}/"
    for address in ("/", "/une-cooperative/", territory, "/metiers/cuisine/"):
        assert f"<loc>https://coop.exemple.test{address}</loc>" in told
