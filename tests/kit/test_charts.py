"""Charts: the drawing and its table say the same, in a SVG that a strict page accepts."""

from datetime import date
from decimal import Decimal
from xml.dom import minidom

import pytest
from django.template import Context, Template

from ct_platform.kit import charts
from ct_platform.kit.timeline import Milestone, Phase, timeline

SALES = charts.stacked_columns(
    title="Ventes par mois",
    heading="Mois",
    columns=["Fév.", "Mars"],
    series=[
        charts.trade_series("maraichage", [Decimal("3.1"), Decimal("5.4")]),
        charts.trade_series("cuisine", [Decimal(0), Decimal("1.2")]),
    ],
    unit="milliers d’euros",
    places=1,
)
RULES = charts.dots(
    title="3 parts, de 301,44 € à 468,54 €",
    values=[Decimal("301.44"), Decimal("410.42"), Decimal("468.54")],
    low=Decimal(180),
    high=Decimal(560),
    own=1,
)
READ = charts.squares(title="12 personnes sur 15 ont relu", count=15, filled=12, own=3)
GRADES = charts.grades(title="Passable 1, Bien 5", counts=[0, 1, 0, 5, 0])
HOURS = charts.bars(
    title="Heures",
    label_heading="Métier",
    value_heading="Heures",
    rows=[
        charts.Bar("Cuisine", 1410, "23 h 30", trade="cuisine"),
        charts.Bar("Autre", None, ""),
    ],
)


def frise(today: date = date(2026, 11, 25), **changes: object) -> object:
    given = {
        "title": "Frise",
        "starts_on": date(2026, 9, 7),
        "ends_on": date(2026, 12, 18),
        "phases": [
            Phase("Intégration", date(2026, 9, 7), date(2026, 9, 11), "integration"),
            Phase("Construction", date(2026, 9, 14), date(2026, 10, 9)),
            Phase("Activité", date(2026, 10, 5), date(2026, 12, 11), "activity", ("cuisine",)),
        ],
        "milestones": [Milestone("Paie 1", date(2026, 11, 13))],
    }
    return timeline(**{**given, **changes, "today": today})  # type: ignore[arg-type]


def drawn(chart: object, table: bool = True) -> str:
    return Template("{% chart x table=t %}").render(Context({"x": chart, "t": table}))


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (9412, 0, "9\xa0412"),
        (Decimal("5.25"), 1, "5,3"),
        (0, 0, "0"),
        (Decimal("1234.5"), 1, "1\xa0234,5"),
    ],
)
def test_it_writes_figures_the_french_way(value, places, words):
    assert charts.figure(value, places) == words


@pytest.mark.parametrize(
    ("value", "full"),
    [
        (0, 1),
        (0.07, 0.1),
        (0.9, 1),
        (1, 1),
        (9.87, 10),
        (29.6, 30),
        (30, 30),
        (31, 40),
        (999, 1000),
    ],
)
def test_it_scales_to_a_number_easy_to_read(value, full):
    assert charts.ceiling(value) == pytest.approx(full)


@pytest.mark.parametrize("chart", [SALES, RULES, READ, GRADES, HOURS, frise()])
def test_it_draws_valid_svg_with_attributes_only(chart):
    html = drawn(chart)

    assert "style=" not in html and "<script" not in html
    for piece in html.split("<svg")[1:]:
        whole = "<svg" + piece.split("</svg>")[0] + "</svg>"
        svg = minidom.parseString(whole).documentElement  # noqa: S318 - our own drawing
        named = svg.getAttribute("role") == "img" and svg.getAttribute("aria-labelledby")
        assert named or svg.getAttribute("aria-hidden") == "true"
        for shape in svg.getElementsByTagName("*"):
            for name in ("x", "y", "width", "height", "cx", "cy"):
                if shape.hasAttribute(name):
                    float(shape.getAttribute(name))  # a French comma would not be a number


def test_its_table_repeats_the_numbers_of_the_columns():
    assert SALES.columns[0].cells == ("3,1", "0,0")
    assert SALES.columns[1].total == "6,6"
    assert "6,6</td>" in drawn(SALES)
    assert "<table" not in drawn(SALES, table=False)


def test_on_paper_nothing_folds_and_nothing_is_fetched():
    for chart in (SALES, HOURS, frise()):
        html = Template("{% chart x paper=True %}").render(Context({"x": chart}))
        assert "<table" in html and "<details" not in html and "<use" not in html


