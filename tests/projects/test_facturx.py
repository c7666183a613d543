"""The invoice for machines: right by the schema and the Schematron, and equal to the paper to the cent."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import facturx
import pypdf
import pytest
from lxml import etree

from documents import kinds
from documents.services.render import frame_of, render_transient
from projects.papers.facturx import facturx_xml, unit_code
from projects.papers.invoice import kind_of
from tests.projects.billing_cases import PANIER, every_case, snapshot_of
from tests.projects.schematron import FRENCH, failed

CASES = every_case()
RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"


def drawn(snapshot: dict[str, Any]) -> bytes:
    """The PDF, as the worker draws it."""
    kind = kinds.get(kind_of(snapshot["kind"], snapshot["number"]))
    framed = {
        **snapshot,
        "paper": {
            "kind": kind.label,
            "title": kind.label,
            "number": snapshot["number"],
            "issuer": "Le Ferment",
            "subject": "",
            "issued_on": snapshot["issued_on"],
        },
        "check": {"code": "0" * 26, "url": "https://ct.example/verifier/" + "0" * 26},
    }
    context = {**kind.context(framed), **frame_of(framed)}
    return render_transient(kind.template, context, kind.attached(framed), dt.date(2026, 11, 25))


@pytest.mark.parametrize("name", CASES)
def test_it_breaks_no_rule_of_en_16931(name):
    assert failed(facturx_xml(CASES[name])) == []


@pytest.mark.parametrize("name", [name for name in CASES if "consumer" not in name])
def test_between_taxable_persons_it_breaks_no_french_rule(name):
    assert failed(facturx_xml(CASES[name]), FRENCH) == []


def test_to_a_consumer_only_what_professionals_alone_are_told_is_missing():
    """French platforms get no invoice to consumers (they are reported in sums): nothing to send them."""
    found = {one.split()[0] for one in failed(facturx_xml(CASES["consumer"]), FRENCH)}
    assert found == {"BR-FR-05_BT-22_PMT", "BR-FR-05_BT-22_PMD", "BR-FR-12_BT-49"}


@pytest.mark.parametrize("name", CASES)
def test_it_says_the_amounts_of_the_paper(name):
    snapshot = CASES[name]
    root = etree.fromstring(facturx_xml(snapshot))
    sums = root.find(f".//{RAM}SpecifiedTradeSettlementHeaderMonetarySummation")

    def amount(tag: str) -> Decimal:
        return Decimal(sums.findtext(f"{RAM}{tag}"))

    totals = snapshot["totals"]
    assert amount("LineTotalAmount") == sum(Decimal(one["amount"]) for one in snapshot["lines"])
    assert amount("TaxTotalAmount") == Decimal(totals["vat"])
    assert amount("GrandTotalAmount") == Decimal(totals["gross"])
    assert amount("DuePayableAmount") == Decimal(totals["gross"])


@pytest.mark.parametrize(
    ("name", "code"),
    [("invoice", "380"), ("deposit", "386"), ("credit_note", "381"), ("deposit_taken_off", "380")],
)
def test_it_says_what_sort_it_is(name, code):
    document = etree.fromstring(facturx_xml(CASES[name]))[1]
    assert document.findtext(f"{RAM}TypeCode") == code


def test_a_deposit_taken_off_has_a_negative_quantity_and_names_its_invoice():
    xml = facturx_xml(CASES["deposit_taken_off"]).decode()
    assert '<ram:BilledQuantity unitCode="C62">-1</ram:BilledQuantity>' in xml
    assert "<ram:IssuerAssignedID>2026-CT-00007</ram:IssuerAssignedID>" in xml
    assert "<ram:ChargeAmount>-" not in xml


def test_the_same_photograph_gives_the_same_bytes():
    assert facturx_xml(snapshot_of(PANIER)) == facturx_xml(snapshot_of(PANIER))
    assert drawn(CASES["mixed_vat"]) == drawn(CASES["mixed_vat"])


@pytest.mark.parametrize("name", ["invoice", "credit_note", "mixed_vat", "consumer"])
def test_the_library_finds_the_invoice_in_the_pdf(name):
    pdf = drawn(CASES[name])
    found, xml = facturx.get_xml_from_pdf(pdf, check_xsd=True)
    assert (found, xml) == ("factur-x.xml", facturx_xml(CASES[name]))
    assert facturx.get_level(etree.fromstring(xml), "factur-x") == "en16931"


def test_the_pdf_says_in_its_metadata_that_it_carries_an_invoice():
    reader = pypdf.PdfReader(io.BytesIO(drawn(CASES["invoice"])))
    catalog = reader.trailer["/Root"]
    packet = catalog["/Metadata"].get_object().get_data().decode()
    assert packet.count("<rdf:RDF") == 1
    assert "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in packet
    assert 'pdfaid:part="3"' in packet and 'pdfaid:conformance="A"' in packet
    assert catalog["/MarkInfo"]["/Marked"]
    (related,) = catalog["/AF"]
    attached = related.get_object()
    assert attached["/AFRelationship"] == "/Data"
    assert attached["/EF"]["/F"].get_object()["/Subtype"] == "/text/xml"


def test_a_request_to_the_host_carries_no_invoice():
    pdf = drawn(snapshot_of(PANIER, number=""))
    assert "/EmbeddedFiles" not in str(pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"])
    text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "Ce papier n’est pas une facture" in text


@pytest.mark.parametrize(
    ("unit", "code"),
    [("le kg", "KGM"), ("l’heure", "HUR"), ("le panier", "C62"), ("", "C62"), ("Le litre", "LTR")],
)
def test_units_are_those_machines_know(unit, code):
    assert unit_code(unit) == code
