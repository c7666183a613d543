"""Each line explains itself."""

from datetime import date
from decimal import Decimal

from payroll.engine.trace import explain
from tests.payroll.engine.pay import pay, slip_of, year_of

D = Decimal


def sentence(slip, code):
    trace = explain(next(line for line in slip.lines if line.code == code))
    return trace.sentence.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\xa0", " ")


def test_it_says_base_rate_amount_source_and_date():
    assert sentence(slip_of(pay()), "ee_old_age_capped") == (
        "1 867,02 € × 6,90 % = 128,82 € (CSS L241-3, D242-4, en vigueur depuis le 01/01/2025)."
    )
    assert "0,016 %" in sentence(slip_of(pay()), "er_dialogue")


def test_it_says_what_was_already_granted():
    inputs = [pay("1823.03", month=date(2026, month, 1)) for month in range(1, 12)]
    december = year_of(*inputs, pay("4500.00", month=date(2026, 12, 1)))[-1]
    assert sentence(december, "rgdu").startswith(
        "24 553,33 € × 29,66 % = 7 282,52 €, moins 7 983,23 € déjà accordés = −700,71 € ("
    )


def test_it_says_what_the_host_leaves_of_the_health_cover():
    slip = slip_of(pay(health_cover=D("32.55"), health_cover_employer_share=D("50")))
    assert sentence(slip, "ee_health_cover").startswith(
        "32,55 € − 16,28 € payés par l'hôte = 16,27 €"
    )


def test_it_names_lines_that_share_a_printed_label():
    lines = slip_of(pay("4500.00")).lines
    names = [(explain(line).name, line.side) for line in lines]
    assert len(set(names)) == len(names)
    assert all(explain(line).base_name for line in lines)
