"""The engine: HTML in, the same tagged PDF/A bytes out."""

import datetime as dt
import io
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
import time_machine
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from documents.engine import qr
from documents.engine.render import RenderRefused, html_to_pdf, rendering_key
from documents.services.render import frame_of, render_transient
from tests.documents.samples import SNAPSHOT, context

ROOT = Path(__file__).parents[2]
CODE = "4000000000000APN59HKNHY2PJ"
WHOLE = {
    **SNAPSHOT,
    "paper": {
        "kind": "Papier d’essai",
        "title": "Bulletin d’essai, octobre 2026",
        "number": "2026-R-00041",
        "issuer": "Coopérative Le Ferment",
        "subject": "Amina Sarr",
        "issued_on": "2026-11-13",
    },
    "check": {"code": CODE, "url": f"https://coop.exemple.fr/verifier/{CODE}/"},
}


def draw(snapshot=WHOLE) -> bytes:
    return render_transient("pdf/sample.html", {**context(snapshot), **frame_of(snapshot)})


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def page(body: str) -> str:
    return f'<html lang="fr"><head><title>Essai</title></head><body>{body}</body></html>'


@pytest.fixture(scope="module")
def sample() -> bytes:
    """Drawn once for the tests that only look; settings of the sample kind are per test."""
    return subprocess.run(
        [sys.executable, "-c", _IN_ANOTHER_PROCESS],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1"},
        check=True,
        capture_output=True,
    ).stdout


