"""The file for the bank: valid, the same at each download, and the IBAN nowhere else."""

import datetime as dt
import io
import re
import xml.etree.ElementTree as ET

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook
from sepaxml.validation import try_valid_xml

from ct_platform.kit.errors import Refused
from ct_platform.kit.models import TransitionLog
from payroll.models import Payment, PaymentOrder
from payroll.rules.sepa import sepa_text
from payroll.services.bank_file import SCHEMA, bank_file
from payroll.services.host_bank import enter_host_bank
from payroll.services.payment_lists import cheque_letters, payment_list
from payroll.services.payments import cancel_payments
from tests.factories import NOW
from tests.ibans import AMINA, BASTIEN, HOST
from tests.payroll.scene import set_scene
from tests.payroll.sessions import grown_old
from tests.payroll.test_payments import give_accounts, pay, prepare
from tests.payroll.test_payslip_paper import words


@pytest.fixture
def scene(people):
    people.amina.last_name, people.amina.first_name = "Œuvrard & Fils", "Zoé"
    people.amina.save()
    scene = set_scene(people)
    give_accounts(scene)
    return scene


def texts(content, path):
    found = ET.fromstring(content)  # noqa: S314  our own file
    return [
        node.text for node in found.iterfind(".//" + "/".join(f"{{*}}{p}" for p in path.split("/")))
    ]


def order_of(scene, **changes):
    return prepare(scene, scene.issued(), **changes)[0]


def test_it_is_valid_and_says_who_how_much_and_from_where(scene):
    order = order_of(scene)
    content = bank_file(order)
    try_valid_xml(content, SCHEMA)
    assert texts(content, "IBAN") == [HOST, AMINA, BASTIEN]
    assert texts(content, "Cdtr/Nm") == [
        "Zoe OEuvrard Fils", "Bastien Cherif",
    ]  # fmt: skip
    assert texts(content, "InstdAmt") == ["249.52", "249.52"]
    assert texts(content, "CtrlSum") == ["499.04", "499.04"]
    assert texts(content, "MsgId") == texts(content, "PmtInfId") == [order.reference]
    assert texts(content, "CreDtTm") == ["2026-11-25T10:30:00"]
    assert texts(content, "Dt") == ["2026-11-25"]
    assert texts(content, "EndToEndId") == [f"{order.reference}-001", f"{order.reference}-002"]
    assert texts(content, "Ustrd")[0] == "Remuneration novembre 2026, Les Racines du Plateau"
    assert "NOTPROVIDED" in texts(content, "Id") and texts(content, "BICFI") == []


def test_a_second_download_is_the_same_file(scene):
    order = order_of(scene)
    first = bank_file(order)
    with time_machine.travel(NOW + dt.timedelta(days=3), tick=False):
        assert bank_file(PaymentOrder.objects.get(pk=order.pk)) == first
    pay(scene, order.run)
    assert bank_file(order) == first


def test_a_cancelled_payment_leaves_and_the_message_changes_its_name(scene):
    order = order_of(scene)
    first = Payment.objects.first()
    cancel_payments(run=order.run, payment_ids=[first.pk], actor=scene.helene, at=NOW)
    content = bank_file(order)
    assert texts(content, "IBAN") == [HOST, BASTIEN]
    assert texts(content, "MsgId") == [f"{order.reference}/1"]
    cancel_payments(
        run=order.run, payment_ids=[Payment.objects.last().pk], actor=scene.helene, at=NOW
    )
    with pytest.raises(Refused):
        bank_file(order)


def test_a_bic_is_written_when_there_is_one(scene):
    enter_host_bank(
        host=scene.world.host,
        iban=HOST,
        holder="Le Ferment",
        bic="AGRIFRPP",
        actor=scene.helene,
        at=NOW,
    )
    content = bank_file(order_of(scene))
    assert texts(content, "BICFI") == ["AGRIFRPP"] and "NOTPROVIDED" not in texts(content, "Id")


