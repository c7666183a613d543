"""Receipts from phones: one given back, one accepted, one refused, one that waits."""

import datetime as dt
import io
import unicodedata
from decimal import Decimal

from PIL import Image, ImageDraw, ImageFont

from cohorts.models import Enrolment
from ct_platform.home.demo.scene import Scene
from ct_platform.kit.pictures import clean_proof
from payroll.selectors.refunds import advanced
from payroll.services.refunds import record_refund
from projects.models import ExpenseClaim, Project, SpendingLimit
from projects.services import spending


def send_receipts(scene: Scene) -> None:
    """A garden, a kitchen, a stall: who bought what, and what became of it."""
    kitchen, garden, stall = (
        Project.objects.of_cohort(scene.cohort.pk).get(trade=trade)
        for trade in ("cuisine", "maraichage", "fleuriste")
    )
    tools = (
        SpendingLimit.objects.of_cohort(scene.cohort.pk).filter(label__icontains="outils").first()
    )
    given = _accepted(
        scene, "Belhadj", garden, "Gants et sécateur", "Jardinerie du Val", "38.90", "6.48", 9, tools
    )  # fmt: skip
    host = scene.voice("helene")
    record_refund(
        enrolment=given.enrolment, seen=advanced([given.enrolment_id])[given.enrolment_id],
        means="transfer", paid_on=scene.today - dt.timedelta(days=2), reference="Virement frais Karim",
        actor=host, at=scene.at,
    )  # fmt: skip
    _accepted(
        scene, "Cherif", kitchen, "Légumes du marché", "Halles de Valbrune", "52.75", "2.75", 4
    )
    refused = _send(scene, "Teixeira", stall, "Taxi", "", "18.00", "1.64", 5)
    spending.refuse_claim(
        claim=refused, because="Le groupe n’a pas décidé de payer les trajets. Parlons-en lundi.",
        actor=scene.coordinator, at=scene.at,
    )  # fmt: skip
    _send(scene, "Sarr", stall, "Rubans et papier", "Mercerie du Centre", "23.40", "3.90", 1)


def _accepted(
    scene: Scene, name: str, project: Project, label: str, supplier: str, total: str, vat: str,
    days: int, limit: SpendingLimit | None = None,
) -> ExpenseClaim:  # fmt: skip
    claim = _send(scene, name, project, label, supplier, total, vat, days)
    spending.accept_claim(
        claim=claim, project=project, label=label, supplier=supplier, total=claim.total, vat=claim.vat,
        spent_on=claim.spent_on, spending_limit=limit, beyond_reason="", actor=scene.coordinator,
        at=scene.at,
    )  # fmt: skip
    return claim


def _send(
    scene: Scene, name: str, project: Project, label: str, supplier: str, total: str, vat: str, days: int
) -> ExpenseClaim:  # fmt: skip
    enrolment: Enrolment = scene.enrolments[name]
    day = max(scene.today - dt.timedelta(days=days), scene.cohort.starts_on)
    return spending.send_claim(
        enrolment=enrolment, project=project, label=label, supplier=supplier, total=Decimal(total),
        vat=Decimal(vat), spent_on=day, is_advanced=True,
        proof=clean_proof(_ticket(supplier or label, label, total, vat, day), field="file"),
        actor=scene.of(enrolment.person), at=scene.at,
    )  # fmt: skip


def _ticket(shop: str, label: str, total: str, vat: str, day: dt.date) -> bytes:
    """A till receipt, drawn: no photo of anything real."""
    paper = Image.new("RGB", (620, 760), "#f6f3ec")
    draw, font = ImageDraw.Draw(paper), ImageFont.load_default(size=30)
    lines = (shop, f"{day:%d/%m/%Y}", "", label, "", f"TOTAL  {total} EUR", f"dont TVA  {vat} EUR",
             "", "Merci, à bientôt")  # fmt: skip
    for number, line in enumerate(lines):
        # As tills print: the font that comes with the library has no accents.
        bare = unicodedata.normalize("NFKD", line).encode("ascii", "ignore").decode()
        draw.text((60, 60 + 66 * number), bare, fill="#2b2b2b", font=font)
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=70)
    return out.getvalue()
