"""Which figures a report holds, and what leaves of them."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from ct_platform.kit.clock import NBSP
from reports.definitions import DEFINITIONS
from reports.disclosure import HOUSE
from reports.partitions import CohortFacts, core_set, past_of
from reports.reading import read, text_of

DAY = dt.date(2026, 11, 25)
FIFTEEN = range(15)


@pytest.fixture
def facts() -> CohortFacts:
    return CohortFacts(
        cohort="Les Racines",
        territory="Le Plateau",
        host="Le Ferment",
        eu_funded=False,
        first_day=dt.date(2026, 9, 7),
        day=DAY,
        states=dict.fromkeys(FIFTEEN, "active"),
        minutes={
            "production": dict.fromkeys(FIFTEEN, 6000),
            "meeting": dict.fromkeys(FIFTEEN, 600),
            "training": dict.fromkeys(FIFTEEN, 300),
            "committee": dict.fromkeys(range(4), 77),
        },
        weeks_expected=dict.fromkeys(FIFTEEN, 9),
        weeks_on_time=dict.fromkeys(FIFTEEN, 8),
        decisions=4,
        votes=[(14, 15), (11, 15), (13, 15)],
        sales={
            (dt.date(2026, 9, 1), "cuisine"): Decimal("100.00"),
            (dt.date(2026, 11, 1), "maraichage"): Decimal("250.50"),
        },
        expenses=Decimal("40.10"),
        pot=dict.fromkeys(FIFTEEN, 8210),
        paid=dict.fromkeys(FIFTEEN, 4999),
        attestations=dict.fromkeys(range(13), 1),
    )


def values(figures: dict) -> dict:
    return {item["code"]: item["value"] for item in figures["figures"]}


def test_it_holds_every_figure_that_is_defined_and_no_other(facts):
    figures = core_set(facts).figures
    assert [item["code"] for item in figures["figures"]] == list(DEFINITIONS)
    for item in figures["figures"]:
        assert item["label"] and item["definition"] and item["numerator"] and item["source"]


def test_it_says_totals_and_hides_what_fifteen_people_cannot_be_split_into(facts):
    found = values(core_set(facts).figures)
    assert found["people.total"] == 15
    assert found["people.active"] is None
    assert found["people.left"] is None
    assert found["work.total"] == 15 * 6900 + 308
    assert found["work.production"] == 90000
    assert found["work.meeting"] == 9000
    assert found["work.training"] is None
    assert found["work.committee"] is None
    assert found["voice.decisions"] == 4
    assert found["money.sales"] == "350.50"
    assert found["money.expenses"] == "40.10"
    assert found["money.pot"] == "1231.50"
    assert found["money.paid"] == "749.85"


def test_rates_are_rounded_and_attestations_too(facts):
    items = {item["code"]: item for item in core_set(facts).figures["figures"]}
    assert items["weeks.rate"]["value"] == 90  # 120 of 135: 88.9 %
    assert items["voice.turnout"]["value"] == 85  # 13 of 15: 86.7 %
    assert items["proof.attestations"]["value"] == 15  # 13
    assert items["proof.attestations"]["state"] == "about"


def test_every_masked_figure_is_explained(facts):
    figures = core_set(facts).figures
    masked = [item["label"] for item in figures["figures"] if item["value"] is None]
    explained = " · ".join(row["what"] for row in figures["masked"]).split(" · ")
    assert sorted(masked) == sorted(explained)
    assert all(row["why"].endswith((".", "cachée.")) for row in figures["masked"])


def test_pay_of_ten_people_is_masked(facts):
    few = replace(facts, paid=dict.fromkeys(range(10), 4999), pot=dict.fromkeys(range(10), 8210))
    figures = core_set(few).figures
    assert values(figures)["money.paid"] is None
    assert values(figures)["money.pot"] is None
    assert "Moins de 11 personnes" in figures["masked"][-1]["why"]


def test_no_masked_value_stays_anywhere_in_the_figures(facts):
    """308 minutes of committee, 4,500 of training, and their sums."""
    text = str(core_set(facts).figures)
    assert not any(number in text for number in ("308", "4500", "4808"))


def test_the_next_report_is_compared_with_what_the_first_one_counted(facts):
    first = core_set(facts)
    history = {code: [past_of(code, row)] for code, row in first.basis.items()}
    assert core_set(facts, HOUSE, history).figures == first.figures
    newcomer = replace(facts, states=facts.states | {99: "active"})
    figures = core_set(newcomer, HOUSE, history).figures
    assert values(figures)["people.total"] is None
    assert "rapport déjà remis" in figures["masked"][0]["why"]
    assert values(figures)["work.total"] is not None


def test_months_without_sales_stand_as_zero_between_two_others(facts):
    report = read(core_set(facts).figures)
    assert [row.label for row in report.sales_rows] == [
        "Septembre 2026",
        "Octobre 2026",
        "Novembre 2026",
    ]
    assert report.sales_rows[1].total == f"0,00{NBSP}€"
    assert report.sales_total is not None
    assert report.sales_total.total == f"350,50{NBSP}€"
    assert report.sales_trades == ("Cuisine", "Maraîchage")


def test_a_cohort_that_has_done_nothing_yet_has_a_report_without_chart(facts):
    nothing = replace(
        facts, states={}, minutes={}, weeks_expected={}, weeks_on_time={}, decisions=0, votes=[], sales={},
        expenses=Decimal("0.00"), pot={}, paid={}, attestations={},
    )  # fmt: skip
    report = read(core_set(nothing).figures)
    assert report.sales_chart is None
    assert report.sales_total is None
    assert report.people_total.is_masked


def test_large_sales_are_drawn_in_thousands(facts):
    sales = {(dt.date(2026, 9, 1), "cuisine"): Decimal("12300.00")}
    chart = read(core_set(replace(facts, sales=sales)).figures).sales_chart
    assert chart is not None
    assert (chart.unit, chart.columns[0].total) == ("milliers d’euros hors TVA", "12,3")


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ({"unit": "minutes", "value": 60 * 1234 + 5}, f"1{NBSP}234{NBSP}h{NBSP}05"),
        ({"unit": "minutes", "value": 120}, f"2{NBSP}h"),
        ({"unit": "percent", "value": 95, "bound": "least"}, f"95{NBSP}% ou plus"),
        ({"unit": "percent", "value": 5, "bound": "most"}, f"5{NBSP}% ou moins"),
        ({"unit": "percent", "value": 50, "bound": ""}, f"environ 50{NBSP}%"),
        ({"unit": "count", "value": 15, "state": "about"}, "environ 15"),
        ({"unit": "persons", "value": 15, "state": "shown"}, "15"),
        ({"unit": "euros", "value": "12.50"}, f"12,50{NBSP}€"),
        ({"unit": "euros", "value": None}, ""),
    ],
)
def test_figures_are_written_as_people_read_them(item, text):
    assert text_of(item) == text
