"""Invoices through the door: written, looked at, issued, sent, credited; and who reads what."""

import datetime as dt
import uuid
from decimal import Decimal as D

import pytest
from django.core import mail
from django.urls import reverse

from projects.models import Invoice, InvoiceMessage
from projects.services import invoices
from projects.services.invoices.links import link_of
from projects.services.invoices.messages import tell
from tests.factories import NOW
from tests.projects.invoicing import set_scene
from tests.projects.test_my_hours_page import text


@pytest.fixture
def scene(people):
    return set_scene(people)


def at(name, scene, *more, **query):
    return reverse(f"projects:{name}", args=[scene.cohort.pk, *more], query=query or None)


def fields(scene, **more):
    return {
        "submission_key": str(uuid.uuid4()),
        "customer": scene.shop.pk,
        "title": "Paniers de novembre",
        "sold_from": "2026-11-21",
        "sold_until": "",
        "prices": "ttc",
        "lignes-TOTAL_FORMS": "3",
        "lignes-INITIAL_FORMS": "0",
        "lignes-0-thing": f"{scene.basket.pk}:storable",
        "lignes-0-quantity": "2",
        "lignes-0-price": "",
        **more,
    }


def test_it_is_written_with_the_price_of_the_product(scene, enter):
    answer = enter("driss").post(at("add_invoice", scene), fields(scene), follow=True)
    assert "Le brouillon est écrit" in text(answer)
    draft = Invoice.objects.get()
    assert (draft.state, draft.total_amount) == ("draft", D("24.00"))
    assert draft.sold_from == draft.sold_until == dt.date(2026, 11, 21)


def test_a_double_tap_writes_one_draft(scene, enter):
    driss, typed = enter("driss"), fields(scene)
    for _ in range(2):
        driss.post(at("add_invoice", scene), typed)
    assert Invoice.objects.count() == 1


def test_each_sentence_stands_beside_its_field(scene, enter):
    typed = fields(scene, customer="", sold_from="2026-11-26")
    answer = enter("driss").post(at("add_invoice", scene), typed)
    assert "Choisissez un client." in text(answer)
    again = enter("driss").post(at("add_invoice", scene), fields(scene, sold_from="2026-11-26"))
    assert "on demande un acompte" in text(again)
    assert not Invoice.objects.exists()


def test_more_lines_are_asked_without_judging(scene, enter):
    typed = fields(scene, ajouter_lignes="1")
    answer = enter("driss").post(at("add_invoice", scene), typed)
    assert answer.content.decode().count("ct-line-form") == 6
    assert not Invoice.objects.exists()


def test_a_draft_is_mended(scene, enter):
    draft = scene.draft()
    url = at("edit_invoice", scene, draft.pk)
    page = enter("driss").get(url)
    assert page.status_code == 200
    typed = fields(scene, version="1", title="Autres paniers")
    answer = enter("driss").post(url, typed, follow=True)
    assert "Le brouillon est enregistré" in text(answer)
    draft.refresh_from_db()
    assert (draft.title, draft.version, draft.total_amount) == ("Autres paniers", 2, D("24.00"))


def test_a_deposit_is_ticked_to_be_taken_off(scene, enter):
    quote = scene.quote()
    asked = scene.issue(
        invoices.ask_deposit(
            quote=quote, percent=D(10), sold_until=dt.date(2026, 12, 12), actor=scene.driss, at=NOW
        )
    )
    scene.kitchen.products.create(name="Repas", category="food", usual_price=D("110.00"))
    product = scene.kitchen.products.get()
    typed = fields(scene, deposits=[asked.pk]) | {"lignes-0-thing": f"{product.pk}:ready"}
    enter("driss").post(at("add_invoice", scene), typed)
    made = Invoice.objects.exclude(pk=asked.pk).get()
    assert made.net_amount == D("200.00") - asked.net_amount


def test_it_is_issued_by_a_button_and_once(scene, enter):
    draft, driss = scene.draft(), enter("driss")
    for _ in range(2):
        answer = driss.post(at("issue_invoice", scene, draft.pk), follow=True)
    assert "2026-CT-00001" in text(answer)
    assert Invoice.objects.get().state == "issued"


