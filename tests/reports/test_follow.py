"""Suivi: what was sent, side by side; nothing is counted afresh, nothing masked comes back."""

import datetime as dt

import pytest

from ct_platform.kit.clock import NBSP
from reports.models import Basis
from reports.partitions import core_set
from reports.trends import Told, facts_of_all, trends_of
from tests import factories as make
from tests.reports.scene import sent_report, set_scene
from tests.reports.test_core_set import facts  # noqa: F401 - a fixture


def told(name: str, figures: dict, year: int = 2026) -> Told:
    return Told(name, len(name), dt.date(year, 1, 5), 1, figures)


@pytest.fixture
def three(facts) -> list[Told]:  # noqa: F811
    figures = core_set(facts).figures
    few = core_set(type(facts)(**{**_fields(facts), "states": dict.fromkeys(range(4), "active")}))
    return [told("A", figures, 2024), told("B", figures, 2025), told("C", few.figures)]


def _fields(one) -> dict:
    return {name: getattr(one, name) for name in one.__slots__}


def test_a_masked_figure_stays_masked_with_its_reason_and_is_not_added(three):
    entered = next(one for one in trends_of(three, three) if one.code == "people.total")
    assert [row.bar.value for row in entered.chart.rows] == [15, 15, None]
    assert entered.masked[0].startswith(f"C{NBSP}: Moins de 5 personnes")
    fact = facts_of_all(three)[0]
    assert (fact.value, fact.note) == ("30", "2 sur 3 rapports")


def test_the_territory_stands_beside_its_cohorts_from_three_reports_on(three):
    for trend in trends_of(three[:1], three[:2]):
        assert len(trend.chart.rows) == 1
    work = next(one for one in trends_of(three[:1], three) if one.code == "work.total")
    assert work.chart.rows[-1].bar.label == "Territoire, médiane de 3 rapports"


def test_every_figure_says_what_it_is_and_where_it_comes_from(three):
    for trend in trends_of(three, three):
        assert trend.definition and trend.numerator and trend.source
        assert all(row.bar.note for row in trend.chart.rows if "Territoire" not in row.bar.label)


def test_nothing_is_counted_afresh(enter, people):
    scene = set_scene(people)
    report = sent_report(people)
    client = enter("elsa")
    address = f"/suivi/territoires/{people.a.territory.pk}/"
    first = client.get(address)
    before = first.content.decode()
    make.EnrolmentFactory(cohort=scene.cohort)
    make.ExpenseFactory(recorded_by=people.driss, project=scene.cohort.projects.first())
    assert client.get(address).context["page"] == first.context["page"]
    assert f"/rapports/{report.snapshot_id}/" in before
    assert not [name for name in scene.names if f">{name}<" in before]
    assert Basis.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "status"),
    [("elsa", 200), ("helene", 200), ("nora", 200), ("driss", 200), ("farid", 404), ("dalia", 404), ("amina", 403)],
)  # fmt: skip
def test_who_reads_a_territory(enter, people, name, status):
    assert enter(name).get(f"/suivi/territoires/{people.a.territory.pk}/").status_code == status


def test_a_host_reads_in_a_territory_only_the_cohorts_it_hosts(enter, people):
    set_scene(people)
    sent_report(people)
    elsewhere = make.CohortFactory(
        territory=people.a.territory, host=people.b.host, name="Les Voisins"
    )
    sent_report(people, elsewhere)
    page = enter("hugo").get(f"/suivi/territoires/{people.a.territory.pk}/").content.decode()
    assert "Les Voisins" in page
    assert "Les Racines du Plateau" not in page
