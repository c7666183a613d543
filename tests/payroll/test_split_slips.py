"""Cutting a file of slips: whole pages to the right piece, nothing active, and hostile files refused."""

import io
import zipfile

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, NameObject

from ct_platform.kit.clean_pdf import join_pieces, weight_of
from ct_platform.kit.errors import Refused
from payroll.rules.matching import Candidate
from payroll.services import splitting
from payroll.services.splitting import split_slips
from tests.payroll.made_elsewhere import (
    armed,
    encrypted,
    pdf_of,
    scanned,
    slip_lines,
    two_pages_each,
    zip_of,
)

PEOPLE = [Candidate(1, "Amina", "Sarr"), Candidate(2, "Bastien", "Cherif")]
BOTH = pdf_of(slip_lines("SARR Amina"), slip_lines("M. CHERIF Bastien", "300,00", "500,00"))


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def everything_in(content: bytes) -> bytes:
    """Every byte a reader could reach, streams unfolded."""
    reader = PdfReader(io.BytesIO(content))
    found = [content]
    for number in sorted(reader.xref[0]):
        one = reader.get_object(number)
        found.append(repr(one).encode() + (one.get_data() if hasattr(one, "get_data") else b""))
    return b"\n".join(found)


def test_a_page_a_person_becomes_a_slip_a_person():
    amina, bastien = split_slips(BOTH, PEOPLE)
    assert (amina.match.key, str(amina.figures.net_paid)) == (1, "249.52")
    assert (bastien.match.key, str(bastien.figures.total_cost)) == (2, "500.00")
    assert "SARR" in text_of(amina.content) and "CHERIF" not in text_of(amina.content)


def test_two_pages_a_person_stay_together():
    found = split_slips(two_pages_each("Amina SARR", "Bastien CHÉRIF"), PEOPLE)
    assert [(one.first_page, one.last_page, one.match.key) for one in found] == [
        (1, 2, 1),
        (3, 4, 2),
    ]
    assert "Congés" in text_of(found[0].content)


def test_a_zip_gives_each_file_its_slip():
    files = {
        "b/SARR.pdf": pdf_of(slip_lines("SARR Amina")),
        "__MACOSX/x": b"y",
        "a.pdf": pdf_of(slip_lines("CHERIF Bastien")),
    }
    assert [(one.source, one.match.key) for one in split_slips(zip_of(files), PEOPLE)] == [
        ("a.pdf", 2), ("SARR.pdf", 1),
    ]  # fmt: skip


def test_the_same_file_gives_the_same_bytes():
    first, second = split_slips(BOTH, PEOPLE), split_slips(BOTH, PEOPLE)
    assert [one.content for one in first] == [one.content for one in second]


def test_a_shared_drawing_does_not_carry_the_slip_of_somebody_else():
    """Software puts every drawing in the resources of every page: copied whole, all would leak."""
    content = pdf_of(
        ["SARR Amina"], ["CHERIF Bastien"], shared=["Secret d’Amina", "Secret de Bastien"]
    )
    amina, bastien = split_slips(content, PEOPLE)
    assert "Secret d’Amina" in text_of(amina.content)
    assert b"Secret de Bastien" in everything_in(bastien.content)
    assert b"Secret de Bastien" not in everything_in(amina.content)
    assert b"CHERIF" not in everything_in(amina.content)


def test_scripts_links_and_attachments_are_gone():
    (piece,) = split_slips(armed(pdf_of(slip_lines("SARR Amina"))), PEOPLE)
    told = everything_in(piece.content)
    for word in (b"/JS", b"/JavaScript", b"/OpenAction", b"/AA", b"/EmbeddedFiles", b"/Launch",
                 b"calc.exe", b"/Annots", b"bonjour"):  # fmt: skip
        assert word not in told, word
    assert "SARR Amina" in text_of(piece.content)


def test_a_scan_has_no_text_and_asks_for_a_hand():
    (piece,) = split_slips(scanned(), PEOPLE)
    assert (piece.match.kind, piece.match.reason) == (
        "none", "aucun texte : choisissez la personne à la main",
    )  # fmt: skip
    (named,) = split_slips(zip_of({"SARR_Amina.pdf": scanned()}), PEOPLE)
    assert (named.match.kind, named.match.key) == ("likely", 1)


def test_pieces_are_joined_in_order():
    amina, bastien = split_slips(BOTH, PEOPLE)
    joined = join_pieces(amina.content, bastien.content)
    assert text_of(joined).index("SARR") < text_of(joined).index("CHERIF")


ONE = pdf_of(slip_lines("SARR Amina"))


