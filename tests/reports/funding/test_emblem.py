"""The emblem of the Union where it must be: every paper of a co-financed cohort, or a written reason."""

from io import BytesIO
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from pypdf import PdfReader

from cohorts.models import Cohort
from documents import kinds
from documents.models import Document
from documents.services.render import frame_of
from reports.exports.evidence import says_emblem
from reports.poster import poster_of
from tests.access_world import furnish
from tests.personas import People
from tests.reports import funding_verbs as funds
from tests.reports.scene import sent_report

PDF = Path(__file__).parents[3] / "templates" / "pdf"
EMBLEM = "asset:eu.svg"
# Kinds of papers without it, each with its reason.
EXEMPT = {
    "payslip_host": "made by the host’s own software: kept and handed out as it came",
}


def says_where(kind: kinds.DocumentKind) -> bool:
    """Its template prints the emblem itself, or through what it extends or includes."""
    text = (PDF.parent / kind.template).read_text()
    near = [name for name in ("_convocation.html", "payslip.html", "cape_contract.html", "invoice.html")
            if f"pdf/{name}" in text]  # fmt: skip
    return any(
        "pdf/_eu.html" in one for one in [text, *((PDF / name).read_text() for name in near)]
    )


def test_every_kind_of_paper_has_its_place_for_the_emblem_or_a_reason():
    without = [
        one.code
        for one in kinds.all_kinds()
        if one.template and not says_where(one) and one.code not in EXEMPT
    ]
    assert without == []
    made_here = {one.code for one in kinds.all_kinds() if one.template}
    assert set(EXEMPT) & made_here == set(), "an exemption that is no longer one"


def test_every_sheet_printed_without_a_number_has_it_too():
    """Join cards, letters, statements, the poster: nothing is kept of them, the emblem is due all the same."""
    pages = [one for one in PDF.glob("*.html") if not one.name.startswith("_")]
    without = sorted(
        one.name
        for one in pages
        if one.name != "base.html"
        and "pdf/_eu.html" not in one.read_text()
        and "pdf/_convocation.html" not in one.read_text()
        and 'extends "pdf/cheque_letters.html"' not in one.read_text()
    )
    assert without == []


@pytest.mark.django_db
def test_every_paper_of_a_co_financed_cohort_prints_it(people: People):
    """The whole test world is co-financed: each paper it makes is drawn from its photograph."""
    Cohort.objects.update(eu_funded=True)
    people.a.cohort.refresh_from_db()
    people.b.cohort.refresh_from_db()
    furnish(people)
    missing = []
    # Worlds also put bare rows in place of papers: those were never issued, and print nothing.
    issued = Document.objects.filter(snapshot__has_key="check").exclude(cohort_key=None)
    for one in issued.order_by("pk"):
        kind = kinds.get(one.kind)
        if not kind.template or one.kind in EXEMPT:
            continue
        context = {**kind.context(one.snapshot), **frame_of(one.snapshot)}
        drawn = render_to_string(kind.template_of(one.template_version), context)
        if EMBLEM not in drawn or not says_emblem(one.snapshot):
            missing.append(one.kind)
    assert sorted(set(missing)) == []
    # The others have their place in their template (above), and their own tests.
    assert issued.filter(kind="report").exists() and issued.count() > 1


@pytest.mark.django_db
def test_no_other_cohort_prints_it(people):
    document = sent_report(people).document
    context = {**kinds.get("report").context(document.snapshot), **frame_of(document.snapshot)}
    assert EMBLEM not in render_to_string("pdf/report.html", context)


@pytest.mark.django_db
def test_the_public_page_of_a_co_financed_cohort_says_it_and_no_other(people, client):
    address = reverse("cohorts:cooperative", args=[people.a.cohort.pk])
    for is_eu in (True, False):
        Cohort.objects.update(eu_funded=is_eu, state="recruiting")
        assert ("img/eu" in client.get(address).content.decode()) is is_eu


@pytest.mark.django_db
def test_the_poster_is_an_a3_page_with_the_emblem_first(people):
    operation = funds.an_operation(people)
    made = poster_of(operation, [people.a.cohort])
    (page,) = PdfReader(BytesIO(made.content)).pages
    width, height = (round(float(one) / 72 * 25.4) for one in page.mediabox[2:])
    assert (width, height) == (297, 420)
    text = " ".join(page.extract_text().split())
    assert text.index("Cofinancé par") < text.index(operation.name)
    assert operation.number in text