def test_it_stacks_from_zero_to_the_height_of_the_total():
    low, high = SALES.columns[1].segments
    tops = [float(low.y), float(high.y)]
    scale = (184 - 24) / 7.5  # three lines of 2.5: the greatest total is 6.6

    assert tops == pytest.approx([184 - 5.4 * scale, 184 - 6.6 * scale], abs=0.1)
    assert [text for *_, text in SALES.lines] == ["0", "2,5", "5,0", "7,5"]


def test_it_writes_the_letter_only_where_it_fits():
    assert [part.letter for part in SALES.columns[1].segments] == ["M", "C"]
    assert [part.letter for part in SALES.columns[0].segments] == ["M"]  # nothing drawn for zero


def test_it_refuses_a_series_that_misses_a_month():
    with pytest.raises(ValueError, match="one value per column"):
        charts.stacked_columns(
            title="x", heading="Mois", columns=["Fév."], series=[charts.trade_series("cuisine", [])]
        )


def test_it_hatches_a_masked_row_and_never_draws_it_as_zero():
    html = drawn(HOURS)

    assert html.count("ct-masked") == 1 and "masqué" in html
    assert html.count('<svg class="ct-fit"') == 1


def test_it_draws_one_circle_per_person_and_the_readers_own_last():
    assert len(RULES.dots) == 2 and RULES.own == charts.at(10 + 150 * 230.42 / 380)
    assert drawn(RULES).rindex("#f6c445") > drawn(RULES).rindex("#4b1f52")


def test_it_draws_one_square_per_person():
    kinds = [kind for _, kind in READ.squares]

    assert (len(kinds), kinds.count("full"), kinds.count("own"), kinds.count("rest")) == (
        15,
        11,
        1,
        3,
    )


def test_its_grades_fill_the_bar_and_keep_figures_off_the_median_line():
    assert [part[4] for part in GRADES.segments] == ["1", "5"]
    assert sum(float(part[1]) + 1.5 for part in GRADES.segments) == pytest.approx(300)
    assert all(abs(float(part[5]) - 150) >= 8 for part in GRADES.segments)


def test_a_vote_without_a_ballot_draws_only_the_line():
    assert charts.grades(title="Personne", counts=[0, 0, 0, 0, 0]).segments == ()


def test_overlapping_phases_take_different_lanes():
    integration, construction, activity = frise().phases

    assert integration.y == construction.y != activity.y


def test_a_phase_is_drawn_over_its_days_both_included():
    construction = frise().phases[1]

    assert construction.x == charts.at(1160 * 7 / 103)
    assert construction.width == charts.at(1160 * 26 / 103)


@pytest.mark.parametrize("today", [date(2026, 9, 6), date(2026, 12, 19)])
def test_today_is_not_drawn_outside_the_cohort(today):
    assert frise(today).today is None and "aujourd’hui" not in drawn(frise(today))


@pytest.mark.parametrize("today", [date(2026, 9, 7), date(2026, 12, 18)])
def test_the_words_of_today_stay_inside_on_the_first_and_last_day(today):
    assert 0 <= float(frise(today).pill_x) <= 1160 - 108


def test_milestones_that_would_touch_stand_one_under_the_other():
    marks = frise(
        milestones=[Milestone("Assemblée", date(2026, 10, 1)), Milestone("Vote", date(2026, 10, 2))]
    ).milestones

    assert marks[0].y != marks[1].y


def test_a_milestone_at_the_edge_writes_on_its_left():
    (mark,) = frise(milestones=[Milestone("Clôture", date(2026, 12, 18))]).milestones

    assert mark.anchor == "end" and float(mark.x) <= 1151


def test_it_refuses_a_cohort_that_ends_before_it_starts():
    with pytest.raises(ValueError, match="ends after"):
        frise(ends_on=date(2026, 9, 6))


def test_a_bar_never_leaves_its_track():
    assert charts.track(Decimal(5), Decimal(4)) == "300"
    assert charts.track(Decimal(-1), Decimal(4)) == "0"
    assert charts.track(Decimal(1), Decimal(0)) == "0"


def test_below_zero_there_is_no_bar_and_its_figure_stays():
    drawn = charts.bars(
        title="Ventes", label_heading="Métier", value_heading="Montant",
        rows=[charts.Bar("Fleurs", Decimal("-12.50"), "− 12,50 €"), charts.Bar("Jardin", 40, "40 €")],
    )  # fmt: skip

    assert [row.width for row in drawn.rows] == ["0", "200"]
    assert drawn.rows[0].bar.text == "− 12,50 €"
