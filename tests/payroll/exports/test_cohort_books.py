"""The books of a cohort: what each row says, when VAT is due, and that every total meets the pays."""

import csv
import datetime as dt
import hashlib
import io
import zipfile
from decimal import Decimal

import pytest
from django.utils.text import slugify
from facturx import get_xml_from_pdf
from openpyxl import load_workbook

from ct_platform.kit.models import TransitionLog
from ct_platform.kit.money import cents
from documents.models import Document
from documents.services.render import render_document
from members.models import AccessRecord
from payroll.exports.cohort.entries import entries
from payroll.exports.cohort.offer import make
from payroll.rules.booking import UnbalancedEntry
from payroll.rules.selling_books import Due
from payroll.selectors.sales_journal import (
    Period,
    controls_of,
    expenses_of,
    journal_of,
    vat_summary,
)
from payroll.services.refunds import record_refund
from payroll.services.runs import freeze_run, open_run
from projects.models import Invoice, Payment, Sale
from tests import factories as make_
from tests.factories import NOW, TODAY
from tests.payroll.scene import set_scene
from tests.projects import invoicing
from tests.projects.issued import invoiced_sale
from tests.projects.receipts import accept, proof, send

ALL = Period(dt.date(2026, 9, 1), dt.date(2026, 12, 31))
NOVEMBER = Period(dt.date(2026, 11, 1), dt.date(2026, 11, 30))


def invoiced(scene, amount: str, *, rate="20", nature="goods", paid=None, **more) -> Sale:
    """A sale an invoice wrote, with its line, and its payment when it was paid."""
    sale = invoiced_sale(scene.project, Decimal(amount), paid=False, rate=rate, nature=nature)
    if more:
        Sale.objects.filter(pk=sale.pk).update(**more)
    if paid:
        pay(scene, sale, paid)
    return Sale.objects.get(pk=sale.pk)


def pay(scene, sale: Sale, on: str, means: str = "transfer") -> Payment:
    total = cents(sale.amount * (100 + Sale.objects.get(pk=sale.pk).vat_rate) / 100)
    payment = Payment.objects.create(
        invoice=sale.invoice, amount=total, means=means, received_on=dt.date.fromisoformat(on),
        recorded_by=scene.people.driss, at=NOW,
    )  # fmt: skip
    Sale.objects.filter(pk=sale.pk).update(moved_on=payment.received_on, payment=payment)
    return payment


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def taken(code: str, cohort, period=ALL) -> bytes:
    return b"".join(make(code, cohort, period).pieces)


# --- the journal and the pays


def test_the_journal_says_what_was_printed_and_who_paid_how(people):
    scene = set_scene(people)
    sale = invoiced(scene, "100.00", rate="5.5", paid="2026-11-20")

    (line,) = [
        row for row in table(taken("ventes-csv", scene.cohort)) if row[1] == sale.invoice.number
    ]

    assert line[:11] == [
        "07/11/2026", sale.invoice.number, sale.customer, "Fleurs", sale.label, "100,00", "5,50000", "5,50",
        "105,50", "20/11/2026", "virement",
    ]  # fmt: skip


def test_a_customer_renamed_afterwards_keeps_its_printed_name(people):
    scene = set_scene(people)
    sale = invoiced(scene, "100.00")
    sale.invoice.customer.__class__.objects.update(name="Autre nom")

    assert "Autre nom" not in taken("ventes-csv", scene.cohort).decode("utf-8-sig")


def test_paid_sales_of_a_run_are_its_photograph_to_the_cent(people):
    """With a credit note paid back in the same month, and a sale paid too late for this pay."""
    scene = set_scene(people)
    invoiced(scene, "300.10", paid="2026-11-10")
    invoiced(scene, "-45.07", paid="2026-11-12")
    invoiced(scene, "80.00")  # not paid
    make_.ExpenseFactory(project=scene.project, recorded_by=people.driss, amount=Decimal("33.33"))
    run = scene.issued()
    scene.sell(
        "64.00", moved_on=dt.date(2026, 11, 25)
    )  # paid before the day, noted after the photo

    rows, expenses = journal_of(scene.cohort), expenses_of(scene.cohort)
    (control,) = controls_of(scene.cohort, rows, expenses)

    assert control.sales == control.journal_sales == Decimal("1167.07") == run.sales
    assert control.expenses == control.journal_expenses == Decimal("33.33")
    paid = sum(row.net for row in rows if row.paid_on)
    assert paid == run.sales + Decimal("64.00")


def test_a_row_counted_in_a_later_run_stands_with_that_run(people):
    scene = set_scene(people)
    november = scene.issued()
    scene.sell("500.00", moved_on=dt.date(2026, 11, 25))
    later = NOW + dt.timedelta(days=31)
    december = open_run(
        cohort=scene.cohort, month=dt.date(2026, 12, 1), paid_on=dt.date(2027, 1, 10),
        actor=scene.driss, at=later,
    )  # fmt: skip
    december = freeze_run(run=december, actor=scene.driss, at=later)

    found = controls_of(scene.cohort, journal_of(scene.cohort), expenses_of(scene.cohort))

    assert [one.journal_sales for one in found] == [november.sales, december.sales]
    assert december.sales == Decimal("500.00")


