"""./run manage verify_document: ours, altered, unknown, replaced, revoked are told apart."""

import io
import zlib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader, PdfWriter

from documents.engine.inspect import codes_in
from documents.services.replace import replace_document
from documents.services.revoke import revoke_document
from tests.documents.samples import SNAPSHOT


@pytest.fixture
def check(tmp_path: Path):
    """`check(content)` → (exit code, what is printed)."""

    def run(*contents: bytes) -> tuple[int, str]:
        files = []
        for number, content in enumerate(contents):
            files.append(tmp_path / f"papier-{number}.pdf")
            files[-1].write_bytes(content)
        out = io.StringIO()
        try:
            call_command("verify_document", *map(str, files), stdout=out)
        except SystemExit as stop:
            return int(stop.code), out.getvalue()
        return 0, out.getvalue()

    return run


def test_it_knows_our_unaltered_paper(drawn, check):
    code, words = check(drawn("amina", number="2026-R-00041").file.read())
    assert code == 0
    assert "sans changement, et valable" in words
    assert "n° 2026-R-00041, donné par Le Ferment le 25 novembre 2026" in words


def test_it_knows_a_copy_with_one_flipped_byte(drawn, check):
    content = bytearray(drawn("amina").file.read())
    content[len(content) // 2] ^= 1
    code, words = check(bytes(content))
    assert code == 3
    assert "a été modifié" in words
    assert "Bulletin d’essai, octobre 2026" in words


def test_it_knows_a_copy_saved_again_by_an_editor(drawn, check):
    writer = PdfWriter(clone_from=io.BytesIO(drawn("amina").file.read()))
    writer.pages[0].compress_content_streams()
    saved = io.BytesIO()
    writer.write(saved)
    assert check(saved.getvalue())[0] == 3


def test_it_knows_a_copy_whose_keywords_were_taken_out(drawn, check):
    """The link around the QR code still says which paper it was."""
    reader, writer = PdfReader(io.BytesIO(drawn("amina").file.read())), PdfWriter()
    writer.append(reader)
    writer.metadata = None
    if "/Metadata" in writer._root_object:
        del writer._root_object["/Metadata"]
    saved = io.BytesIO()
    writer.write(saved)
    assert b"ct-papier" not in saved.getvalue()
    assert check(saved.getvalue())[0] == 3


def test_it_knows_bytes_added_at_the_end(drawn, check):
    assert check(drawn("amina").file.read() + b"\n% signed by nobody")[0] == 3


def test_it_does_not_know_a_stranger_s_file(drawn, check):
    drawn("amina")
    writer, saved = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(saved)
    code, words = check(saved.getvalue())
    assert code == 4
    assert "inconnu" in words


def test_it_does_not_know_a_code_it_never_gave(check, db):
    assert check(b"%PDF-1.7\nct-papier:" + b"Z" * 26)[0] == 4


def test_it_says_that_a_paper_was_replaced(drawn, check, at):
    paper = drawn("amina")
    replace_document(document=paper, snapshot=SNAPSHOT, actor=None, at=at)
    code, words = check(paper.file.read())
    assert code == 5
    assert "remplacé depuis le 25 novembre 2026" in words


def test_it_says_that_a_paper_was_revoked(drawn, check, at):
    paper = drawn("amina")
    revoke_document(document=paper, reason="erreur de personne", actor=None, at=at)
    code, words = check(paper.file.read())
    assert code == 6
    assert "annulé (erreur de personne)" in words


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"bonjour"])
def test_it_says_that_a_file_is_not_a_pdf(db, check, content):
    assert check(content)[0] == 7


def test_it_answers_for_the_first_file_that_is_not_right(drawn, check):
    content = drawn("amina").file.read()
    code, words = check(content, content + b"x", b"non")
    assert code == 3
    assert words.count("papier-") == 3


def test_it_says_that_a_file_cannot_be_read(db, tmp_path):
    with pytest.raises(CommandError, match="ne peut pas être lu"):
        call_command("verify_document", str(tmp_path / "absent.pdf"))


def test_it_stops_unfolding_a_bomb():
    bomb = b"%PDF-1.7\nstream\n" + zlib.compress(b"a" * 50_000_000) + b"\nendstream"
    assert codes_in(bomb) == []