def test_a_refusal_is_told_on_the_page(scene, enter):
    scene.shop.address = ""
    scene.shop.save()
    draft = scene.draft()
    answer = enter("driss").post(at("issue_invoice", scene, draft.pk), follow=True)
    assert "Il manque l’adresse" in text(answer)


def test_the_host_finds_it_to_validate_and_validates(people, enter):
    scene = set_scene(people, asks_to_validate=True)
    draft = scene.draft()
    enter("driss").post(at("submit_invoice", scene, draft.pk), {"version": 1})
    helene = enter("helene")
    assert "Factures à valider" in text(helene.get("/a-valider/"))
    answer = helene.post(at("approve_invoice", scene, draft.pk), {"version": 1}, follow=True)
    assert "La facture est validée" in text(answer)
    answer = helene.post(at("issue_invoice", scene, draft.pk), follow=True)
    assert "2026-CT-00001" in text(answer)


def test_the_host_sends_it_back_with_its_sentence(people, enter):
    scene = set_scene(people, asks_to_validate=True)
    draft = scene.draft()
    enter("driss").post(at("submit_invoice", scene, draft.pk), {"version": 1})
    url = at("send_back_invoice", scene, draft.pk)
    helene = enter("helene")
    assert "Dites ce qu’il faut changer" in text(helene.post(url, {"because": ""}, follow=True))
    helene.post(url, {"because": "Le prix a changé."})
    page = text(enter("driss").get(at("invoice", scene, draft.pk)))
    assert "demande un changement" in page and "Le prix a changé." in page


def test_the_coordination_does_not_validate(people, enter):
    scene = set_scene(people, asks_to_validate=True)
    draft = scene.draft()
    driss = enter("driss")
    driss.post(at("submit_invoice", scene, draft.pk), {"version": 1})
    answer = driss.post(at("approve_invoice", scene, draft.pk), {"version": 1})
    assert answer.status_code == 403
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_the_host_types_its_own_number(people, enter):
    scene = set_scene(people, series="", delegated_on=None)
    draft = scene.draft()
    enter("driss").post(at("submit_invoice", scene, draft.pk), {"version": 1})
    typed = {"version": 1, "number": "FA-118", "issued_on": "2026-11-25"}
    answer = enter("helene").post(at("number_invoice", scene, draft.pk), typed, follow=True)
    assert "FA-118" in text(answer)
    assert Invoice.objects.get().numbered_by_host


def test_a_whole_credit_note_by_its_button(scene, enter):
    invoice = scene.issued()
    url = at("credit_invoice", scene, invoice.pk)
    driss = enter("driss")
    assert "Il reste 20,00" in text(driss.get(url))
    typed = {"tout-submission_key": str(uuid.uuid4()), "tout-reason": "Abîmés", "tout": "1"}
    answer = driss.post(url, typed, follow=True)
    assert "L’avoir est un brouillon" in text(answer)
    assert Invoice.objects.get(kind="credit_note").corrects == invoice


def test_a_credit_note_too_large_is_told_beside_its_form(scene, enter):
    invoice = scene.issued()
    typed = {
        "sommes-submission_key": str(uuid.uuid4()),
        "sommes-reason": "Remise",
        "sommes-sum_0": "25",
        "sommes": "1",
    }
    answer = enter("driss").post(at("credit_invoice", scene, invoice.pk), typed)
    assert "Cet avoir dépasse ce qui reste" in text(answer)
    assert Invoice.objects.count() == 1


def test_quantities_are_taken_back(scene, enter):
    invoice = scene.issued()
    line = invoice.lines.get()
    typed = {
        "lignes-submission_key": str(uuid.uuid4()),
        "lignes-reason": "Abîmé",
        f"lignes-line_{line.pk}": "1",
        "lignes": "1",
    }
    enter("driss").post(at("credit_invoice", scene, invoice.pk), typed)
    assert Invoice.objects.get(kind="credit_note").net_amount == D("10.00")