_IN_ANOTHER_PROCESS = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "ct_platform.settings.test"
import django
django.setup()
from django.conf import settings
settings.TEMPLATES[0]["DIRS"].append("tests/documents/templates")
from tests.documents.test_render_engine import draw
sys.stdout.buffer.write(draw())
"""


def test_it_prints_everything_the_snapshot_says_in_reading_order(sample):
    text = " ".join(read(sample).pages[0].extract_text().split())
    expected = [
        "Bulletin d’essai, octobre 2026",
        "Coopérative Le Ferment",
        "Amina Sarr",
        "13 novembre 2026, par virement",
        "Cotisation ou contribution n° 1, Ÿvelines",
        "Cotisation ou contribution n° 23, Ÿvelines",
        "MONTANT NET À PAYER",
        "5 991,60 €",
        "4000-0000-0000-0APN-59HK-NHY2-PJ",
    ]
    places = [text.find(words) for words in expected]
    assert -1 not in places
    assert places == sorted(places)


def test_it_says_which_page_of_how_many_and_keeps_to_one(sample):
    reader = read(sample)
    assert len(reader.pages) == 1
    assert "page 1 sur 1" in reader.pages[0].extract_text()
    assert "2026-R-00041 · Amina Sarr" in reader.pages[0].extract_text()


def test_it_is_tagged_french_and_declares_pdf_a_3a(sample):
    catalog = read(sample).trailer["/Root"]
    assert catalog["/Lang"] == "fr"
    assert catalog["/MarkInfo"]["/Marked"]
    xmp = catalog["/Metadata"].get_data().decode()
    assert 'part="3"' in xmp
    assert 'conformance="A"' in xmp
    tags = _tags(catalog["/StructTreeRoot"])
    assert {"/H1", "/Table", "/TH", "/TD", "/Caption", "/Figure", "/Link"} <= tags


def _tags(node: DictionaryObject) -> set[str]:
    found = {node["/S"]} if "/S" in node else set()
    for child in node.get("/K", []) if isinstance(node.get("/K", []), list) else [node["/K"]]:
        resolved = child.get_object()
        if isinstance(resolved, DictionaryObject):
            found |= _tags(resolved)
    return found


def test_it_names_the_headers_of_each_cell(sample):
    root = read(sample).trailer["/Root"]["/StructTreeRoot"]
    cells = []

    def walk(node):
        if isinstance(node, DictionaryObject):
            if node.get("/S") == "/TD" and "/A" in node:
                cells.append(node["/A"])
            kids = node.get("/K", [])
            for child in kids if isinstance(kids, list) else [kids]:
                walk(child.get_object())

    walk(root)
    assert cells
    assert sum("/Headers" in attributes for attributes in cells) > 100


def test_it_uses_our_fonts_only_and_embeds_them(sample):
    names = set()
    for font in read(sample).pages[0]["/Resources"]["/Font"].values():
        described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in described
        names.add(str(described["/FontName"]).split("+")[-1])
    assert all(name.startswith(("Inter", "Titres")) for name in names), names
    assert any(name.startswith("Titres") for name in names)


def test_it_writes_names_from_far_with_our_own_letters():
    names = "Łukasz Şahin Đorđević Ștefănescu Nguyễn Ğülşen Žižek Ÿ\u202f€ 1\u00a0000"
    content = html_to_pdf(page(f"<h1>Noms</h1><p>{names}</p>"))
    fonts_used = {
        str(f.get_object()["/BaseFont"])
        for f in read(content).pages[0]["/Resources"]["/Font"].values()
    }
    assert not [name for name in fonts_used if "DejaVu" in name]


def test_it_dates_from_the_snapshot_never_from_now(sample):
    information = read(sample).metadata
    assert information["/CreationDate"].startswith("D:20261113")
    assert information["/Keywords"] == f"ct-papier:{CODE}"
    assert information["/Author"] == "Coopérative Le Ferment"


def test_it_gives_the_same_bytes_in_two_processes_whatever_their_zone_and_seed(sample):
    assert draw() == sample


def test_it_gives_the_same_bytes_after_other_papers():
    first = draw()
    html_to_pdf(page("<h1>Autre</h1><p>Zoé Ÿ 123</p>"))
    assert draw() == first


def test_it_changes_its_key_with_anything_the_bytes_depend_on():
    def key(**changes):
        given = {"kind": "sample", "template_version": "1", "snapshot": {"a": 1, "b": 2}}
        return rendering_key(**{**given, **changes})

    assert key() == key(snapshot={"b": 2, "a": 1})
    others = [
        key(kind="other"),
        key(template_version="2"),
        key(snapshot={"a": 1, "b": 3}),
    ]
    assert len({key(), *others}) == 4


def test_it_refuses_an_image_without_its_words():
    with pytest.raises(RenderRefused, match="alt"):
        html_to_pdf(page('<h1>a</h1><img src="asset:mark.svg">'))


def test_it_refuses_an_asset_that_does_not_exist():
    with pytest.raises(RenderRefused, match="asset:absent"):
        html_to_pdf(page('<h1>a</h1><img src="asset:absent.svg" alt="x">'))


def test_it_refuses_a_page_without_its_language():
    with pytest.raises(RenderRefused, match="lang"):
        html_to_pdf("<html><head><title>a</title></head><body><h1>a</h1></body></html>")


def test_it_refuses_an_endless_page():
    with pytest.raises(RenderRefused, match="characters"):
        html_to_pdf(page("a" * 2_000_001))


def test_it_draws_the_next_paper_after_a_refusal():
    with pytest.raises(RenderRefused):
        html_to_pdf(page('<img src="file:///etc/hostname" alt="x">'))
    assert html_to_pdf(page("<h1>Suite</h1>")).startswith(b"%PDF-1.7")


def test_it_leaves_the_logger_as_it_found_it():
    before = list(logging.getLogger("weasyprint").handlers)
    html_to_pdf(page("<h1>a</h1>"))
    assert logging.getLogger("weasyprint").handlers == before


def test_it_draws_a_code_that_says_the_address_the_same_way_each_time():
    assert qr.png_src("https://coop.exemple.fr/a") == qr.png_src("https://coop.exemple.fr/a")
    assert qr.png_src("https://coop.exemple.fr/a").startswith("data:image/png;base64,")
    with pytest.raises(ValueError, match="300"):
        qr.png_src("a" * 301)


def test_it_is_not_imported_by_django_itself():
    """A web process that draws nothing must not pay a second and 60 MB for it."""
    code = (
        "import django, os, sys;"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'ct_platform.settings.test';"
        "django.setup();"
        "sys.exit('weasyprint' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


FIGURES = {"chiffres.json": b'{"net":"249,52"}', "autres.json": b"{}"}
DAY = dt.date(2026, 11, 13)


def test_it_embeds_data_once_related_to_the_paper_and_dated_like_it():
    catalog = read(html_to_pdf(page("<h1>a</h1>"), FIGURES, DAY)).trailer["/Root"]
    names = catalog["/Names"]["/EmbeddedFiles"]["/Names"]
    assert [str(name) for name in names[::2]] == ["autres.json", "chiffres.json"]
    related = [one.get_object() for one in catalog["/AF"]]
    assert [str(one["/UF"]) for one in related] == ["autres.json", "chiffres.json"]
    assert {str(one["/AFRelationship"]) for one in related} == {"/Data"}
    stream = related[1]["/EF"]["/F"]
    assert stream.get_data() == FIGURES["chiffres.json"]
    assert stream["/Subtype"] == "/application/json"
    assert {stream["/Params"]["/CreationDate"], stream["/Params"]["/ModDate"]} == {
        "D:20261113000000Z"
    }


def test_it_gives_the_same_bytes_with_its_data_at_another_hour():
    first = html_to_pdf(page("<h1>a</h1>"), FIGURES, DAY)
    with time_machine.travel(dt.datetime(2031, 5, 1, tzinfo=dt.UTC)):
        assert html_to_pdf(page("<h1>a</h1>"), dict(reversed(FIGURES.items())), DAY) == first


def test_it_embeds_nothing_without_a_date():
    with pytest.raises(ValueError, match="date"):
        html_to_pdf(page("<h1>a</h1>"), FIGURES)


def test_its_key_changes_with_the_data_it_embeds():
    def key(files):
        return rendering_key(kind="sample", template_version="1", snapshot={}, files=files)

    assert len({key({}), key({"a.json": b"1"}), key({"a.json": b"2"}), key({"b.json": b"1"})}) == 4
