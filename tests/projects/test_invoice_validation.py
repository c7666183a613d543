"""The host looks before an invoice leaves; without a delegated series, it invoices itself."""

import datetime as dt
from decimal import Decimal as D

import pytest

from ct_platform.kit.errors import Frozen, Refused, Stale
from documents.models import Counter, Document
from projects.models import Sale
from projects.services import invoices
from tests.factories import NOW
from tests.projects.invoicing import SOLD_ON, set_scene


@pytest.fixture
def scene(people):
    return set_scene(people, asks_to_validate=True)


def submit(scene, invoice):
    return invoices.submit_invoice(
        invoice=invoice, seen_version=invoice.version, actor=scene.driss, at=NOW
    )


def approve(scene, invoice, seen=None):
    return invoices.approve_invoice(
        invoice=invoice, seen_version=seen or invoice.version, actor=scene.helene, at=NOW
    )


def change(scene, invoice):
    return invoices.change_draft(
        invoice=invoice,
        seen_version=invoice.version,
        customer=scene.shop,
        title="Autre chose",
        lines=[scene.line(quantity=D(5))],
        sold_from=SOLD_ON,
        sold_until=SOLD_ON,
        actor=scene.driss,
        at=NOW,
    )


def test_submitted_approved_issued(scene):
    draft = submit(scene, scene.draft())
    assert draft.state == "submitted"
    approved = approve(scene, draft)
    assert (approved.state, approved.approved_by_id) == ("approved", scene.helene.person_id)
    issued = invoices.issue_invoice(invoice=approved, actor=scene.helene, at=NOW)
    assert (issued.number, issued.issued_by_id) == ("2026-CT-00001", scene.helene.person_id)


@pytest.mark.parametrize("sent", [False, True])
def test_nothing_is_issued_before_the_host_agrees(scene, sent):
    draft = scene.draft()
    if sent:
        draft = submit(scene, draft)
    with pytest.raises(Refused, match="coopérative hôte"):
        scene.issue(draft)
    assert not Counter.objects.exists() and not Sale.objects.exists()


def test_a_change_after_approval_is_a_draft_again(scene):
    approved = approve(scene, submit(scene, scene.draft()))
    changed = change(scene, approved)
    assert (changed.state, changed.approved_by_id, changed.approved_at) == ("draft", None, None)
    with pytest.raises(Refused, match="demande à valider"):
        scene.issue(changed)


def test_the_host_approves_what_it_saw_and_nothing_else(scene):
    draft = submit(scene, scene.draft())
    again = submit(scene, change(scene, draft))
    with pytest.raises(Stale):
        approve(scene, again, seen=1)
    again.refresh_from_db()
    assert again.state == "submitted"


def test_it_is_sent_back_with_a_sentence(scene):
    draft = submit(scene, scene.draft())
    with pytest.raises(Refused) as refusal:
        invoices.send_back_invoice(invoice=draft, because=" ", actor=scene.helene, at=NOW)
    assert refusal.value.field == "because"
    back = invoices.send_back_invoice(
        invoice=draft, because="Le prix du panier a changé.", actor=scene.helene, at=NOW
    )
    assert (back.state, back.sent_back_because) == ("draft", "Le prix du panier a changé.")
    again = submit(scene, back)
    assert again.sent_back_because == ""


def test_acts_repeated_are_quiet(scene):
    draft = submit(scene, submit(scene, scene.draft()))
    approved = approve(scene, approve(scene, draft))
    assert approved.state == "approved"


def test_what_the_law_still_wants_is_told_before_the_host_looks(scene):
    scene.shop.address = ""
    scene.shop.save()
    with pytest.raises(Refused, match="adresse"):
        submit(scene, scene.draft())


def test_a_host_that_does_not_ask_is_not_asked(people):
    scene = set_scene(people)
    with pytest.raises(Refused, match="n’a pas demandé à valider"):
        submit(scene, scene.draft())


# --- no delegated series


@pytest.fixture
def own_numbers(people):
    return set_scene(people, series="", delegated_on=None)


def number(scene, invoice, given="FA-2026-118", day=dt.date(2026, 11, 25), seen=None):
    return invoices.number_by_host(
        invoice=invoice,
        seen_version=seen or invoice.version,
        number=given,
        issued_on=day,
        actor=scene.helene,
        at=NOW,
    )


def test_without_a_series_it_asks_the_host_and_takes_no_number(own_numbers):
    scene = own_numbers
    draft = scene.draft()
    with pytest.raises(Refused, match="demandez-lui de facturer"):
        scene.issue(draft)
    asked = submit(scene, draft)
    assert (asked.state, asked.number) == ("submitted", "")
    assert (asked.document.kind, asked.document.number) == ("invoice_request", "")
    assert not Counter.objects.exists()


def test_the_number_the_host_gave_makes_it_issued(own_numbers):
    scene = own_numbers
    issued = number(scene, submit(scene, scene.draft()))
    assert (issued.state, issued.number, issued.numbered_by_host) == ("issued", "FA-2026-118", True)
    assert issued.document.kind == "invoice_request"
    assert Sale.objects.get().amount == D("20.00")
    assert number(scene, issued).number == "FA-2026-118"
    with pytest.raises(Frozen, match="FA-2026-118"):
        number(scene, issued, "FA-2026-119")


def test_a_number_serves_once(own_numbers):
    scene = own_numbers
    number(scene, submit(scene, scene.draft()))
    with pytest.raises(Refused, match="déjà ce numéro") as refusal:
        number(scene, submit(scene, scene.draft()))
    assert refusal.value.field == "number"


@pytest.mark.parametrize(
    ("given", "day", "field"),
    [(" ", dt.date(2026, 11, 25), "number"), ("FA-1", dt.date(2026, 11, 26), "issued_on")],
)
def test_a_number_and_its_day_are_real(own_numbers, given, day, field):
    scene = own_numbers
    asked = submit(scene, scene.draft())
    with pytest.raises(Refused) as refusal:
        number(scene, asked, given, day)
    assert refusal.value.field == field
    asked.refresh_from_db()
    assert asked.state == "submitted"


def test_a_request_that_changes_is_revoked_and_another_is_made(own_numbers):
    scene = own_numbers
    asked = submit(scene, scene.draft())
    changed = change(scene, asked)
    assert changed.document is None
    again = submit(scene, changed)
    first, second = Document.objects.order_by("pk")
    assert (first.status, second.status) == ("revoked", "valid")
    assert again.document_id == second.pk


def test_a_host_with_a_series_does_not_type_numbers(scene):
    asked = submit(scene, scene.draft())
    with pytest.raises(Refused, match="La plateforme donne les numéros"):
        number(scene, asked)