def test_a_quote_becomes_a_deposit_or_an_invoice(scene, enter):
    quote = scene.quote()
    url = at("invoice_of_quote", scene, quote.pk)
    driss = enter("driss")
    assert driss.get(url).status_code == 200
    driss.post(
        url,
        {
            "acompte-submission_key": str(uuid.uuid4()),
            "acompte-percent": "30",
            "acompte-sold_until": "2026-12-12",
            "acompte": "1",
        },
    )
    assert Invoice.objects.get().kind == "deposit"
    driss.post(
        url,
        {
            "tout-submission_key": str(uuid.uuid4()),
            "tout-sold_from": "2026-11-25",
            "tout-sold_until": "",
            "tout": "1",
        },
    )
    assert Invoice.objects.filter(kind="invoice").count() == 1


def test_the_preview_writes_nothing_and_says_it_is_no_invoice(scene, enter):
    import io

    import pypdf

    draft = scene.draft()
    answer = enter("driss").get(at("invoice_preview", scene, draft.pk))
    assert answer["Content-Type"] == "application/pdf"
    said = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "ce papier n’est pas une facture" in said
    assert Invoice.objects.get().state == "draft"


def test_it_leaves_as_a_link_without_attachment(scene, enter, django_capture_on_commit_callbacks):
    invoice = scene.issued()
    typed = {"submission_key": str(uuid.uuid4()), "to": "client@exemple.test", "word": "Merci."}
    driss = enter("driss")
    for _ in range(2):
        driss.post(at("mail_invoice", scene, invoice.pk), typed)
    message = InvoiceMessage.objects.get()
    assert tell(message_id=message.pk, at=NOW)
    assert not tell(message_id=message.pk, at=NOW)
    (sent,) = mail.outbox
    assert sent.to == ["client@exemple.test"] and not sent.attachments
    assert link_of(invoice.pk) in sent.body and "Merci." in sent.body


def test_handed_over_is_noted(scene, enter):
    invoice = scene.issued()
    typed = {"submission_key": str(uuid.uuid4())}
    answer = enter("driss").post(at("hand_invoice", scene, invoice.pk), typed, follow=True)
    assert "Remise" in text(answer)
    assert InvoiceMessage.objects.get().by_hand


def test_a_draft_does_not_leave(scene, enter):
    draft = scene.draft()
    typed = {"submission_key": str(uuid.uuid4()), "to": "client@exemple.test"}
    answer = enter("driss").post(at("mail_invoice", scene, draft.pk), typed, follow=True)
    assert "n’est pas émise" in text(answer)
    assert not InvoiceMessage.objects.exists()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("driss", "invoices"),
        ("helene", "host_invoices"),
        ("amina", "my_invoices"),
        ("driss", "statement"),
    ],
)
def test_a_list_asks_no_query_per_invoice(scene, enter, name, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    keys = {"invoices": [scene.cohort.pk], "statement": [scene.cohort.pk, scene.shop.pk]}
    url, who = reverse(f"projects:{address}", args=keys.get(address, [])), enter(name)

    def counted():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert who.get(url).status_code == 200
        return len(queries)

    scene.issued()
    counted()
    few = counted()
    for _ in range(8):
        scene.issued()
    assert counted() <= min(few, 15)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("driss", "invoice"),
        ("helene", "invoice"),
        ("driss", "add_invoice"),
        ("driss", "edit_invoice"),
        ("driss", "credit_invoice"),
        ("driss", "invoice_of_quote"),
        ("helene", "home:to_approve"),
    ],
)
def test_a_page_asks_at_most_fifteen_queries(scene, enter, name, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    lines = [scene.line() for _ in range(5)]
    key = {
        "invoice_of_quote": scene.quote().pk,
        "credit_invoice": scene.issued(*lines).pk,
    }.get(address) or scene.draft(*lines).pk
    keys = [scene.cohort.pk] if address == "add_invoice" else [scene.cohort.pk, key]
    url = reverse(address) if ":" in address else reverse(f"projects:{address}", args=keys)
    who = enter(name)
    who.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert who.get(url).status_code == 200
    assert len(queries) <= 15, [one["sql"][:90] for one in queries]
