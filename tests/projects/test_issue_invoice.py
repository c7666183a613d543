"""Issuing an invoice: one number, one paper, its turnover, once; and never changed afterwards."""

import datetime as dt
from decimal import Decimal as D

import pytest
from django.db import DatabaseError, transaction

from ct_platform.kit.errors import Frozen, Refused, Stale
from documents.models import Counter, Document
from projects.models import Invoice, InvoiceLine, Sale, VatDecision
from projects.services import invoices
from tests.factories import NOW, CohortFactory, CustomerFactory, SellerTermsFactory
from tests.projects.invoicing import set_scene


@pytest.fixture
def scene(people):
    return set_scene(people)


def test_it_gives_the_next_number_a_paper_and_its_day(scene):
    first, second = scene.issued(), scene.issued()
    assert (first.number, second.number) == ("2026-CT-00001", "2026-CT-00002")
    assert first.issued_on == dt.date(2026, 11, 25)
    assert first.due_on == dt.date(2026, 12, 25)
    paper = first.document
    assert (paper.kind, paper.number) == ("invoice", "2026-CT-00001")
    assert paper.snapshot["totals"] == {
        "rates": [{"percent": "5.5", "net": "20.00", "vat": "1.10"}],
        "net": "20.00",
        "vat": "1.10",
        "gross": "21.10",
    }
    assert (first.net_amount, first.vat_amount, first.total_amount) == (
        D("20"),
        D("1.10"),
        D("21.10"),
    )


def test_a_draft_has_no_number(scene):
    draft = scene.draft()
    assert (draft.number, draft.state) == ("", "draft")
    assert not Counter.objects.exists() and not Document.objects.exists()


def test_a_double_click_issues_once(scene):
    draft = scene.draft()
    assert scene.issue(draft).number == scene.issue(draft).number == "2026-CT-00001"
    assert Counter.objects.get().last == 1
    assert Document.objects.count() == Sale.objects.count() == 1


def test_mixed_vat_in_one_basket_brings_a_row_for_each_project_and_rate(scene):
    soup = scene.line(
        project=scene.kitchen,
        designation="Soupe",
        unit_price=D("4.0000"),
        vat_percent=D(10),
    )
    wine = scene.line(
        designation="Vin chaud", unit_price=D("3.3333"), quantity=D(3), vat_percent=D(20)
    )
    invoice = scene.issued(scene.line(), soup, wine)
    rows = list(
        Sale.objects.order_by("project_id", "vat_rate").values_list(
            "project_id", "vat_rate", "amount", "moved_on"
        )
    )
    assert rows == [
        (scene.garden.pk, D("5.5"), D("20.00"), None),
        (scene.garden.pk, D("20"), D("10.00"), None),
        (scene.kitchen.pk, D("10"), D("8.00"), None),
    ]
    assert invoice.net_amount == D("38.00")
    assert invoice.vat_amount == D("1.10") + D("2.00") + D("0.80")


def test_the_turnover_names_the_invoice_and_is_not_yet_paid(scene):
    invoice = scene.issued()
    sale = Sale.objects.get()
    assert (sale.invoice_id, sale.customer) == (invoice.pk, scene.shop.name)
    assert sale.label == "2026-CT-00001 · Paniers de novembre"
    assert sale.moved_on is None and not sale.is_open


def test_a_customer_renamed_after_invoicing_keeps_the_old_name_on_the_paper(scene):
    old = scene.shop.name
    invoice = scene.issued()
    scene.shop.name = "Épicerie du Port"
    scene.shop.save()
    document = Document.objects.get(pk=invoice.document_id)
    assert document.snapshot["customer"]["name"] == old
    assert Sale.objects.get().customer == old


def test_the_paper_is_drawn_by_the_worker_and_carries_its_xml(
    scene, django_capture_on_commit_callbacks
):
    from facturx import get_xml_from_pdf

    from documents.services.render import draw

    invoice = scene.issued()
    name, xml = get_xml_from_pdf(draw(invoice.document))
    assert name == "factur-x.xml" and b"2026-CT-00001" in xml


# --- what is refused


def test_without_the_hosts_conditions_nothing_is_issued(people):
    scene = set_scene(people)
    scene.terms.delete()
    with pytest.raises(Refused, match="conditions de vente"):
        scene.issue(scene.draft())
    assert not Sale.objects.exists()


def test_terms_of_another_host_do_not_serve(people):
    scene = set_scene(people)
    scene.terms.delete()
    SellerTermsFactory(host=people.b.host)
    with pytest.raises(Refused, match="conditions de vente"):
        scene.issue(scene.draft())


@pytest.mark.parametrize("missing", ["address", "postcode", "city"])
def test_a_customer_without_an_address_is_not_invoiced(scene, missing):
    setattr(scene.shop, missing, "")
    scene.shop.save()
    with pytest.raises(Refused, match="Il manque l’adresse") as refusal:
        scene.issued()
    assert refusal.value.field == "customer"
    assert not Counter.objects.exists()


def test_an_authority_without_a_siret_is_not_invoiced(scene):
    town = CustomerFactory(cohort=scene.cohort, kind="authority", siret="")
    with pytest.raises(Refused, match="SIRET"):
        scene.issued(customer=town)


def test_a_seller_without_its_vat_number_does_not_invoice(people):
    with pytest.raises(Refused, match="le numéro de TVA"):
        set_scene(people, vat_number="").issued()


def test_a_customer_of_another_cohort_is_refused(scene):
    stranger = CustomerFactory(cohort=CohortFactory())
    with pytest.raises(Refused, match="pas dans la coopérative"):
        scene.draft(customer=stranger)
    assert not Invoice.objects.exists()


