"""The command against an oracle that shares no line with it, within the tolerances of the cases."""

import csv
import io
import random
from fractions import Fraction as F

import pytest

from payroll.engine.cases_file import INPUT_COLUMNS, OUTPUT_COLUMNS, compute_cases
from tests.examples import EXAMPLES
from tests.payroll.engine import oracle

TWO_BRACKETS = ("ee_agirc_arrco", "ee_ceg", "er_agirc_arrco", "er_ceg", "er_apprenticeship")
HOURS = ("0.01", "1", "35", "75.83", "100", "151.59", "151.6", "151.66", "151.67")
HEADCOUNTS = (0, 10, 11, 49, 50, 249, 250)
CONTRACTS = ("CDI", "CDD")


def row(number: int, gross: int, hours: str, **changes: object) -> dict[str, str]:
    """A case of `gross` cents; whatever is not said varies with the number."""
    asked = {
        "id": f"S{number}",
        "gross": f"{gross // 100}.{gross % 100:02d}",
        "hours": hours,
        "headcount": HEADCOUNTS[number % 7],
        "atmp_rate": ("1.55", "2.08", "0.76")[number % 3],
        "mobility_rate": ("0", "0.6", "2.95")[number % 3],
        "health_cover": ("0", "55.9", "40.01", "33.33")[number % 4],
        "health_cover_employer_share": ("0", "50", "100", "66.67")[number // 4 % 4],
        "contract": CONTRACTS[number % 2],
        "date": f"01/{number % 12 + 1:02d}/2026",
    }
    return {name: str(value) for name, value in (asked | changes).items()}


def thresholds() -> list[dict[str, str]]:
    """Each cent around SMIC, ceiling, four and eight ceilings, exit of the reduction."""
    rows = []
    for hours in HOURS:
        whole = F(hours) >= F("151.6")
        worked = oracle.MONTH_HOURS if whole else F(hours)
        ceiling = oracle.PMSS * worked / oracle.MONTH_HOURS
        for at in (
            F("12.02") * worked, F("12.31") * worked, 3 * F("12.02") * worked,
            ceiling, 4 * ceiling, 8 * ceiling,
        ):  # fmt: skip
            for cent in (-1, 0, 1, 2):
                rows.append(row(len(rows), max(int(at * 100) + cent, 0), hours))
    return rows


def everyone() -> list[dict[str, str]]:
    """Every contract, headcount, month and part of the health cover."""
    return [
        row(number, 187_654, "140", headcount=headcount, contract=contract, health_cover="48.35",
            date=f"01/{month:02d}/2026", health_cover_employer_share=share)
        for number, (headcount, contract, month, share) in enumerate(
            (headcount, contract, month, share)
            for headcount in HEADCOUNTS
            for contract in CONTRACTS
            for month in range(1, 13)
            for share in ("0", "50", "100")
        )
    ]  # fmt: skip


def at_random(count: int) -> list[dict[str, str]]:
    chance = random.Random(2026)
    rows = []
    for number in range(count):
        hundredths = chance.randint(1, 15_167)
        gross = hundredths * chance.randint(600, 7000) // 100
        rows.append(row(number, gross, f"{hundredths / 100:.2f}"))
    return rows


@pytest.mark.properties
@pytest.mark.parametrize(
    "cases",
    [thresholds(), everyone(), at_random(2 * EXAMPLES)],
    ids=["thresholds", "everyone", "random"],
)
def test_it_agrees_with_the_second_opinion(cases):
    asked = io.StringIO()
    writer = csv.DictWriter(asked, INPUT_COLUMNS)
    writer.writeheader()
    writer.writerows(cases)
    answers = list(csv.DictReader(io.StringIO(compute_cases(asked.getvalue())[0])))
    assert len(answers) == len(cases)
    for case, answer in zip(cases, answers, strict=True):
        expected = oracle.slip(
            **{
                name: case[name]
                for name in INPUT_COLUMNS
                if name not in ("id", "headcount", "date")
            },
            headcount=int(case["headcount"]),
        )
        assert {*INPUT_COLUMNS, *expected} == set(OUTPUT_COLUMNS)
        _require_close({name: F(answer[name]) - expected[name] for name in expected}, case)


def _require_close(gap: dict[str, F], case: dict[str, str]) -> None:
    lines = [name for name in gap if name[:3] in ("ee_", "er_") and "total" not in name]
    assert abs(gap["pss_prorata"]) <= F("0.000001"), case
    for name in [*lines, "rgdu"]:
        allowed = F("0.01") if name in TWO_BRACKETS else F("0.005")
        assert abs(gap[name]) <= allowed, (name, case)
    # A total may be off by what its lines are off by, and by nothing more.
    withheld = sum(gap[name] for name in lines if name.startswith("ee_"))
    paid = sum(gap[name] for name in lines if name.startswith("er_")) - gap["rgdu"]
    added = gap["ee_csg_non_deductible"] + gap["ee_crds"] + gap["er_health_cover"]
    assert gap["ee_total"] == withheld == -gap["net_before_tax"] == -gap["net_social"], case
    assert gap["net_taxable"] == added - withheld, case
    assert gap["er_total_net_of_rgdu"] == paid == gap["total_employer_cost"], case


def test_the_second_opinion_knows_the_published_coefficients():
    """An oracle is believed once it finds the official figures by itself."""
    full = F("12.02") * oracle.MONTH_HOURS
    for gross, below, from_50 in (
        ("911.52", "0.3981", "0.4021"),
        ("2005.34", "0.3125", "0.3156"),
        ("2734.55", "0.1324", "0.1336"),
        ("5286.80", "0.0203", "0.0203"),
        ("5469.10", "0", "0"),
    ):
        assert oracle.reduction_coefficient(F(gross), full, F("0.3781")) == F(below)
        assert oracle.reduction_coefficient(F(gross), full, F("0.3821")) == F(from_50)
