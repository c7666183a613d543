"""The public cases: single lines, brackets and totals within their tolerances."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from payroll.engine.cases_file import (
    INPUT_COLUMNS,
    OUTPUT_COLUMNS,
    BadFile,
    compute_cases,
)

D = Decimal
TEXT = (Path(__file__).parents[1] / "data" / "payslip_cases.csv").read_text(encoding="utf-8")

FILE_ROUNDING = D("0.000001")
TWO_BRACKETS = ("ee_agirc_arrco", "ee_ceg", "er_agirc_arrco", "er_ceg", "er_apprenticeship")
EMPLOYER_TOTALS = ("er_total_net_of_rgdu", "total_employer_cost")
NETS = ("ee_total", "net_taxable", "net_before_tax", "net_social")
FACTS = ("id", "contract", "date")


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


EXPECTED = rows_of(TEXT)
COMPUTED = rows_of(compute_cases(TEXT)[0])


def lines_of(row, side):
    return [name for name in row if name.startswith(f"{side}_") and "total" not in name]


@pytest.mark.parametrize(
    ("expected", "computed"), list(zip(EXPECTED, COMPUTED, strict=True)), ids=lambda row: row["id"]
)
def test_it_computes_each_public_case(expected, computed):
    gap = {name: D(computed[name]) - D(expected[name]) for name in expected if name not in FACTS}
    for name in INPUT_COLUMNS:
        assert name in FACTS or gap[name] == 0
    assert abs(gap["pss_prorata"]) <= FILE_ROUNDING
    for name in [*lines_of(expected, "ee"), *lines_of(expected, "er"), "rgdu"]:
        tolerance = D("0.01") if name in TWO_BRACKETS else D("0.005")
        assert abs(gap[name]) <= tolerance + FILE_ROUNDING, name
    for name in NETS:
        assert abs(gap[name]) <= D("0.03") + FILE_ROUNDING, name
    for name in EMPLOYER_TOTALS:
        assert abs(gap[name]) <= D("0.04"), name


@pytest.mark.parametrize(
    ("expected", "computed"), list(zip(EXPECTED, COMPUTED, strict=True)), ids=lambda row: row["id"]
)
def test_the_gap_of_a_total_is_the_sum_of_the_gaps_of_its_lines(expected, computed):
    gap = {name: D(computed[name]) - D(expected[name]) for name in expected if name not in FACTS}
    withheld = sum(gap[name] for name in lines_of(expected, "ee"))
    paid = sum(gap[name] for name in lines_of(expected, "er")) - gap["rgdu"]
    not_deductible = gap["ee_csg_non_deductible"] + gap["ee_crds"] + gap["er_health_cover"]
    for name, sum_of_lines in {
        "ee_total": withheld,
        "net_before_tax": -withheld,
        "net_social": -withheld,
        "net_taxable": not_deductible - withheld,
        "er_total_net_of_rgdu": paid,
        "total_employer_cost": paid,
    }.items():
        assert abs(gap[name] - sum_of_lines) <= D("0.00001"), name


def test_it_answers_with_the_columns_of_the_cases_in_their_order():
    assert tuple(TEXT.splitlines()[0].split(",")) == OUTPUT_COLUMNS
    assert tuple(compute_cases(TEXT)[0].splitlines()[0].split(",")) == OUTPUT_COLUMNS


HEADER = ",".join(INPUT_COLUMNS)
ROW = dict(
    zip(
        INPUT_COLUMNS,
        ("A1", "500.00", "40", "5", "2.08", "0.6", "55.9", "100", "CDI", "01/07/2026"),
        strict=True,
    )
)


def file_with(**changes):
    return HEADER + "\n" + ",".join((ROW | changes).values()) + "\n"


def problems_of(text):
    with pytest.raises(BadFile) as refusal:
        compute_cases(text)
    return refusal.value.problems


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"hours": "151.68"}, "heures supplémentaires"),
        ({"hours": "0"}, "sans aucune heure"),
        ({"hours": "-1"}, "« hours » est négative"),
        ({"gross": "-500"}, "« gross » est négative"),
        ({"gross": "-0"}, "« gross » est négative"),
        ({"gross": "NaN"}, "n'est pas un nombre"),
        ({"gross": "Infinity"}, "n'est pas un nombre"),
        ({"gross": "1e3"}, "n'est pas un nombre"),
        ({"gross": "1_000"}, "n'est pas un nombre"),
        ({"gross": "١٢"}, "n'est pas un nombre"),
        ({"gross": "500.001"}, "centimes entiers"),
        ({"gross": "9" * 60}, "dépasse"),
        ({"gross": "1 500,00".replace(",", ".")}, "n'est pas un nombre"),
        ({"gross": "500 €"}, "n'est pas un nombre"),
        ({"gross": "10000000.00"}, "dépasse"),
        ({"hours": "9999"}, "heures supplémentaires"),
        ({"headcount": "-0"}, "« headcount » est négative"),
        ({"gross": ""}, "« gross » est vide"),
        ({"id": " "}, "« id » est vide"),
        ({"headcount": "-1"}, "« headcount » est négative"),
        ({"headcount": "10.5"}, "nombre entier"),
        ({"headcount": "9" * 5000}, "nombre entier"),
        ({"atmp_rate": "120"}, "100 %"),
        ({"health_cover": "300"}, "240,30"),
        ({"health_cover_employer_share": "101"}, "100 %"),
        ({"contract": "STAGE"}, "« STAGE » est inconnu"),
        ({"contract": "CAPE"}, "« CAPE » est inconnu"),
        ({"date": "02/07/2026"}, "premier jour"),
        ({"date": "31/02/2026"}, "JJ/MM/AAAA"),
        ({"date": "2026-07-01"}, "JJ/MM/AAAA"),
        ({"date": "01/07/26"}, "JJ/MM/AAAA"),
        ({"date": "01/12/2025"}, "décembre 2025"),
        ({"date": "01/01/2027"}, "janvier 2027"),
    ],
)
def test_it_refuses_a_row_with_its_line_number_and_reason(changes, reason):
    (problem,) = problems_of(file_with(**changes))
    assert problem.startswith("Ligne 2 : ")
    assert reason in problem


def test_it_names_every_bad_row_and_every_bad_cell():
    bad = file_with(gross="x", hours="y") + ",".join((ROW | {"contract": "X"}).values()) + "\n"
    problems = problems_of(bad + ",".join(ROW.values()) + "\n" + "A1,3\n")
    assert [problem[:7] for problem in problems] == ["Ligne 2", "Ligne 2", "Ligne 3", "Ligne 5"]
    assert "2 cellules" in problems[-1]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Colonnes absentes"),
        ("\n\n", "Colonnes absentes"),
        (HEADER + "\n", "aucun cas"),
        (HEADER.replace("gross,", "") + "\n", "gross"),
        (HEADER + ",gross\n", "deux fois"),
        (HEADER + '\n"A1,500\n', "mal formé"),
        ("PK\x03\x04\x00\x00", "Colonnes absentes"),
    ],
)
def test_it_refuses_a_file_that_is_not_one(text, reason):
    (problem,) = problems_of(text)
    assert reason in problem


@pytest.mark.parametrize(
    "text",
    [
        file_with(),
        file_with().replace("\n", "\r\n"),
        file_with() + "\n\n,,,,,,,,,\n",
        file_with(gross='"500,00"', hours='"40,0"').replace("40,0", "40"),
        file_with(gross="500.00").replace(",", ";").replace(".", ","),
        file_with(gross=" 500.00 ", id=" A1 ", contract="CDI  "),
        file_with(contract="cdi", date="1/7/2026"),
        "\n".join([HEADER, "", *file_with().splitlines()[1:], "", ""]),
        ",".join(f'"{name}"' for name in INPUT_COLUMNS) + file_with().removeprefix(HEADER),
        HEADER + ",colour\n" + ",".join(ROW.values()) + ",blue\n",
    ],
)
def test_it_reads_what_spreadsheets_write(text):
    answer, count = compute_cases(text)
    (row,) = rows_of(answer)
    assert count == 1
    assert D(row["ee_old_age_capped"]) == D("34.50")
    assert row["id"] == "A1"
    assert (row["contract"], row["date"]) == ("CDI", "01/07/2026")


def test_it_counts_the_lines_as_a_text_editor_does():
    text = HEADER + "\n\n" + file_with(id='"A\nB"').split("\n", 1)[1] + "A2" + "\n"
    (problem,) = problems_of(text)
    assert problem.startswith("Ligne 5 : ")


def test_it_gives_back_the_name_of_a_case_whatever_is_in_it():
    answer, _ = compute_cases(file_with(id='"Né à l\'été, n° ""7"""'))
    assert rows_of(answer)[0]["id"] == 'Né à l\'été, n° "7"'


def test_it_computes_a_month_without_hours_or_pay():
    (row,) = rows_of(compute_cases(file_with(gross="0", hours="0"))[0])
    assert D(row["pss_prorata"]) == D(row["rgdu"]) == 0
    # The health cover stays due: 55.90 paid by the host, CSG and CRDS withheld on it.
    assert (row["ee_total"], row["total_employer_cost"]) == ("5.42", "55.90")


@pytest.mark.parametrize("hours", ["151.6", "151.66", "151.67"])
def test_it_takes_a_month_written_a_little_short_as_full(hours):
    (row,) = rows_of(compute_cases(file_with(hours=hours))[0])
    assert row["pss_prorata"] == "4005.000000"
    assert row["hours"] == hours


def test_it_writes_amounts_with_points_at_two_decimals():
    answer, _ = compute_cases(file_with(gross="500,5").replace("500,5", '"500,5"'))
    (row,) = rows_of(answer)
    assert row["gross"] == "500.50"
    assert row["er_total_net_of_rgdu"].split(".")[1].isdigit()
    assert len(row["pss_prorata"].split(".")[1]) == 6
