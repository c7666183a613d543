"""Loading the dated parameter file."""

import re
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest

from payroll.engine.errors import BadInput, BadParameters, MonthNotCovered
from payroll.engine.parameter_file import parse_parameters
from payroll.engine.params import load_params, packaged_file, params_from

D = Decimal
CONTENT = files("payroll.engine").joinpath("parameters.toml").read_text(encoding="utf-8")


def history(code):
    return next(found for found in packaged_file().values if found.code == code)


def rate(code, day, **who):
    entries = [entry for entry in packaged_file().lines if entry.code == code]
    (entry,) = [e for e in entries if all(getattr(e, key) == value for key, value in who.items())]
    return entry.rates.on(day).value


@pytest.mark.parametrize(
    ("code", "day", "value"),
    [
        ("pmss", date(2025, 12, 31), "3925"),
        ("pmss", date(2026, 1, 1), "4005"),
        ("smic_hourly", date(2025, 12, 31), "11.88"),
        ("smic_hourly", date(2026, 5, 31), "12.02"),
        ("smic_hourly", date(2026, 6, 1), "12.31"),
        ("rgdu_smic_hourly", date(2026, 5, 31), "12.02"),
        ("rgdu_smic_hourly", date(2026, 12, 31), "12.02"),
    ],
)
def test_it_knows_each_amount_on_its_day(code, day, value):
    assert history(code).on(day).value == D(value)


@pytest.mark.parametrize(
    ("code", "day", "value"),
    [
        ("er_old_age_uncapped", date(2025, 12, 31), "2.02"),
        ("er_old_age_uncapped", date(2026, 1, 1), "2.11"),
        ("er_unemployment", date(2025, 4, 30), "4.05"),
        ("er_unemployment", date(2025, 5, 1), "4.00"),
    ],
)
def test_it_knows_each_rate_on_its_day(code, day, value):
    assert rate(code, day) == D(value)


def test_it_knows_nothing_before_the_first_date():
    assert history("pmss").on(date(2024, 12, 31)) is None


def test_it_gives_the_withholding_grid_of_the_month():
    assert load_params(date(2026, 4, 1)).grid.since == date(2025, 5, 1)
    assert load_params(date(2026, 5, 1)).grid.since == date(2026, 5, 1)


def test_it_tells_where_every_value_and_line_comes_from():
    params = load_params(date(2026, 6, 1))
    assert all(dated.source for dated in params.values.values())
    assert all(rule.source and rule.label and rule.since for rule in params.rules)


@pytest.mark.parametrize("month", [date(2025, 12, 1), date(2027, 1, 1), date(2031, 6, 1)])
def test_it_refuses_a_month_it_does_not_cover(month):
    with pytest.raises(MonthNotCovered, match="ne sont jamais reconduits") as refusal:
        load_params(month)
    assert "du 01/01/2026 au 31/12/2026" in str(refusal.value)


@pytest.mark.parametrize("month", [date(2026, 6, 2), date(2026, 12, 31), "2026-06-01", None])
def test_it_refuses_what_is_not_the_first_of_a_month(month):
    with pytest.raises(BadInput, match="premier jour"):
        load_params(month)


def test_it_reads_the_file_once_and_keeps_each_month():
    assert load_params(date(2026, 6, 1)) is load_params(date(2026, 6, 1))
    assert load_params(date(2026, 6, 1)).hash == load_params(date(2026, 7, 1)).hash


