"""One slip: anchors, hand-made slips, nets, tax."""

from dataclasses import replace
from datetime import date
from decimal import Context, Decimal, localcontext

import pytest

from payroll.engine.params import load_params
from payroll.engine.types import EMPLOYEE, Ytd
from tests.payroll.engine.pay import FULL_TIME, amounts, cape, pay, slip_of

D = Decimal


@pytest.mark.parametrize(("gross", "net"), [("1867.02", "1477.93"), ("1823.03", "1443.09")])
def test_it_pays_the_published_net_of_the_smic(gross, net):
    assert slip_of(pay(gross)).net_before_tax == D(net)


def test_it_computes_the_cape_slip_made_by_hand():
    slip = slip_of(cape("300.00", "30"))
    lines = amounts(slip)
    assert lines["ee_old_age_capped"] == D("20.70")
    assert lines["ee_old_age_uncapped"] == D("1.20")
    assert lines["ee_csg_deductible"] == D("20.04")
    assert lines["ee_csg_non_deductible"] == D("7.07")
    assert lines["ee_crds"] == D("1.47")
    assert slip.ee_total == D("50.48")
    assert slip.net_before_tax == slip.net_social == D("249.52")
    assert slip.net_taxable == D("258.06")
    assert slip.total_employer_cost == D("410.42")
    assert slip.rgdu == 0


def test_it_leaves_out_of_a_cape_what_it_is_not_affiliated_to():
    codes = amounts(slip_of(cape("5000.00")))
    assert not [code for code in codes if "agirc" in code or "ceg" in code or "cet" in code]
    assert "rgdu" not in codes
    assert {"er_ags", "er_unemployment", "er_training", "er_fnal"} <= set(codes)


@pytest.mark.parametrize("hours", ["0", "30", "200"])
def test_it_gives_a_cape_the_full_ceiling_whatever_the_hours(hours):
    assert slip_of(cape("300.00", hours)).pss == 4005


@pytest.mark.parametrize(
    ("hours", "presence", "pss"),
    [
        (FULL_TIME, "1", "4005"),
        ("151.6", "1", "4005"),
        ("75.83", "1", "2002.4119780220"),
        ("45.5", "1", "1201.5"),
        (FULL_TIME, "0.5", "2002.5"),
        ("30", "0.5", "792.1978021978"),
        (FULL_TIME, "1.2", "4005"),
        ("0", "1", "0"),
    ],
)
def test_it_prorates_the_ceiling_by_hours_or_presence(hours, presence, pss):
    gross = "0" if hours == "0" else "100.00"
    assert slip_of(pay(gross, hours, presence=D(presence))).pss == D(pss)


def test_it_rounds_no_ceiling_but_the_noise_of_a_division():
    # Ten days of thirty: the ceiling is 1,335 to the cent, so CET starts one cent above.
    presence = D(10) / D(30)
    assert "ee_cet" not in amounts(slip_of(pay("1335.00", "151.67", presence=presence)))
    assert "ee_cet" in amounts(slip_of(pay("1335.01", "151.67", presence=presence)))


def test_it_starts_the_second_bracket_and_cet_one_cent_above_the_ceiling():
    at, above = amounts(slip_of(pay("4005.00"))), amounts(slip_of(pay("4005.01")))
    assert not {"ee_cet", "er_cet", "ee_ceg_t2"} & set(at)
    assert above["ee_cet"] == D("5.61")
    assert above["er_cet"] == D("8.41")
    assert above["ee_agirc_arrco_t2"] == D("0.00")


def test_it_stops_unemployment_and_the_csg_allowance_at_four_ceilings():
    lines = {line.code: line for line in slip_of(pay("20000.00")).lines}
    assert lines["er_unemployment"].base == 16020
    assert lines["ee_csg_deductible"].base == D("0.9825") * 16020 + 3980
    assert lines["ee_agirc_arrco_t2"].base == 20000 - 4005


def test_it_stops_the_second_bracket_at_eight_ceilings():
    lines = {line.code: line for line in slip_of(pay("40000.00")).lines}
    assert lines["ee_agirc_arrco_t2"].base == 7 * 4005
    assert lines["ee_cet"].base == 8 * 4005


@pytest.mark.parametrize(
    ("headcount", "training", "fnal", "present", "absent"),
    [
        (10, "10.27", "1.87", set(), {"er_mobility", "er_forfait_social", "er_peec"}),
        (11, "18.67", "1.87", {"er_mobility", "er_forfait_social"}, {"er_peec"}),
        (49, "18.67", "1.87", {"er_mobility", "er_forfait_social"}, {"er_peec"}),
        (50, "18.67", "9.34", {"er_mobility", "er_forfait_social", "er_peec"}, set()),
    ],
)
def test_it_applies_the_thresholds_of_headcount(headcount, training, fnal, present, absent):
    lines = amounts(
        slip_of(
            pay(
                headcount=headcount,
                mobility_rate=D("2"),
                health_cover=D("40"),
                health_cover_employer_share=D("50"),
            )
        )
    )
    assert lines["er_training"] == D(training)
    assert lines["er_fnal"] == D(fnal)
    assert present <= set(lines)
    assert not absent & set(lines)