def test_no_file_is_made_of_books_that_do_not_meet_the_pays(people, enter):
    scene = set_scene(people)
    scene.issued()
    Sale.objects.filter(pay_run_key__isnull=False).update(amount=Decimal("1.00"))

    with pytest.raises(UnbalancedEntry, match="Aucun fichier"):
        taken("ventes", scene.cohort)
    answer = enter("helene").post(
        f"/cohortes/{scene.cohort.pk}/comptes/ventes/",
        {"du": "2026-09-01", "au": "2026-12-31"},
        follow=True,
    )
    assert "Aucun fichier n’a été fait" in answer.content.decode()


def test_the_workbook_has_its_control_sheet(people):
    scene = set_scene(people)
    scene.issued()

    book = load_workbook(io.BytesIO(taken("ventes", scene.cohort)))

    assert book.sheetnames == [
        "Vendu dans la période",
        "Payé dans la période",
        "Contrôle avec les paies",
    ]
    control = [[cell.value for cell in row] for row in book["Contrôle avec les paies"].rows]
    assert control[1] == ["novembre 2026", 912.04, 912.04, 0, 0, "égal"]
    assert control[-1][1:3] == [912.04, 912.04]


def test_formulas_stay_words(people):
    scene = set_scene(people)
    scene.sell("10.00", label="=HYPERLINK(1)", customer="+33 1")

    csv_, book = (
        taken("ventes-csv", scene.cohort),
        load_workbook(io.BytesIO(taken("ventes", scene.cohort))),
    )

    assert "'=HYPERLINK(1)" in csv_.decode("utf-8-sig")
    cells = [
        cell for row in book.worksheets[0].rows for cell in row if "HYPERLINK" in str(cell.value)
    ]
    assert [cell.data_type for cell in cells] == ["s"]


# --- VAT


def test_the_summary_of_vat_by_rate_and_reason(people):
    scene = set_scene(people, sales=Decimal("100.00"))
    Sale.objects.update(vat_rate=Decimal("5.5"))
    invoiced(scene, "200.00", nature="goods")  # due on delivery, paid or not
    invoiced(scene, "50.00", nature="services")  # not due: not paid
    invoiced(scene, "60.00", nature="services", paid="2026-11-20")
    invoiced(scene, "-10.00", nature="goods")  # a credit note

    summary = vat_summary(journal_of(scene.cohort), NOVEMBER)
    found = {(one.percent, one.due): (one.base, one.vat) for one in summary}

    assert found == {
        (Decimal("5.5"), Due.EARLIEST): (Decimal("100.00"), Decimal("5.50")),
        (Decimal(20), Due.DELIVERY): (Decimal("190.00"), Decimal("38.00")),
        (Decimal(20), Due.PAYMENT): (Decimal("60.00"), Decimal("12.00")),
    }


def test_vat_without_a_receipt_is_not_deducted(people):
    scene = set_scene(people)
    accept(people, send(people, proof=proof()))
    accept(people, send(people))

    lines = {row[1]: row[3] for row in table(taken("tva-csv", scene.cohort))}

    assert lines["TVA des achats, avec justificatif"] == "2,75"
    assert lines["TVA des achats sans justificatif : à ne pas déduire"] == "2,75"


def test_every_reason_has_its_words():
    from payroll.exports.cohort.vat import reason

    assert all(reason(due) for due in Due)


# --- entries


def booked(scene):
    from payroll.models import Refund

    return entries(
        journal_of(scene.cohort), list(Payment.objects.select_related("invoice")), expenses_of(scene.cohort),
        list(Refund.objects.select_related("enrolment__person")),
    )  # fmt: skip


def balance(found) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for one in found:
        assert sum(posting.amount for posting in one.postings) == 0
        for posting in one.postings:
            sums[posting.role] = sums.get(posting.role, Decimal(0)) + posting.amount
    return {role: amount for role, amount in sums.items() if amount}


def test_entries_balance_and_end_where_they_should(people):
    scene = set_scene(people, sales=Decimal("100.00"))  # by hand, paid, without VAT
    invoiced(scene, "200.00", nature="services", paid="2026-11-20")
    invoiced(scene, "50.00", nature="services")
    credited = invoiced(scene, "-50.00", nature="services")
    pay(scene, credited, "2026-11-21", "cash")
    accept(people, send(people))
    record_refund(
        enrolment=people.enrolments["amina"], seen=Decimal("52.75"), means="transfer", paid_on=TODAY,
        reference="", actor=people.actor("helene"), at=NOW,
    )  # fmt: skip

    assert balance(booked(scene)) == {
        "sales": Decimal("-100.00"),
        "services": Decimal("-200.00"),  # 200 + 50 − 50
        "customers": Decimal("60.00"),  # 50 and its VAT, not paid
        "vat_waiting": Decimal("-10.00"),
        "vat_collected": Decimal("-30.00"),
        "cash": Decimal("-60.00"),
        "bank": Decimal("287.25"),  # 100 + 240 − 52.75
        "purchases": Decimal("50.00"),
        "vat_deductible": Decimal("2.75"),
    }