def without(code):
    """The file less the whole entry of one code."""
    return re.sub(rf'\[\[\w+\]\]\ncode = "{code}"\n.*?(?=\n\[\[|\n# ---)', "", CONTENT, flags=re.S)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (CONTENT.replace('code = "er_csa"', 'code = "er_cas"'), "« er_cas » est inconnu"),
        (without("er_csa"), "er_csa : ligne absente"),
        (without("pmss"), "pmss : valeur absente"),
        (CONTENT.replace("rate = 0.30", "rate = -0.30"), "er_csa .*nombre positif"),
        (CONTENT.replace("rate = 0.30", 'rate = "0.30"'), "er_csa .*nombre positif"),
        (CONTENT.replace("rate = 0.30", "rate = nan"), "er_csa .*nombre positif"),
        (CONTENT.replace("rate = 0.30", "rates = 0.30"), "« rates » est inconnue"),
        (CONTENT.replace("value = 3925.00", ""), "illisible"),
        (CONTENT.replace("from = 2025-05-01, rate", "from = 2025-01-01, rate"), "le même jour"),
        (CONTENT.replace("headcount_from = 50", "headcount_from = 40"), "le même effectif"),
        (
            CONTENT.replace("2026-01-01, value = 12.02", "2026-02-01, value = 12.02"),
            "aucune valeur",
        ),
        (CONTENT.replace('base = "capped4"', 'base = "capped5"'), "« capped5 » est inconnu"),
        (CONTENT.replace('group = "family"', 'group = "famille"'), "« famille » est inconnu"),
        (CONTENT.replace('label = "Famille"\n', ""), "er_family : la clé « label » manque"),
        (CONTENT.replace("valid_until = 2026-12-31", "valid_until = 2025-12-31"), "la fin précède"),
        (CONTENT.replace("valid_from = 2026-01-01\n", ""), "« valid_from » manque"),
        (CONTENT.replace("below = 1683", "below = 1600"), "ne croissent pas"),
        (CONTENT.replace('contracts = ["CDD"]', 'contracts = ["INTERIM"]'), "contrats connus"),
        (CONTENT.replace("headcount_below = 50", "headcount_below = 40"), "er_fnal .* de 40 à 50"),
        (CONTENT.replace("rate = 6.90", "rate = 690"), "ee_old_age_capped .*faute de frappe"),
        (CONTENT.replace("top_rate = 43", "top_rate = 430"), "pas_grid .*faute de frappe"),
        (CONTENT.replace("2026-06-01, value", "2026-06-15, value"), "smic_hourly : 15/06/2026"),
        (CONTENT.replace("valid_until = 2026-12-31", "valid_until = 2026-12-15"), "mois entiers"),
        (CONTENT.replace("valid_from = 2026-01-01", "valid_from = 2026-01-02"), "mois entiers"),
        (CONTENT.replace('source = "CSS L137-40"', 'source = " "'), "er_csa .*« source » manque"),
        (CONTENT.replace('98.25, source = "CSS L136-2"', "98.25"), "csg_share .*« source » manque"),
        (
            CONTENT.replace("from = 2026-01-01, value = 3,", "from = 2026-13-01, value = 3,"),
            "illisible",
        ),
        (CONTENT.replace("headcount_from = 50", "headcount_from = -1"), "n'est pas un effectif"),
        (CONTENT.replace("rates = [{ from = 2025-01-01, rate = 0.40 }]", ""), "« rates » manque"),
        (
            CONTENT.replace('from = 2025-05-01\nsource = "CGI', 'from = 2026-05-01\nsource = "CGI'),
            "deux grilles",
        ),
        (CONTENT + "\n[extra]\nx = 1\n", "extra : clé inconnue"),
        ("validity = 3", "absente"),
        ("", "absente"),
        ("[[[", "illisible"),
    ],
)
def test_it_refuses_a_file_that_contradicts_itself(content, reason):
    with pytest.raises(BadParameters) as refusal:
        parse_parameters(content.encode())
    assert re.search(reason, str(refusal.value))


def test_each_change_of_a_value_changes_the_hash_stored_with_every_slip():
    changed = parse_parameters(CONTENT.replace("value = 12.31", "value = 12.32").encode())
    assert changed.hash != packaged_file().hash == parse_parameters(CONTENT.encode()).hash
    assert params_from(changed, date(2026, 6, 1)).smic_hourly == D("12.32")
    assert load_params(date(2026, 6, 1)).smic_hourly == D("12.31")


def test_it_lists_every_defect_at_once():
    content = without("er_csa").replace("rate = 5.25", "rate = -1")
    with pytest.raises(BadParameters) as refusal:
        parse_parameters(content.encode())
    assert "er_csa" in str(refusal.value)
    assert "er_family" in str(refusal.value)
