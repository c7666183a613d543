"""The printed bulletin: order, gathered rows, and totals a pencil can check."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from payroll.engine.bulletin import Adjustment, printed_bulletin
from payroll.engine.errors import BadInput
from payroll.engine.slip_layout import printed_rows, printed_totals
from tests.payroll.engine.pay import amounts, cape, pay, slip_of, year_of

D = Decimal
COVER = {"health_cover": D("40"), "health_cover_employer_share": D("50")}


def rows(slip):
    return {row.label: row for group in printed_rows(slip.lines) for row in group.rows}


def test_it_follows_the_order_of_the_model():
    groups = printed_rows(slip_of(pay("4500.00", **COVER)).lines)
    assert [group.label for group in groups] == [
        "Santé",
        "Accidents du travail & maladies professionnelles",
        "Retraite",
        "Famille",
        "Assurance chômage",
        "Autres charges dues par l'employeur",
        "CSG déductible de l'impôt sur le revenu",
        "CSG/CRDS non déductible de l'impôt sur le revenu",
        "Exonérations et allègements de cotisations",
    ]
    assert [row.label for row in groups[0].rows] == [
        "Sécurité Sociale Maladie Maternité Invalidité Décès",
        "Complémentaire garanties frais de santé obligatoire",
    ]
    assert [row.label for row in groups[2].rows] == [
        "Sécurité Sociale Vieillesse plafonnée",
        "Sécurité Sociale Vieillesse déplafonnée",
        "Retraite complémentaire, CEG et CET T1",
        "Retraite complémentaire, CEG et CET T2",
    ]


def test_it_does_not_depend_on_the_order_of_storage():
    lines = slip_of(pay("4500.00", **COVER)).lines
    assert printed_rows(reversed(lines)) == printed_rows(lines)


def test_it_prints_csg_and_crds_as_one_row():
    slip = slip_of(pay())
    row = rows(slip)["CSG/CRDS non déductible de l'impôt sur le revenu"]
    lines = amounts(slip)
    assert row.employee == lines["ee_csg_non_deductible"] + lines["ee_crds"]
    assert (row.rate, row.employer) == (D("2.90"), None)


def test_it_shares_cet_between_the_two_brackets():
    slip = slip_of(pay("4500.00"))
    lines = amounts(slip)
    first = rows(slip)["Retraite complémentaire, CEG et CET T1"]
    second = rows(slip)["Retraite complémentaire, CEG et CET T2"]
    assert (first.base, first.rate) == (4005, D("4.15"))
    assert (second.base, second.rate) == (495, D("9.86"))
    assert first.employee == lines["ee_agirc_arrco_t1"] + lines["ee_ceg_t1"] + D("5.61")
    assert second.employee == lines["ee_agirc_arrco_t2"] + lines["ee_ceg_t2"] + D("0.69")
    assert lines["ee_cet"] == D("6.30")


def test_it_keeps_apart_a_cet_that_repays_earlier_months():
    _, low = year_of(pay("5000.00", month=date(2026, 1, 1)), pay("3000.00", month=date(2026, 2, 1)))
    row = rows(low)["Contribution d'équilibre technique (CET)"]
    assert row.employee == D("-7.00")


def test_a_cet_of_the_first_bracket_alone_stands_in_its_row():
    _, second = year_of(
        pay("5000.00", month=date(2026, 1, 1)), pay("4005.00", month=date(2026, 2, 1))
    )
    lines = amounts(second)
    assert "ee_ceg_t2" not in lines and lines["ee_cet"] == D("5.61")
    row = rows(second)["Retraite complémentaire, CEG et CET T1"]
    assert (row.base, row.rate) == (4005, D("4.15"))
    assert row.employee == lines["ee_agirc_arrco_t1"] + lines["ee_ceg_t1"] + lines["ee_cet"]


def test_it_prints_the_other_charges_as_one_amount():
    slip = slip_of(pay(headcount=50, mobility_rate=D("2"), contract="CDD", **COVER))
    row = rows(slip)["Autres charges dues par l'employeur"]
    assert (row.base, row.rate, row.employee) == (None, None, None)
    assert row.employer == sum(line.amount for line in slip.lines if line.group == "other_employer")


def test_it_gives_no_rate_where_the_person_pays_nothing():
    assert rows(slip_of(pay()))["Famille"].rate is None
    assert rows(slip_of(pay()))["Famille"].employee is None


@pytest.mark.parametrize(
    "slip",
    [
        slip_of(pay("4500.00", **COVER)),
        slip_of(pay("120.00", "10", headcount=50, mobility_rate=D("2"))),
        slip_of(pay("40000.00")),
        slip_of(cape("300.00")),
        slip_of(pay("0", "0")),
        year_of(pay("5000.00"), pay("3000.00"))[-1],
    ],
)
def test_its_printed_lines_add_up_to_the_totals(slip):
    totals = printed_totals(printed_rows(slip.lines))
    assert totals.employee == slip.ee_total
    assert totals.employer == slip.er_total
    assert totals.relief == slip.rgdu
    assert totals.employer_net == slip.er_total_net_of_rgdu


def test_it_drops_a_line_without_amount():
    tiny = slip_of(pay("1.00", "1"))
    assert amounts(tiny)["er_dialogue"] == 0
    printed = [row for group in printed_rows(tiny.lines) for row in group.rows]
    assert all(row.employee or row.employer for row in printed)


def test_it_refuses_a_group_it_cannot_place():
    (line, *_) = slip_of(pay()).lines
    with pytest.raises(BadInput, match="ne connaît pas"):
        printed_rows([replace(line, group="apec")])


def sections(slip, **changes):
    asked = {"year_net_taxable": slip.net_taxable, "year_pas": slip.pas_amount} | changes
    return {section.code: section for section in printed_bulletin(slip, slip.lines, **asked)}


def test_it_numbers_the_sections_and_leaves_out_the_empty_ones():
    printed = printed_bulletin(
        slip_of(pay()), slip_of(pay()).lines, year_net_taxable=D(0), year_pas=D(0)
    )
    assert [section.number for section in printed] == [1, 2, 3, 4, 6, 7, 9, 10, 11]
    assert [section.code for section in printed if section.stands_out] == [
        "net_before_tax",
        "net_paid",
    ]


def test_it_always_prints_the_net_social_and_the_tax():
    printed = sections(slip_of(pay("0", "0")))
    assert printed["net_social"].rows[0].employee == 0
    assert printed["income_tax"].rows[1].employee == 0
    assert "relief" not in printed


def test_it_takes_an_advance_off_both_nets():
    slip = slip_of(pay(pas_rate=D("2")))
    printed = sections(slip, adjustments=[Adjustment("Acompte du 12 juin", D("-100.00"))])
    assert printed["adjustments"].rows[0].employee == D("-100.00")
    assert printed["net_before_tax"].rows[0].employee == slip.net_before_tax - 100
    assert printed["net_paid"].rows[0].employee == slip.net_paid - 100
    assert printed["net_social"].rows[0].employee == slip.net_social


def test_it_prints_the_year_beside_the_tax():
    slip = slip_of(pay(pas_rate=D("2")))
    taxable, withheld = sections(slip, year_net_taxable=D("9000"), year_pas=D("180"))[
        "income_tax"
    ].rows
    assert (taxable.employee, taxable.year) == (slip.net_taxable, 9000)
    assert (withheld.base, withheld.rate, withheld.year) == (slip.net_taxable, 2, 180)
