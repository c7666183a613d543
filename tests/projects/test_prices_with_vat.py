"""A price said VAT included is what the customer pays, to the cent: on quotes, deposits, invoices, books."""

import datetime as dt
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ct_platform.kit.money import cents
from payroll.selectors.sales_journal import journal_of
from projects.papers.facturx import facturx_xml
from projects.rules.totals import Line, nets_within, totals_of_lines
from projects.selectors.catalogue import catalogue_of
from projects.services.invoices import credit_lines
from projects.services.lines import AskedLine, build_lines, totals_of
from tests.factories import NOW
from tests.projects.invoicing import set_scene
from tests.projects.schematron import failed
from tests.projects.test_invoice_credit_notes import deposit, whole

DAY = dt.date(2026, 11, 24)
RATES = [D("5.5"), D(10), D(20)]
prices = st.lists(st.integers(1, 99_999).map(lambda n: D(n).scaleb(-2)), min_size=1, max_size=60)


@given(prices, st.sampled_from(RATES))
def test_every_sum_in_cents_is_reached_and_its_vat_is_right_to_the_cent(grosses, rate):
    nets = nets_within(grosses, rate)
    totals = totals_of_lines(
        Line(net, rate, gross) for net, gross in zip(nets, grosses, strict=True)
    )
    assert totals.gross == sum(grosses)
    assert abs(totals.vat - cents(totals.net * rate / 100)) <= D("0.01")
    for net, gross in zip(nets, grosses, strict=True):
        assert abs(net - gross * 100 / (100 + rate)) <= D("0.01")


@pytest.fixture
def scene(people):
    return set_scene(people)


def asked(*rows, **more):
    """(price, rate) of lines by hand, VAT included."""
    return [
        AskedLine(
            row=place, designation="Pot", price=D(price), vat_percent=D(rate), with_vat=True, **more
        )
        for place, (price, rate) in enumerate(rows)
    ]  # fmt: skip


def built(scene, lines):
    catalogue = catalogue_of(scene.cohort, DAY)
    return build_lines(asked=lines, catalogue=catalogue)


@pytest.mark.django_db
def test_nine_ninety_nine_at_twenty_percent_is_paid_so(scene):
    [line] = built(scene, asked(("9.99", 20), project_id=scene.garden.pk))
    totals = totals_of([line])
    assert (totals.net, totals.vat, totals.gross) == (D("8.33"), D("1.66"), D("9.99"))


@pytest.mark.django_db
def test_many_small_prices_do_not_drift(scene):
    totals = totals_of(built(scene, asked(*[("0.99", 20)] * 20, project_id=scene.garden.pk)))
    assert (totals.net, totals.vat, totals.gross) == (D("16.50"), D("3.30"), D("19.80"))


@pytest.mark.django_db
def test_a_rate_that_mixes_both_prices_is_computed_from_those_without_vat(scene):
    mixed = asked(("9.99", 20), ("9.99", "5.5"), project_id=scene.garden.pk)
    mixed.append(
        AskedLine(
            row=2, designation="Heure", price=D(25), vat_percent=D(20), project_id=scene.garden.pk
        )
    )
    lines = built(scene, mixed)
    assert [line.gross_amount for line in lines] == [None, D("9.99"), None]
    twenty = totals_of(lines).rates[-1]
    assert (twenty.net, twenty.vat) == (D("33.33"), D("6.67"))


def sold(scene, price="14.00", quantity=24, rate=10):
    lines = built(
        scene, asked((price, rate), project_id=scene.garden.pk, quantity=D(quantity))
    )  # fmt: skip
    values = lines[0].values()
    values.pop("position")
    return values


@pytest.mark.django_db
def test_a_deposit_and_its_invoice_ask_together_what_the_quote_said(scene):
    quote = scene.quote(sold(scene), sold(scene, "30.00", "3.5", 20))
    first = scene.issue(deposit(scene, quote))
    last = scene.issue(whole(scene, quote))
    assert quote.total_amount == D("441.00")
    assert (first.total_amount, last.total_amount) == (D("132.30"), D("308.70"))
    assert failed(facturx_xml(last.document.snapshot)) == []


@pytest.mark.django_db
def test_what_is_given_back_is_what_was_paid(scene):
    invoice = scene.issued(sold(scene, "9.99", 3, 20))
    assert invoice.total_amount == D("29.97")
    line = invoice.lines.get()
    notes = []
    for quantity in (1, 2):
        note = credit_lines(
            invoice=invoice, taken={line.pk: D(quantity)}, reason="Pots cassés",
            actor=scene.driss, at=NOW,
        )  # fmt: skip
        notes.append(scene.issue(note).total_amount)
    assert notes == [D("9.99"), D("19.98")]


@pytest.mark.django_db
def test_the_books_say_the_vat_of_the_paper(scene):
    invoice = scene.issued(sold(scene, "9.99", 1, 20), sold(scene, "9.97", 1, "5.5"))
    note = scene.credited(invoice)
    rows = journal_of(scene.cohort)
    for paper, sign in ((invoice, 1), (note, -1)):
        vat = sum(row.vat for row in rows if row.sale.invoice_id == paper.pk)
        assert vat == sign * paper.vat_amount, paper
