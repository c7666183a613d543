"""What the engine does not pay: each refusal is a sentence."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from payroll.engine.compute import compute
from payroll.engine.errors import BadInput, EngineError, MonthNotCovered, OutOfScope
from payroll.engine.params import load_params
from payroll.engine.types import EMPLOYEE, Ytd
from tests.payroll.engine.pay import JUNE, cape, params, pay, slip_of

D = Decimal


@pytest.mark.parametrize(
    ("changes", "kind", "sentence"),
    [
        ({"hours": D("151.68")}, OutOfScope, "heures supplémentaires"),
        ({"hours": D("-1")}, BadInput, "zéro ou plus"),
        ({"hours": D("0")}, BadInput, "sans aucune heure"),
        ({"hours": D("NaN")}, BadInput, "pas un nombre"),
        ({"gross": None}, BadInput, "Le brut manque"),
        ({"gross": D("-0.01")}, BadInput, "zéro ou plus"),
        ({"gross": D("100.001")}, BadInput, "centimes entiers"),
        ({"gross": D("Infinity")}, BadInput, "pas un nombre"),
        ({"gross": D("1E+40")}, BadInput, "dépasse"),
        ({"presence": D("0")}, BadInput, "présence est nulle"),
        ({"presence": D("-1")}, BadInput, "zéro ou plus"),
        ({"headcount": -1}, BadInput, "effectif"),
        ({"headcount": D("11")}, BadInput, "nombre entier"),
        ({"headcount": True}, BadInput, "nombre entier"),
        ({"atmp_rate": D("101")}, BadInput, "100 %"),
        ({"atmp_rate": D("1.5555555")}, BadInput, "cinq décimales"),
        ({"mobility_rate": D("-1")}, BadInput, "versement mobilité"),
        ({"pas_rate": D("120")}, BadInput, "prélèvement à la source"),
        ({"health_cover": D("-1")}, BadInput, "complémentaire santé"),
        ({"health_cover_employer_share": D("101")}, BadInput, "100 %"),
        ({"contract": "APPRENTISSAGE"}, OutOfScope, "APPRENTISSAGE"),
        ({"contract": "INTERIM"}, OutOfScope, "INTERIM"),
        ({"contract": "cdi"}, OutOfScope, "cdi"),
        ({"month": date(2026, 7, 1)}, BadInput, "juillet 2026"),
    ],
)
def test_it_refuses_with_a_sentence(changes, kind, sentence):
    with pytest.raises(kind, match=sentence):
        compute(replace(pay(), **changes), Ytd.empty(), params())


@pytest.mark.parametrize(
    "field",
    [
        *("gross", "hours", "presence", "atmp_rate", "mobility_rate", "pas_rate"),
        *("health_cover", "health_cover_employer_share"),
    ],
)
@pytest.mark.parametrize("value", [1.5, 1, "1.5", True])
def test_it_refuses_anything_but_an_exact_decimal(field, value):
    with pytest.raises(BadInput, match="décimal exact"):
        compute(replace(pay(), **{field: value}), Ytd.empty(), params())


@pytest.mark.parametrize("field", Ytd.__slots__)
@pytest.mark.parametrize("value", [1.5, D("NaN"), None])
def test_it_refuses_a_year_that_is_not_exact(field, value):
    with pytest.raises(BadInput, match=field):
        compute(pay(), replace(Ytd.empty(), **{field: value}), params())


def test_it_refuses_a_health_part_above_the_limit_whatever_the_hours():
    within = pay("300.00", "20", health_cover=D("240.30"), health_cover_employer_share=D("100"))
    assert slip_of(within).lines
    with pytest.raises(OutOfScope, match="240,30"):
        slip_of(replace(within, health_cover=D("240.31")))


def test_it_refuses_a_profile_with_an_unknown_line():
    profile = replace(EMPLOYEE, code="maison", disabled_lines=frozenset({"er_agirc_arrco"}))
    with pytest.raises(BadInput, match="er_agirc_arrco"):
        slip_of(pay(profile=profile))


@pytest.mark.parametrize("tdelta", [D("-0.1"), D("1.1"), D("NaN"), 0.3])
def test_it_refuses_a_profile_with_an_absurd_coefficient(tdelta):
    with pytest.raises(BadInput, match="Tdelta"):
        slip_of(pay(profile=replace(EMPLOYEE, tdelta_override=tdelta)))


def test_it_accepts_under_a_cape_hours_a_wage_would_not():
    assert slip_of(cape("300.00", "0")).gross == slip_of(cape("300.00", "180")).gross
    with pytest.raises(BadInput, match="Aucun mois"):
        slip_of(cape("300.00", "745"))


def test_it_never_carries_the_last_year_forward():
    assert load_params(date(2026, 12, 1))
    with pytest.raises(MonthNotCovered, match="janvier 2027"):
        load_params(date(2027, 1, 1))


def test_it_can_be_caught_as_one_family():
    for refusal in (OutOfScope, MonthNotCovered, BadInput):
        assert issubclass(refusal, EngineError)
    assert issubclass(EngineError, ValueError)
    assert params(JUNE)
