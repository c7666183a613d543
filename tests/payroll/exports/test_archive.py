"""The host's copy of every paper of a run: whole, hashed, listed, and streamed."""

import csv
import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Iterator

import pytest

from ct_platform.kit.errors import Refused
from documents.models import Document
from payroll.exports.archive import DamagedPaper, Paper, manifest
from payroll.exports.offer import make
from tests.payroll.exports.worked import correct, draw_papers
from tests.payroll.scene import set_scene

pytestmark = pytest.mark.django_db


def opened(run, people) -> zipfile.ZipFile:
    made = make(run, "papiers", people.actor("helene"))
    return zipfile.ZipFile(io.BytesIO(b"".join(made.pieces)))


def listed(bundle: zipfile.ZipFile) -> list[dict[str, str]]:
    text = bundle.read("manifest.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_every_paper_is_in_it_with_the_bytes_that_were_issued(people):
    run = set_scene(people).issued()
    draw_papers(run)
    bundle = opened(run, people)
    assert bundle.testzip() is None
    assert sorted(name for name in bundle.namelist() if name.startswith("bulletins/")) == [
        "bulletins/amina-sarr-2026-R-00001.pdf", "bulletins/bastien-cherif-2026-R-00002.pdf",
    ]  # fmt: skip
    rows = listed(bundle)
    papers = Document.objects.filter(batch=run.batch)
    assert len(rows) == papers.count() == 6 == len(bundle.namelist()) - 1
    for row in rows:
        content = bundle.read(row["Fichier"])
        paper = papers.get(code=row["Code de vérification"])
        assert hashlib.sha256(content).hexdigest() == row["Empreinte SHA-256"] == paper.sha256
        assert (row["Taille, en octets"], row["Numéro"]) == (str(len(content)), paper.number)
        assert (row["Émis le"], row["État"]) == ("25/11/2026", "valable")
    assert {row["Papier"] for row in rows} >= {"Bulletin de paie"}


def test_counter_slips_and_corrections_are_in_it(people):
    scene = set_scene(people)
    run = scene.issued()
    correct(scene, run)
    draw_papers(run)
    names = opened(run, people).namelist()
    assert {f"bulletins/amina-sarr-2026-R-0000{n}.pdf" for n in (1, 3, 4)} <= set(names)


def test_while_papers_are_drawn_it_waits(people):
    run = set_scene(people).issued()
    draw_papers(run)
    Document.objects.filter(batch=run.batch, kind="participation").update(sha256="")
    with pytest.raises(Refused, match="encore en préparation : 4 sur 6"):
        make(run, "papiers", people.actor("helene"))


def test_a_paper_that_is_not_what_was_issued_breaks_the_download(people):
    run = set_scene(people).issued()
    draw_papers(run)
    Document.objects.filter(batch=run.batch, kind="payslip").update(sha256="0" * 64)
    with pytest.raises(DamagedPaper):
        opened(run, people)


def test_it_is_sent_piece_by_piece_and_opens_one_file_at_a_time(people):
    """Six papers of a few hundred kilobytes: never more than a piece or two is held."""
    run = set_scene(people).issued()
    draw_papers(run)
    made = make(run, "papiers", people.actor("helene"))
    assert isinstance(made.pieces, Iterator)
    sizes = [len(piece) for piece in made.pieces]
    assert sum(sizes) > 1_000_000 and max(sizes) < 100_000


def test_a_manifest_cannot_run():
    assert b"'=1+1;" in manifest([_paper("=1+1")])


def _paper(name: str):
    content = b"%PDF"
    return Paper(
        kind="Bulletin", name=name, number="1", code="ABCDEFGHIJ", status="valable",
        issued_on=dt.date(2026, 11, 25), sha256=hashlib.sha256(content).hexdigest(), size=4,
        open=lambda: io.BytesIO(content),
    )  # fmt: skip