def test_what_is_not_sold_yet_asks_a_deposit_instead(scene):
    with pytest.raises(Refused, match="acompte"):
        scene.draft(sold_until=dt.date(2026, 11, 26))


def test_a_total_of_zero_is_nothing_to_invoice(scene):
    with pytest.raises(Refused, match="rien à facturer"):
        scene.issued(scene.line(discount_percent=D(100)))


def test_a_dropped_draft_is_not_issued(scene):
    draft = scene.draft()
    invoices.drop_draft(invoice=draft, actor=scene.driss, at=NOW)
    with pytest.raises(Frozen, match="abandonné"):
        scene.issue(draft)
    assert not Counter.objects.exists()


def test_a_line_at_zero_needs_the_hosts_reason(scene):
    at_zero = scene.line(vat_percent=D(0))
    draft = scene.draft(at_zero)
    with pytest.raises(Refused, match="rien ne dit pourquoi"):
        scene.issue(draft)
    VatDecision.objects.create(
        host=scene.host,
        category="food",
        way="storable",
        percent=0,
        in_force_from=dt.date(2026, 1, 1),
        reason="article 294 du CGI",
        written_by_id=scene.helene.person_id,
    )
    told = {one["code"]: one["words"] for one in scene.issue(draft).document.snapshot["mentions"]}
    assert told["exempt"].endswith("article 294 du CGI")


def test_a_host_in_franchise_sells_without_vat(people):
    scene = set_scene(people, vat_regime="franchise", vat_number="")
    with pytest.raises(Refused, match="franchise"):
        scene.issued()
    invoice = scene.issued(scene.line(vat_percent=D(0)))
    assert invoice.total_amount == invoice.net_amount == D("20.00")


# --- numbers and dates go the same way


def test_a_day_before_the_last_of_the_series_is_refused_and_gives_the_number_back(scene):
    scene.issued()
    with pytest.raises(Stale, match="date plus récente"):
        scene.issue(scene.draft(), at=NOW - dt.timedelta(days=1))
    assert scene.issued().number == "2026-CT-00002"


def test_a_crash_in_the_middle_gives_the_number_back(scene, monkeypatch):
    def dies(**_):
        raise RuntimeError("power cut")

    draft = scene.draft()
    monkeypatch.setattr("projects.services.invoices.issuing.write_turnover", dies)
    with pytest.raises(RuntimeError):
        scene.issue(draft)
    monkeypatch.undo()
    assert not Counter.objects.exists() and not Document.objects.exists()
    assert scene.issue(draft).number == "2026-CT-00001"


def test_a_new_year_begins_at_one(scene):
    scene.issued()
    scene.cohort.ends_on = dt.date(2027, 2, 26)
    scene.cohort.save()
    january = NOW.replace(year=2027, month=1, day=4)
    assert scene.issue(scene.draft(), at=january).number == "2027-CT-00001"


# --- issued, it never changes


def test_an_issued_invoice_is_not_changed_nor_dropped(scene):
    invoice = scene.issued()
    with pytest.raises(Frozen, match="avoir"):
        invoices.drop_draft(invoice=invoice, actor=scene.driss, at=NOW)
    with pytest.raises(Frozen, match="avoir"):
        invoices.change_draft(
            invoice=invoice,
            seen_version=invoice.version,
            customer=scene.shop,
            title="Autre",
            lines=[scene.line()],
            sold_from=invoice.sold_from,
            sold_until=invoice.sold_until,
            actor=scene.driss,
            at=NOW,
        )


def test_the_database_itself_refuses_to_change_it(scene):
    invoice = scene.issued()
    rows, lines = Invoice.objects.filter(pk=invoice.pk), InvoiceLine.objects.filter(invoice=invoice)
    before = (list(rows.values()), list(lines.values()))
    for act in (
        lambda: rows.update(title="Autre"),
        lambda: rows._raw_delete(using="default"),
        lambda: lines.update(amount=1),
        lambda: lines._raw_delete(using="default"),
        lambda: InvoiceLine.objects.create(invoice=invoice, position=9, **scene.line()),
    ):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            act()
    assert (list(rows.values()), list(lines.values())) == before


def test_a_draft_changes_freely(scene):
    draft = scene.draft()
    changed = invoices.change_draft(
        invoice=draft,
        seen_version=1,
        customer=scene.shop,
        title="Paniers de fin novembre",
        lines=[scene.line(quantity=D(3))],
        sold_from=draft.sold_from,
        sold_until=draft.sold_until,
        actor=scene.driss,
        at=NOW,
    )
    assert (changed.title, changed.net_amount, changed.version) == (
        "Paniers de fin novembre",
        D("30.00"),
        2,
    )
    assert changed.lines.count() == 1


def test_a_draft_changed_by_somebody_else_is_told(scene):
    draft = scene.draft()
    Invoice.objects.filter(pk=draft.pk).update(version=2)
    with pytest.raises(Stale, match="vient de modifier"):
        invoices.change_draft(
            invoice=draft,
            seen_version=1,
            customer=scene.shop,
            title="Autre",
            lines=[scene.line()],
            sold_from=draft.sold_from,
            sold_until=draft.sold_until,
            actor=scene.driss,
            at=NOW,
        )
    draft.refresh_from_db()
    assert draft.title == "Paniers de novembre"


def test_the_same_form_sent_twice_writes_one_draft(scene):
    import uuid

    key = uuid.uuid4()
    assert scene.draft(client_uuid=key).pk == scene.draft(client_uuid=key).pk
    assert Invoice.objects.count() == 1
