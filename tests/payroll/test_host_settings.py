"""The host decides its rates and confirms its profiles, in its own name."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest

from payroll.models import ContributionProfile, HostSettings
from payroll.selectors.host import lines_of
from projects.models import SellerTerms
from tests.factories import SellerTermsFactory
from tests.payroll.scene import set_scene

pytestmark = pytest.mark.django_db
PAGE = "/coop-hote/reglages/"


def terms(**changes):
    asked = {
        "in_force_from": "2027-01-01", "contribution_base": "margin", "contribution_rate": "13,5",
        "contribution_fixed": "30", "contribution_fixed_per": "person",
        "contribution_waived_months": "2", "idle_month_cost": "3,95", "health_cover": "40",
        "health_cover_employer_share": "50", "hourly_rate": "", "pay_rhythm": "monthly",
        "slip_mode": "platform", "collective_agreement": "", "atmp_rate": "1,60",
        "mobility_rate": "0", "headcount": "51",
        "slip_title": "Bulletin de paie", "slip_series": "R", "submission_key": str(uuid.uuid4()),
    }  # fmt: skip
    return asked | changes


def test_a_change_is_a_new_dated_version(people, enter):
    helene = enter("helene")
    assert helene.post(PAGE, terms()).status_code == 302
    versions = HostSettings.objects.filter(host=people.a.host).order_by("in_force_from")
    assert [v.in_force_from for v in versions] == [dt.date(2026, 1, 1), dt.date(2027, 1, 1)]
    newer = versions[1]
    assert str(newer.contribution_rate) == "13.50000"
    assert (newer.contribution_fixed_per, newer.contribution_waived_months) == ("person", 2)
    assert (newer.idle_month_cost, newer.health_cover) == (Decimal("3.95"), Decimal("40.00"))
    assert (newer.hourly_rate, newer.written_by) == (None, people.helene)
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
        ({"contribution_waived_months": "peu"}, "Écrivez un nombre entier"),
        ({"contribution_waived_months": "25"}, "de 0 à 24"),
        ({"idle_month_cost": "-1"}, "Écrivez un montant"),
        ({"slip_mode": "pigeon"}, "Sélectionnez un choix valide"),
        ({"health_cover_employer_share": "40"}, "au moins la moitié"),
        # 6 % of the monthly ceiling of 2026: 240.30.
        ({"in_force_from": "2026-12-01", "health_cover": "481"}, "dépasse 240,30"),
        ({"in_force_from": "2026-12-01", "hourly_rate": "12,30"}, "sous le SMIC de décembre 2026"),
    ],
)
def test_wrong_settings_are_refused_beside_the_field(people, enter, changes, sentence):
    page = enter("helene").post(PAGE, terms(**changes))
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert HostSettings.objects.filter(host=people.a.host).count() == 1


@pytest.mark.parametrize("series", ["CT", "D"])
def test_slips_never_take_the_series_of_invoices_or_quotes(people, enter, series):
    SellerTermsFactory(host=people.a.host, series="CT")
    page = enter("helene").post(PAGE, terms(slip_series=series))
    assert "numérote déjà d’autres papiers" in page.content.decode()
    assert HostSettings.objects.filter(host=people.a.host).count() == 1
    # Numbers are per host: the neighbour's invoices hinder nobody.
    SellerTerms.objects.update(host=people.b.host)
    assert enter("helene").post(PAGE, terms(slip_series="CT")).status_code == 302


def test_a_version_never_reaches_back_into_a_photographed_run(people, enter):
    set_scene(people).frozen()
    page = enter("helene").post(PAGE, terms(in_force_from="2026-11-15"))
    assert "déjà photographiée" in page.content.decode()
    assert HostSettings.objects.filter(host=people.a.host).count() == 1


def test_the_page_says_everything_that_was_decided(people, enter):
    helene = enter("helene")
    asked = terms(
        in_force_from="2026-12-01", hourly_rate="12,31", collective_agreement="Sport, IDCC 2511",
        slip_mode="host", pay_rhythm="final",
    )  # fmt: skip
    assert helene.post(PAGE, asked).status_code == 302
    page = helene.get(PAGE).content.decode()
    for written in (
        "par personne et par paie", "3,95\xa0€", "dont 50,00 %", "12,31\xa0€", "Sport, IDCC 2511",
        "une seule fois, à la fin de la cohorte", "notre logiciel de paie", "Écrit par Hélène Hôte",
    ):  # fmt: skip
        assert written in page, written


def test_a_new_version_keeps_the_accounts_of_the_one_before(people, enter):
    HostSettings.objects.filter(host=people.a.host).update(accounts={"net": "421000"})
    enter("helene").post(PAGE, terms())
    newest = HostSettings.objects.filter(host=people.a.host).latest("in_force_from")
    assert newest.accounts == {"net": "421000"}


@pytest.mark.parametrize("name", ["driss", "amina", "elsa", "nora"])
def test_only_a_seat_at_a_host_has_settings(people, enter, name):
    assert enter(name).get(PAGE).status_code == 403
    assert enter(name).post(PAGE, terms()).status_code == 403
    assert HostSettings.objects.filter(host=people.a.host).count() == 1


def test_the_cape_profile_shows_what_it_does_not_owe_for_this_headcount(people):
    lines = lines_of(set_scene(people).profile)
    due = {line.label: line.is_due for line in lines}
    assert due["Sécurité Sociale Vieillesse plafonnée"]
    assert not any(owed for label, owed in due.items() if "Agirc-Arrco" in label or "CEG" in label)
    assert [line.rate for line in lines if "FNAL" in line.label] == [Decimal("0.10")]  # under 50
