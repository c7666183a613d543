"""Who reads invoices: the customer by a link, the group, the host, and what an account tells."""

import datetime as dt
from decimal import Decimal as D

import pytest
from django.urls import reverse

from projects.models import Payment
from projects.services.invoices.links import link_of
from tests.factories import NOW, CustomerFactory
from tests.projects.invoicing import set_scene
from tests.projects.test_my_hours_page import text


@pytest.fixture
def scene(people):
    return set_scene(people)


def at(name, scene, *more, **query):
    return reverse(f"projects:{name}", args=[scene.cohort.pk, *more], query=query or None)


def test_the_customers_link_opens_its_paper_and_no_other(scene, client):
    invoice = scene.issued()
    path = link_of(invoice.pk).split("//", 1)[1].split("/", 1)[1]
    answer = client.get(f"/{path}")
    assert answer.status_code == 202
    assert "no-store" in answer["Cache-Control"]
    assert client.get(f"/{path[:-2]}x/").status_code == 404
    assert client.get("/facture/1/").status_code == 404


def test_the_link_of_a_draft_opens_nothing(scene, client):
    path = link_of(scene.draft().pk).split("//", 1)[1].split("/", 1)[1]
    assert client.get(f"/{path}").status_code == 404


def test_the_group_reads_names_and_sums_and_no_address(scene, enter):
    person = CustomerFactory(
        cohort=scene.cohort, kind="person", siret="", name="Jeanne Dufour", address="4 rue Cachée"
    )
    scene.issued(customer=person)
    scene.draft(title="Pas encore")
    page = text(enter("amina").get("/mes-factures/"))
    assert "Jeanne Dufour" in page and "21,10" in page
    assert "rue Cachée" not in page and "Pas encore" not in page


def test_another_group_reads_nothing_of_it(scene, enter):
    scene.issued()
    assert "Paniers de novembre" not in text(enter("chloe").get("/mes-factures/"))


@pytest.mark.parametrize("name", ["dalia", "hugo"])
def test_the_near_neighbours_do_not_find_it(scene, enter, name):
    invoice = scene.issued()
    assert enter(name).get(at("invoice", scene, invoice.pk)).status_code == 404


def test_the_host_lists_everything_in_its_name(scene, enter):
    scene.issued()
    assert "2026-CT-00001" in text(enter("helene").get("/ventes/factures/"))
    assert "2026-CT-00001" not in text(enter("hugo").get("/ventes/factures/"))


@pytest.mark.parametrize(
    ("tab", "words"),
    [("a-faire", "Brouillon"), ("emises", "À encaisser"), ("a-encaisser", "avant le 25 décembre")],
)
def test_the_list_is_cut_by_what_is_to_do(scene, enter, tab, words):
    scene.issued()
    scene.draft()
    assert words in text(enter("driss").get(at("invoices", scene, vue=tab)))


# --- the statement of a customer


def paid(invoice, amount, scene):
    return Payment.objects.create(
        invoice=invoice,
        amount=D(amount),
        means="transfer",
        received_on=dt.date(2026, 11, 25),
        recorded_by_id=scene.driss.person_id,
        at=NOW,
    )


def test_a_statement_tells_invoices_credits_payments_and_what_is_left(scene, enter):
    first = scene.issued()
    scene.issued()
    scene.credited(first)
    paid(first, "10.00", scene)
    page = text(enter("driss").get(at("statement", scene, scene.shop.pk)))
    assert "il reste 11,10" in page
    assert "Facture n° 2026-CT-00001" in page and "Avoir n° 2026-CT-00003" in page


def test_a_statement_of_an_earlier_day_tells_only_what_was_then(scene, enter):
    scene.issued()
    page = text(enter("driss").get(at("statement", scene, scene.shop.pk, until="2026-11-24")))
    assert "Rien à cette date" in page


def test_a_statement_is_drawn_and_is_no_invoice(scene, enter):
    import io

    import pypdf

    scene.issued()
    answer = enter("driss").get(at("statement_pdf", scene, scene.shop.pk))
    said = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "Relevé de compte" in said and "ne les remplace pas" in said


def test_the_customers_link_stays_out_of_the_logs():
    import logging

    from ct_platform.kit.middleware import HideKeys

    path = link_of(7).split("//", 1)[1].split("/", 1)[1]
    record = logging.LogRecord("web", logging.INFO, "", 0, f"GET /{path}", None, None)
    HideKeys().filter(record)
    assert path.split("/")[1] not in record.getMessage()
