"""The page Impact: read from published figures alone, masked cells said as masked."""

import copy
import datetime as dt
import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from ct_platform.kit.clock import NBSP
from reports.impact import compared, read_impact
from reports.models import Edition, MergedSnapshot
from reports.services.merging import freeze_edition, publish_edition
from tests.reports.merged_scene import ended_cohorts, published_year


@pytest.fixture
def frozen(people, at) -> Edition:
    ended_cohorts(people, people.a.territory, 3)
    return freeze_edition(year=2025, actor=people.actor("nora"), at=at)


@pytest.fixture
def published(people, at, frozen) -> Edition:
    publish_edition(edition=frozen, actor=people.actor("nora"), at=at + dt.timedelta(minutes=5))
    return frozen


def of(edition: Edition, territory=None) -> MergedSnapshot:
    return edition.snapshots.get(territory=territory)


def test_it_is_told_under_the_headings_of_the_field(people, frozen):
    found = read_impact(of(frozen, people.a.territory).figures)
    assert [one.code for one in found.headings] == ["people", "skills", "exits", "power"]
    assert (found.name, len(found.cohorts)) == (people.a.territory.name, 3)
    moments = [(row.bar.label, row.bar.text, row.bar.note) for row in found.moments.rows]
    assert moments[0] == ("À la sortie", f"au moins 60{NBSP}%", "masqué")
    assert moments[2] == ("Six mois après", f"au moins 53{NBSP}%", "masqué")
    assert moments[3][1] == "à partir du 1er mars 2027"


def test_a_masked_cell_has_no_number_and_says_why(people, frozen):
    gender = read_impact(of(frozen).figures).panels["gender"]
    women, together = [row.bar for row in gender.chart.rows]
    assert (women.label, women.value) == ("Femmes", 27)
    assert (together.label, together.value) == ("Le reste, ensemble", 18)
    assert gender.hidden[:2] == ("Hommes", "Non binaires")
    assert "11" in gender.why


def test_tables_masked_whole_are_named_together_with_their_reason(people, frozen, enter):
    snapshot = of(frozen, people.a.territory)
    found = read_impact(snapshot.figures)
    skills = found.headings[1]
    assert {one.label for one in skills.panels} == {
        *(one.label for one in skills.open),
        *(name for names in skills.closed.values() for name in names),
        *(name for names in skills.later.values() for name in names),
    }
    page = enter("nora").get(reverse("reports:impact", args=[snapshot.pk])).content.decode()
    closed = {why: names for one in found.headings for why, names in one.closed.items()}
    assert closed and all(", ".join(names) in page for names in closed.values())
    assert "Pas encore, à partir du 1er mars 2027" in page.replace(NBSP, " ")


def test_a_year_without_any_pay_here_says_so_beside_zero(people, frozen):
    figures = copy.deepcopy(of(frozen).figures)
    assert {one.label: one.note for one in read_impact(figures).sums}["Pot commun partagé"] == ""
    next(one for one in figures["figures"] if one["code"] == "money.pot")["value"] = "0.00"
    told = {one.label: one.note for one in read_impact(figures).sums}
    assert told["Pot commun partagé"] == "aucune paie n’a été faite ici"


def test_a_territory_stands_beside_the_network(people, frozen):
    scopes = [read_impact(of(frozen, place).figures) for place in (people.a.territory, None)]
    charts = compared(scopes)
    assert [row.bar.label for row in charts[0].rows] == [people.a.territory.name, "Le réseau"]
    assert compared(scopes[:1]) == []


def test_a_partner_reads_it_once_published(people, enter, frozen, at):
    address = reverse("reports:impact", args=[of(frozen, people.a.territory).pk])
    elsa, nora = enter("elsa"), enter("nora")
    assert elsa.get(address).status_code == 404
    assert "pas publiée" in nora.get(address).content.decode()
    assert nora.post(reverse("reports:publish_year", args=[frozen.pk])).status_code == 302
    page = elsa.get(address).content.decode()
    assert "Sorties dynamiques" in page and "Le reste, ensemble" in page
    assert "pas publiée" not in page
    assert address in elsa.get(reverse("reports:impact_years")).content.decode()


def test_a_partner_of_another_territory_reads_the_network_and_not_this_one(
    people, enter, published
):
    farid = enter("farid")
    here, whole = of(published, people.a.territory), of(published)
    assert farid.get(reverse("reports:impact", args=[here.pk])).status_code == 404
    assert farid.get(reverse("reports:impact", args=[whole.pk])).status_code == 200


def test_the_network_freezes_from_its_page_and_nobody_else(people, enter):
    ended_cohorts(people, people.a.territory, 3)
    address = reverse("reports:freeze_year", args=[2025])
    assert enter("driss").post(address).status_code == 403
    assert not Edition.objects.exists()
    answer = enter("nora").post(address)
    assert answer.headers["Location"] == reverse(
        "reports:impact", args=[of(Edition.objects.get()).pk]
    )


def test_the_poster_is_a_tagged_paper_of_the_frozen_figures(people, enter):
    ids = published_year(people)
    answer = enter("elsa").get(reverse("reports:impact_poster", args=[ids["merged_id"]]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "/StructTreeRoot" in PdfReader(io.BytesIO(answer.content)).trailer["/Root"]
