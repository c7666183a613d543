"""The host decides its rates and confirms its profiles, in its own name."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from payroll.models import ContributionProfile, HostSettings
from payroll.selectors.host import lines_of
from payroll.services.host_settings import confirm_profile
from tests.factories import NOW
from tests.payroll.scene import set_scene

pytestmark = pytest.mark.django_db
PAGE = "/coop-hote/reglages/"


def terms(**changes):
    asked = {
        "in_force_from": "2027-01-01", "contribution_base": "margin", "contribution_rate": "13,5",
        "contribution_fixed": "30", "atmp_rate": "1,60", "mobility_rate": "0", "headcount": "51",
        "slip_title": "Bulletin de paie", "slip_series": "R", "submission_key": str(uuid.uuid4()),
    }  # fmt: skip
    return asked | changes


def test_a_change_is_a_new_dated_version(people, enter):
    helene = enter("helene")
    assert helene.post(PAGE, terms()).status_code == 302
    versions = HostSettings.objects.filter(host=people.a.host).order_by("in_force_from")
    assert [v.in_force_from for v in versions] == [dt.date(2026, 1, 1), dt.date(2027, 1, 1)]
    assert str(versions[1].contribution_rate) == "13.50000"
    page = helene.get(PAGE).content.decode()
    assert "En vigueur, depuis le 1er janvier 2026" in page
    assert "À venir, depuis le 1er janvier 2027" in page


def test_the_first_version_brings_the_two_profiles_unconfirmed(people, enter):
    enter("helene").post(PAGE, terms())
    profiles = ContributionProfile.objects.filter(host=people.a.host)
    assert sorted(p.code for p in profiles) == ["cape", "employee"]
    assert not any(p.is_confirmed for p in profiles)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"in_force_from": "2026-01-01"}, "existe déjà"),
        ({"contribution_rate": "130"}, "va de 0 à 100"),
        ({"atmp_rate": "peu"}, "Écrivez un taux"),
        ({"headcount": "-1"}, "supérieur"),
        ({"slip_series": "r1"}, "lettres capitales"),
    ],
)
def test_wrong_settings_are_refused_beside_the_field(people, enter, changes, sentence):
    page = enter("helene").post(PAGE, terms(**changes))
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert HostSettings.objects.filter(host=people.a.host).count() == 1


def test_a_version_never_reaches_back_into_a_photographed_run(people, enter):
    set_scene(people).frozen()
    page = enter("helene").post(PAGE, terms(in_force_from="2026-11-15"))
    assert "déjà photographiée" in page.content.decode()
    assert HostSettings.objects.filter(host=people.a.host).count() == 1


@pytest.mark.parametrize("name", ["driss", "amina", "elsa", "nora"])
def test_only_a_seat_at_a_host_has_settings(people, enter, name):
    assert enter(name).get(PAGE).status_code == 403
    assert enter(name).post(PAGE, terms()).status_code == 403
    assert HostSettings.objects.filter(host=people.a.host).count() == 1


def test_a_profile_is_confirmed_with_a_name_and_a_written_answer(people, enter):
    scene = set_scene(people, confirmed=False)
    door = reverse("payroll:confirm_profile", args=[scene.profile.pk])
    helene = enter("helene")
    assert (
        "Sans réponse écrite" in helene.post(door, {"evidence": "", "sure": "on"}).content.decode()
    )
    assert (
        "Cochez la case" in helene.post(door, {"evidence": "URSSAF, 12 octobre"}).content.decode()
    )
    scene.profile.refresh_from_db()
    assert not scene.profile.is_confirmed
    helene.post(door, {"evidence": "URSSAF, message du 12 octobre 2026", "sure": "on"})
    scene.profile.refresh_from_db()
    assert (scene.profile.confirmed_by, scene.profile.confirmed_at) == (people.helene, NOW)
    assert "Confirmé par Hélène Hôte" in helene.get(PAGE).content.decode()


def test_a_coordinator_cannot_confirm_and_another_host_does_not_see_it(people, enter):
    profile = set_scene(people, confirmed=False).profile
    door = reverse("payroll:confirm_profile", args=[profile.pk])
    asked = {"evidence": "URSSAF, message du 12 octobre 2026", "sure": "on"}
    for name, status in (
        ("driss", 403),
        ("dalia", 404),
        ("hugo", 404),
        ("amina", 404),
        ("elsa", 404),
    ):
        assert enter(name).post(door, asked).status_code == status, name
    profile.refresh_from_db()
    assert not profile.is_confirmed


def test_confirming_twice_keeps_the_first_name_and_reference(people):
    profile = set_scene(people).profile
    again = confirm_profile(
        profile=profile, evidence="Autre courrier", actor=people.actor("helene"), at=NOW
    )
    assert again.evidence == "Courrier 12"


def test_the_cape_profile_shows_what_it_does_not_owe_for_this_headcount(people):
    lines = lines_of(set_scene(people).profile)
    due = {line.label: line.is_due for line in lines}
    assert due["Sécurité Sociale Vieillesse plafonnée"]
    assert not any(owed for label, owed in due.items() if "Agirc-Arrco" in label or "CEG" in label)
    assert [line.rate for line in lines if "FNAL" in line.label] == [Decimal("0.10")]  # under 50