def test_an_offset_moves_no_money(people):
    scene = set_scene(people)
    sale = invoiced(scene, "50.00")
    pay(scene, sale, "2026-11-20", "offset")

    assert "bank" not in balance([one for one in booked(scene) if one.number.startswith("E-")])


def test_the_file_has_eighteen_columns_debits_equal_credits(people):
    scene = set_scene(people)
    invoiced(scene, "200.00", paid="2026-11-20")
    accept(people, send(people, label="Café | thé\t€"))

    text = taken("ecritures", scene.cohort).decode("iso8859-15")
    lines = [line.split("\t") for line in text.split("\r\n") if line]

    assert {len(line) for line in lines} == {18}
    debit, credit = (
        sum(Decimal(line[i].replace(",", ".")) for line in lines[1:]) for i in (11, 12)
    )
    assert debit == credit > 0


# --- hours, invoices, who took what


def test_hours_name_people_and_their_record_says_who_took_them(people, enter):
    scene = set_scene(people)

    answer = enter("helene").post(
        f"/cohortes/{scene.cohort.pk}/comptes/heures-csv/", {"du": "2026-11-01", "au": "2026-11-30"}
    )

    lines = table(b"".join(answer.streaming_content))
    assert [
        "02/11/2026",
        "Amina Sarr",
        "",
        "production",
        "600",
        "10,00",
        "confirmée",
        "oui",
    ] in lines
    records = AccessRecord.objects.filter(act="exported", subject="hours")
    assert set(records.values_list("person__first_name", flat=True)) == {"Amina", "Bastien"}
    log = TransitionLog.objects.get(model="payroll.cohort_book")
    assert (log.new, log.by_person_id) == ("heures-csv", people.helene.pk)


def test_hours_stay_in_the_period(people):
    scene = set_scene(people)

    only = table(
        taken("heures-csv", scene.cohort, Period(dt.date(2026, 11, 6), dt.date(2026, 11, 6)))
    )

    assert [row[4] for row in only[1:]] == ["210"]


def test_invoices_leave_with_their_list(people, monkeypatch):
    scene = set_scene(people)
    sale = invoiced(scene, "200.00")

    archive = zipfile.ZipFile(io.BytesIO(taken("factures", scene.cohort)))

    assert archive.namelist() == ["liste.csv"]  # no paper is drawn yet
    (line,) = table(archive.read("liste.csv"))[1:]
    assert line[0] == sale.invoice.number and line[-1] == "pas encore prêt"
    assert Invoice.objects.count() == 1


def test_each_invoice_leaves_as_it_was_issued_with_its_xml_beside_it(people):
    selling = invoicing.set_scene(people)
    invoice = selling.issued()
    render_document(document_id=invoice.document_id, at=NOW)

    archive = zipfile.ZipFile(io.BytesIO(taken("factures", selling.cohort)))

    paper = Document.objects.get(pk=invoice.document_id)
    stem = slugify(invoice.number)
    assert sorted(archive.namelist()) == [f"{stem}.pdf", f"{stem}.xml", "liste.csv"]
    assert hashlib.sha256(archive.read(f"{stem}.pdf")).hexdigest() == paper.sha256
    name, inside = get_xml_from_pdf(archive.read(f"{stem}.pdf"))
    assert (name, inside) == ("factur-x.xml", archive.read(f"{stem}.xml"))
    (line,) = table(archive.read("liste.csv"))[1:]
    assert line[-1] == "dans ce ZIP"


@pytest.mark.parametrize(
    ("who", "status"),
    [("driss", 200), ("helene", 200), ("amina", 403), ("bastien", 403), ("elsa", 403), ("nora", 403),
     ("dalia", 404), ("hugo", 404), ("chloe", 404)],
)  # fmt: skip
def test_who_takes_them(people, enter, who, status):
    scene = set_scene(people)
    client, url = enter(who), f"/cohortes/{scene.cohort.pk}/comptes/"

    assert client.get(url).status_code == status
    for code in ("ventes", "tva-csv", "ecritures", "heures", "factures"):
        sent = {"du": "2026-09-01", "au": "2026-12-31"}
        assert client.post(f"{url}{code}/", sent).status_code == status
    assert TransitionLog.objects.filter(model="payroll.cohort_book").exists() == (status == 200)


@pytest.mark.parametrize(
    "typed", [{}, {"du": "2026-12-01", "au": "2026-11-01"}, {"du": "hier", "au": ""}]
)
def test_a_period_that_cannot_be_is_said(people, enter, typed):
    scene = set_scene(people)
    client, url = enter("driss"), f"/cohortes/{scene.cohort.pk}/comptes/"

    assert client.get(url, typed).status_code == 200
    answer = client.post(f"{url}ventes/", typed, follow=True)
    assert "Choisissez d’abord deux jours" in answer.content.decode()
    assert client.post(f"{url}autre/", typed).status_code == 404