def test_it_charges_the_training_account_of_a_cdd_only():
    assert amounts(slip_of(pay(contract="CDD")))["er_cpf_cdd"] == D("18.67")
    for contract in ("CDI", "CESA"):
        assert "er_cpf_cdd" not in amounts(slip_of(pay(contract=contract)))


def test_it_rounds_the_hosts_part_of_the_cover_and_leaves_the_rest():
    slip = slip_of(pay(health_cover=D("32.55"), health_cover_employer_share=D("50")))
    lines = amounts(slip)
    assert lines["er_health_cover"] == D("16.28")
    assert lines["ee_health_cover"] == D("16.27")
    assert lines["er_forfait_social"] == D("1.30")
    assert slip.net_taxable == (
        slip.net_before_tax + lines["ee_csg_non_deductible"] + lines["ee_crds"] + D("16.28")
    )


def test_it_pays_a_month_without_pay_as_nothing():
    slip = slip_of(pay("0", "0"))
    assert slip.lines == ()
    assert slip.net_paid == slip.total_employer_cost == 0


def test_it_signs_the_reduction_as_what_the_host_does_not_pay():
    slip = slip_of(pay())
    reduction = next(line for line in slip.lines if line.code == "rgdu")
    assert reduction.amount == -slip.rgdu == D("-700.13")
    assert reduction.rate == D("37.50")


@pytest.mark.parametrize(
    ("gross", "month", "rate"),
    [
        ("1934.00", date(2026, 4, 1), "0"),
        # 17.99 % is withheld before tax: 1,689 taxable, between the limits of the two grids.
        ("2060.00", date(2026, 4, 1), "1.3"),
        ("2060.00", date(2026, 5, 1), "0.5"),
        ("25000.00", date(2026, 5, 1), "33"),
        ("90000.00", date(2026, 5, 1), "43"),
    ],
)
def test_it_withholds_by_the_default_grid(gross, month, rate):
    slip = slip_of(pay(gross, month=month))
    assert slip.pas_rate == D(rate)
    assert slip.pas_amount == (slip.net_taxable * D(rate) / 100).quantize(D("0.01"))
    assert slip.net_paid == slip.net_before_tax - slip.pas_amount


@pytest.mark.parametrize(
    ("month", "below", "at"), [(date(2026, 4, 1), 1620, 1683), (date(2026, 5, 1), 1635, 1698)]
)
def test_it_moves_to_the_next_rate_exactly_at_the_limit(month, below, at):
    grid = load_params(month).grid
    assert grid.rate_for(D(below) - D("0.01")) == 0
    assert grid.rate_for(D(below)) == D("0.5")
    assert grid.rate_for(D(at)) == D("1.3")


def test_it_withholds_at_the_personal_rate_when_there_is_one():
    slip = slip_of(pay(pas_rate=D("3.2")))
    assert slip.pas_rate == D("3.2")
    assert slip.pas_amount == D("49.00")


def test_it_gives_the_same_slip_in_any_context_of_the_caller():
    slip = slip_of(pay("2203.13", "100"))
    with localcontext(Context(prec=5)):
        assert slip_of(pay("2203.13", "100")) == slip


def test_it_writes_a_rate_the_same_way_however_it_was_given():
    first = slip_of(pay(atmp_rate=D("1.5")))
    again = slip_of(pay(atmp_rate=D("1.50")))
    assert repr(first) == repr(again)


def test_it_carries_base_rate_source_and_date_on_every_line():
    slip = slip_of(pay("4500.00", health_cover=D("40"), health_cover_employer_share=D("50")))
    for line in slip.lines:
        assert line.source
        assert line.label
        assert line.rule_date <= date(2026, 6, 1)
        if line.code not in ("ee_health_cover", "rgdu"):
            assert line.amount == (line.base * line.rate / 100).quantize(
                D("0.01"), rounding="ROUND_HALF_UP"
            )
    assert slip.params_hash
    assert slip.profile_code == "employee"
    assert slip.engine_version


def test_it_opens_the_next_month_with_what_this_one_used():
    ytd = slip_of(pay("4500.00")).ytd_after
    assert (ytd.gross, ytd.pss, ytd.capped, ytd.t2) == (4500, 4005, 4005, 495)
    assert ytd.cet == 4500
    assert ytd != Ytd.empty()


def test_a_profile_may_leave_out_one_side_of_the_health_cover():
    """Nobody pays the part of a line that is off: the other side keeps what it owed."""
    cover = {"health_cover": D("40.00"), "health_cover_employer_share": D("50")}
    without_host = replace(EMPLOYEE, code="x", disabled_lines=frozenset({"er_health_cover"}))
    slip = slip_of(pay(profile=without_host, **cover))
    assert "er_health_cover" not in amounts(slip) and "er_forfait_social" not in amounts(slip)
    assert amounts(slip)["ee_health_cover"] == D("40.00")
    without_person = replace(EMPLOYEE, code="y", disabled_lines=frozenset({"ee_health_cover"}))
    slip = slip_of(pay(profile=without_person, **cover))
    assert amounts(slip)["er_health_cover"] == D("20.00") and "ee_health_cover" not in amounts(slip)