def many(count: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.pdf", b"%PDF-")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "ni un PDF ni un ZIP"),
        (b"MZ\x90\x00 not a pdf", "ni un PDF ni un ZIP"),
        (b"<html>%PDF-1.7</html>", "ni un PDF ni un ZIP"),
        (b"%PDF-1.7\nrien du tout", "abîmé"),
        (ONE[: len(ONE) // 3], "abîmé"),
        (encrypted(ONE), "protégé par un mot de passe"),
        (b"PK\x03\x04 truncated", "ZIP est abîmé"),
        (zip_of({"a.pdf": ONE})[:-30], "ZIP est abîmé"),
        (zip_of({}), "ni un PDF ni un ZIP"),  # an empty archive has no first entry
        (zip_of({"a.txt": b"bonjour"}), "« a.txt » n’est pas un PDF"),
        (zip_of({"a.pdf": b"MZ executable"}), "« a.pdf » n’est pas un PDF"),
        (zip_of({"a.zip": zip_of({"b.pdf": ONE})}), "ZIP dans le ZIP"),
        (zip_of({"../../etc/passwd.pdf": ONE}), "sortir du ZIP"),
        (zip_of({"/srv/a.pdf": ONE}), "sortir du ZIP"),
        (zip_of({"..\\..\\a.pdf": ONE}), "sortir du ZIP"),
        (zip_of({"C:\\a.pdf": ONE}), "sortir du ZIP"),
        (zip_of({"a.pdf": b"%PDF-" + b"0" * 30_000_000}), "trop gros une fois ouvert"),
        (many(10_000), "plus de 300 fichiers"),
        (many(301), "plus de 300 fichiers"),
        (pdf_of(*[["x"]] * 301), "plus de 300 pages"),
        (zip_of({"a.pdf": pdf_of(*[["x"]] * 200), "b.pdf": pdf_of(*[["x"]] * 101)}), "plus de 300 pages"),
        (b"%PDF-" + b"0" * 25_000_000, "dépasse 25 Mo"),
    ],
    ids=range(22),
)  # fmt: skip
def test_a_file_that_cannot_be_taken_says_why(content, sentence):
    with pytest.raises(Refused, match=sentence) as refusal:
        split_slips(content, PEOPLE)
    assert refusal.value.field == "file"


def test_a_lie_about_sizes_stops_at_the_limit(monkeypatch):
    """The directory says 10 bytes; the bomb unfolds to 40 MB and is cut off."""
    bomb = bytearray(zip_of({"a.pdf": b"%PDF-" + b"0" * 40_000_000}))
    size = (40_000_005).to_bytes(4, "little")
    bomb = bomb.replace(size, (10).to_bytes(4, "little"))
    with pytest.raises(Refused):
        split_slips(bytes(bomb), PEOPLE)


def test_a_page_that_unfolds_without_end_is_refused():
    heavy = pdf_of(["SARR Amina"] * 600_000)
    with pytest.raises(Refused, match="trop lourde"):
        split_slips(heavy, PEOPLE)


def test_it_stops_when_its_time_is_over(monkeypatch):
    monkeypatch.setattr(splitting, "MOST_SECONDS", -1.0)
    with pytest.raises(Refused, match="trop long à lire"):
        split_slips(BOTH, PEOPLE)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_that_unfolds_without_bound_is_refused(method):
    """Some kilobytes of LZMA or bzip2 are gigabytes; zipfile unfolds them before it cuts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("SARR.pdf", BOTH)
    with pytest.raises(Refused, match="compressé d’une façon rare"):
        split_slips(out.getvalue(), PEOPLE)


def test_weighing_a_page_stops_at_the_first_drawing_too_heavy():
    reader = PdfReader(io.BytesIO(pdf_of(["SARR"], shared=["x" * 5000] * 40)))
    page = reader.pages[0]
    unfolded = []
    forms = page["/Resources"]["/XObject"]
    for name in forms:
        form = forms[name]
        form.get_data = lambda form=form: unfolded.append(form) or bytes(form._data)
    assert weight_of(page, 4000, set()) > 4000 and len(unfolded) == 1
    assert weight_of(page, 10**6, set()) > 40 * 5000


def test_drawings_inside_drawings_weigh_too():
    reader = PdfReader(io.BytesIO(pdf_of(["SARR"], shared=["x", "y" * 9000])))
    page = reader.pages[0]
    forms = page["/Resources"]["/XObject"]
    outer, inner = forms["/X0"], forms.raw_get("/X1")
    outer["/Resources"][NameObject("/XObject")] = DictionaryObject({NameObject("/Y"): inner})
    del forms["/X1"]
    assert weight_of(page, 10**6, set()) > 9000


@pytest.mark.parametrize("where", [b"<< /Type /Page ", b"<< /Type /Catalog "])
def test_a_broken_pdf_leaves_none_of_its_words_in_the_log(caplog, where):
    """pypdf quotes what it could not read, in its errors and in its own log."""
    with pytest.raises(Refused):
        split_slips(BOTH.replace(where, b"(SARR Amina) zSARR "), PEOPLE)
    assert "SARR" not in caplog.text


def test_many_light_pages_do_not_unfold_to_gigabytes(monkeypatch):
    """Each drawing weighs once, however many pages hold it; all of them have one bound."""
    monkeypatch.setattr(splitting, "MOST_UNFOLDED", 60_000)
    shared = pdf_of(*[slip_lines("SARR Amina")] * 6, shared=["x" * 9000] * 6)
    assert split_slips(shared, PEOPLE)[0].last_page == 6
    with pytest.raises(Refused, match="trop lourde"):
        split_slips(pdf_of(*[["SARR", "y" * 9000]] * 8), PEOPLE)
