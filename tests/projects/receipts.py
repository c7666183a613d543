"""What tests of expenses need: a photo, a cleaned proof, a claim, a limit, the fields of the forms."""

import datetime as dt
import io
import uuid
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ct_platform.kit.pictures import clean_proof
from payroll.services.orders import Choice
from payroll.services.refund_orders import mark_refunds_paid, prepare_refunds
from payroll.services.refunds import record_refund
from projects.models import ExpenseClaim, Project, SpendingLimit
from projects.services import spending
from tests.factories import NOW
from tests.personas import People
from tests.projects.verbs import kitchen


def photo(colour: str = "white") -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Telefon"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)})
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def upload(content: bytes | None = None, name: str = "ticket.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo() if content is None else content, "image/jpeg")


def proof(colour: str = "white") -> tuple[bytes, str]:
    return clean_proof(photo(colour), field="file")


def send(people: People, name: str = "amina", **more: Any) -> ExpenseClaim:
    values: dict[str, Any] = {
        "enrolment": people.enrolments[name],
        "project": kitchen(people),
        "label": "Légumes",
        "supplier": "Primeur des Halles",
        "total": Decimal("52.75"),
        "vat": Decimal("2.75"),
        "spent_on": dt.date(2026, 11, 3),
        "is_advanced": True,
    }
    return spending.send_claim(actor=people.actor(name), at=NOW, **(values | more))


def accept(people: People, claim: ExpenseClaim, **more: Any) -> Any:
    values: dict[str, Any] = {
        "project": claim.project,
        "label": claim.label,
        "supplier": claim.supplier,
        "total": claim.total,
        "vat": claim.vat,
        "spent_on": claim.spent_on,
        "spending_limit": claim.spending_limit,
        "beyond_reason": "",
    }
    return spending.accept_claim(
        claim=claim, actor=people.actor("driss"), at=NOW, **(values | more)
    )


def allow(people: People, amount: str = "100.00", **more: Any) -> SpendingLimit:
    return SpendingLimit.objects.create(
        **{
            "cohort": people.a.cohort,
            "label": "Semences",
            "amount": Decimal(amount),
            "starts_on": dt.date(2026, 10, 1),
            "decision_number": 4,
        }
        | more
    )


def fields(people: People, **more: Any) -> dict[str, Any]:
    """What a form of expense sends, the coordination's and the phone's alike."""
    return {
        "submission_key": str(uuid.uuid4()),
        "project": kitchen(people).pk,
        "label": "Légumes",
        "supplier": "Primeur",
        "total": "52,75",
        "vat": "2,75",
        "spent_on": "2026-11-03",
    } | more


def spent(people: People, project: Project, words: str) -> dict[str, Any]:
    """Of Amina: an expense sent with its receipt, and what she advanced given back."""
    accept(people, send(people, project=project, label=words))
    refund = record_refund(
        enrolment=people.enrolments["amina"], seen=Decimal("52.75"), means="transfer",
        paid_on=dt.date(2026, 11, 20), reference=words, actor=people.actor("helene"), at=NOW,
    )  # fmt: skip
    claim = send(people, project=project, label=words, proof=proof())
    return {"claim_id": claim.pk, "receipt_id": claim.receipt_id, "refund_id": refund.pk} | _sent(
        people, project, words
    )


def _sent(people: People, project: Project, words: str) -> dict[str, Any]:
    """More of hers, given back by a list of cheques; addresses of pay call other keys the same."""
    accept(people, send(people, project=project, label=words), spent_on=dt.date(2026, 11, 4))
    (order,) = prepare_refunds(
        cohort=people.a.cohort, choices=[Choice(people.enrolments["amina"].pk, "cheque")],
        execute_on=NOW.date(), actor=people.actor("helene"), at=NOW,
    )  # fmt: skip
    payment = order.payments.get()
    mark_refunds_paid(
        order=order, payments={payment.pk: "0000124"}, paid_on=NOW.date(),
        actor=people.actor("helene"), at=NOW,
    )  # fmt: skip
    pages = ("refund_order", "refund_file", "refund_list", "refund_letters")
    return {f"payroll:{name}": {"order_id": order.pk} for name in pages} | {
        "payroll:reject_refund": {"payment_id": payment.pk}
    }
