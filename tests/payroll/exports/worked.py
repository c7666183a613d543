"""What a run meets in its life; and the files it makes, read back."""

import datetime as dt
import hashlib
import io
from decimal import Decimal

from django.core.files.base import ContentFile
from openpyxl import load_workbook

from cohorts.models import Contract
from documents.models import Document
from payroll.models import Correction, Payment, PayRun
from payroll.services.adjustments import record_advance, record_deduction
from payroll.services.orders import Choice
from payroll.services.paying import mark_paid, reject_payment
from payroll.services.payments import prepare_payments
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.payroll.correcting import add_colleague, corrected
from tests.payroll.scene import Scene, set_scene

ZERO = Decimal("0.00")


def employed(people) -> Scene:
    """Three people on wage contracts share alike; the third, Chloé, has no hour this month."""
    scene = set_scene(people, sales=Decimal("2712.34"))
    scene.profile.code = "employee"
    scene.profile.save()
    newcomer = make.EnrolmentFactory(cohort=people.a.cohort, person=people.chloe)
    make.ContractFactory(enrolment=newcomer)
    Contract.objects.filter(enrolment__cohort=people.a.cohort).update(kind="cdd")
    return scene


def withhold(scene: Scene, name: str, advance: str, deduction: str = "0") -> None:
    """An advance and a deduction, recorded before the pay that takes them."""
    asked = {
        "enrolment": scene.people.enrolments[name], "given_on": dt.date(2026, 11, 10),
        "reason": "Pour le train", "actor": scene.helene, "at": NOW,
    }  # fmt: skip
    record_advance(amount=Decimal(advance), **asked)
    if Decimal(deduction):
        record_deduction(amount=Decimal(deduction), decision=scene.rule.outcome, **asked)


def correct(scene: Scene, run: PayRun, atmp_rate: str = "2.10") -> Correction:
    """Amina's slip was asked at a wrong AT/MP rate; a colleague of the host issues the correction."""
    if "irene" not in scene.people.persons:
        add_colleague(scene.people)
    return corrected(scene, run, asked={"atmp_rate": Decimal(atmp_rate)})


def prepare(scene: Scene, run: PayRun, name: str) -> Payment:
    """A cheque of all that is owed to one person."""
    key = scene.people.enrolments[name].pk
    (order,) = prepare_payments(
        run=run, choices=[Choice(key, "cheque")], execute_on=TODAY, actor=scene.helene, at=NOW
    )
    return order.payments.get()


def pay(scene: Scene, run: PayRun, name: str, *, rejected: bool = False) -> Payment:
    """A cheque sent, and perhaps sent back."""
    payment = prepare(scene, run, name)
    number = f"CH{payment.pk}"
    mark_paid(run=run, payments={payment.pk: number}, paid_on=TODAY, actor=scene.helene, at=NOW)
    if rejected:
        payment = reject_payment(
            payment=payment, rejected_on=TODAY, reason="perdu", actor=scene.helene, at=NOW
        )
    return payment


def draw_papers(run: PayRun) -> None:
    """Stand for the workers: each paper gets its hash and a file that no ZIP makes smaller."""
    for document in Document.objects.filter(batch=run.batch):
        pieces = (hashlib.sha256(f"{document.code}{n}".encode()).digest() for n in range(9000))
        content = b"%PDF" + b"".join(pieces)
        document.file.save(f"{document.code}.pdf", ContentFile(content), save=False)
        document.sha256, document.size = hashlib.sha256(content).hexdigest(), len(content)
        document.save(update_fields=["file", "sha256", "size"])


def sheets_of(content: bytes) -> dict[str, list[dict]]:
    """Every sheet of a workbook as rows by column title, values as a spreadsheet reads them."""
    book = load_workbook(io.BytesIO(content))
    found = {}
    for page in book.worksheets:
        header, *rows = page.iter_rows(values_only=True)
        found[page.title] = [dict(zip(header, row, strict=True)) for row in rows]
    return found


def added(rows: list[dict], column: str) -> Decimal:
    """A column added up, to the cent; blank cells add nothing."""
    return sum((Decimal(str(row[column])) for row in rows if row[column] is not None), ZERO)


def entries_of(content: bytes) -> list[dict[str, str]]:
    """The lines of an entries file, read as its rules say."""
    header, *lines = content.decode("iso8859-15").split("\r\n")[:-1]
    names = header.split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]


def money(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def balance(lines: list[dict[str, str]], account: str, person: str = "") -> Decimal:
    """Debits less credits of the accounts that begin with `account`."""
    return sum(
        (
            money(line["Debit"]) - money(line["Credit"])
            for line in lines
            if line["CompteNum"].startswith(account)
            and (not person or line["CompAuxNum"] == person)
        ),
        ZERO,
    )