def test_a_sealed_number_moved_to_another_payment_does_not_leave(scene):
    order = order_of(scene)
    first, second = order.payments.all()
    Payment.objects.filter(pk=first.pk).update(sealed_iban=second.sealed_iban)
    with pytest.raises(ValueError, match="belongs elsewhere"):
        bank_file(order)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Léa Œuvrard", "Lea OEuvrard"),
        ("Светлана Мороз", "Svetlana Moroz"),
        ("Aïcha <b>&amp;", "Aicha b amp"),
        ("//dix//", "dix"),
        ("x" * 90, "x" * 70),
    ],
)
def test_names_are_written_with_the_signs_of_every_bank(text, plain):
    assert sepa_text(text, 70) == plain
    assert re.fullmatch(r"[A-Za-z0-9/\-?:().,'+ ]*", plain)


def test_a_list_of_cheques_is_no_bank_file_and_the_reverse(scene):
    run = scene.issued()
    sepa, cheque = prepare(scene, run, bastien="cheque")
    with pytest.raises(Refused):
        bank_file(cheque)
    with pytest.raises(Refused):
        cheque_letters(sepa)


def test_letters_carry_the_amount_in_words_one_to_a_page(scene):
    order = order_of(scene, amina="cheque", bastien="cheque")
    pages, text = words(cheque_letters(order))
    assert pages == 2
    assert "249,52 €" in text and "deux cent quarante-neuf euros et cinquante-deux centimes" in text
    assert (
        "Bastien Cherif" in text
        and "8 allée des Tilleuls" in text
        and "salaire" not in text.lower()
    )


def test_the_list_is_a_workbook_with_typed_amounts_and_four_signs(scene):
    order = order_of(scene)
    content = payment_list(order)
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert [row[:2] for row in rows[1:]] == [
        ("Zoé Œuvrard & Fils", 249.52),
        ("Bastien Cherif", 249.52),
    ]
    assert AMINA[-4:] in rows[1] and AMINA.encode() not in content
    assert payment_list(order) == content


def doors(order, *names):
    keys = [order.run.cohort_id, order.run_id, order.pk]
    return [reverse(f"payroll:{name}", args=keys) for name in names]


def test_each_download_is_logged_and_shown(scene, enter):
    order = order_of(scene)
    helene = enter("helene")
    file, sheet, page = doors(order, "order_file", "order_list", "order")
    answer = helene.post(file)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{order.reference}.xml"'
    assert "no-store" in answer.headers["Cache-Control"]
    helene.post(sheet)
    logs = TransitionLog.objects.filter(model="payroll.paymentorder", row_id=order.pk)
    assert [(log.old, log.by_person_id) for log in logs] == [
        ("xml", scene.people.helene.pk), ("xlsx", scene.people.helene.pk),
    ]  # fmt: skip
    assert helene.get(page).content.decode().count("Hélène Hôte") >= 2


def test_an_old_session_takes_out_no_file(scene, enter, settings):
    order = order_of(scene)
    helene = grown_old(enter("helene"), scene.people.user("helene"))
    settings.SECOND_FACTOR_REQUIRED = True
    for door in doors(order, "order_file", "order_list", "order_letters"):
        answer = helene.post(door)
        assert answer.status_code == 302 and "second-code" in answer.url
    assert not TransitionLog.objects.filter(model="payroll.paymentorder").exists()


@pytest.mark.parametrize("name", ["hugo", "driss", "dalia", "amina", "bastien", "elsa", "nora"])
def test_nobody_else_opens_an_order_or_its_files(scene, enter, name):
    order = order_of(scene)
    client = enter(name)
    page, *files = doors(order, "order", "order_file", "order_list", "order_letters")
    assert client.get(page).status_code in (403, 404)
    for door in files:
        answer = client.post(door)
        assert answer.status_code in (403, 404)
        assert AMINA[-4:] not in answer.content.decode()
