"""Photos and PDFs of receipts: written again, or refused with a sentence."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageFile
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from ct_platform.kit import pictures
from ct_platform.kit.clean_pdf import bare_jpeg
from ct_platform.kit.errors import Refused

GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def photo(size=(60, 40), *, kind="JPEG", orientation=1, **more) -> bytes:
    """A photo as a phone writes it: where it was taken, by what, and which way up."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = "Telefon"
    exif.get_ifd(GPS).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)})
    out = io.BytesIO()
    picture.save(out, kind, exif=exif, **more)
    return out.getvalue()


def pdf(*, script: bool = False, picture: bytes = b"") -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    if script:
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {
                NameObject("/S"): NameObject("/JavaScript"),
                NameObject("/JS"): TextStringObject("app.alert('bonjour')"),
            }
        )
    if picture:
        drawn = DecodedStreamObject()
        drawn.set_data(picture)
        drawn.update({
            NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(60), NameObject("/Height"): NumberObject(40),
            NameObject("/ColorSpace"): NameObject("/DeviceRGB"),
            NameObject("/BitsPerComponent"): NumberObject(8),
            NameObject("/Filter"): NameObject("/DCTDecode"),
        })  # fmt: skip
        place = writer._add_object(drawn)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/XObject"): DictionaryObject({NameObject("/Im1"): place})}
        )
        content = DecodedStreamObject()
        content.set_data(b"q 60 0 0 40 0 0 cm /Im1 Do Q")
        page[NameObject("/Contents")] = writer._add_object(content)
        page[NameObject("/UserUnit")] = FloatObject(1)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_photo_loses_its_place_and_its_device():
    before = photo()
    assert b"Telefon" in before
    assert Image.open(io.BytesIO(before)).getexif().get_ifd(GPS)

    after, suffix = pictures.clean_proof(before, field="file")

    kept = Image.open(io.BytesIO(after))
    assert (suffix, kept.format, len(kept.getexif())) == ("jpg", "JPEG", 0)
    assert b"Telefon" not in after
    assert b"Exif" not in after


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_phone_formats_become_jpeg(kind):
    after, suffix = pictures.clean_proof(photo(kind=kind), field="file")

    assert (suffix, Image.open(io.BytesIO(after)).format) == ("jpg", "JPEG")
    assert b"Telefon" not in after


def test_a_photo_held_sideways_is_turned_upright():
    after, _suffix = pictures.clean_proof(photo((60, 40), orientation=6), field="file")

    assert Image.open(io.BytesIO(after)).size == (40, 60)


def test_a_large_photo_becomes_readable_and_light():
    after, _suffix = pictures.clean_proof(photo((4000, 3000)), field="file")

    assert Image.open(io.BytesIO(after)).size == (2000, 1500)
    assert len(after) < 200_000


def test_what_is_transparent_becomes_white_not_black():
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")

    after, _suffix = pictures.clean_proof(out.getvalue(), field="file")

    assert Image.open(io.BytesIO(after)).getpixel((10, 10)) == (255, 255, 255)


def bomb() -> bytes:
    """A PNG of some hundred bytes that says it is 30 000 pixels wide and high."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Ce fichier est vide."),
        (b"\xff\xd8\xff" + b"\0" * (40 * 1024 * 1024), "dépasse 15 Mo"),
        (bomb(), "bien trop grande"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "ni une photo"),
        (b"GIF89a" + b"\0" * 40, "ni une photo"),
        (b"MZ\x90\0 a program that says it is ticket.jpg", "ni une photo"),
        (photo((400, 400))[:900], "abîmée ou incomplète"),
        (photo((400, 400), kind="PNG")[:300], "abîmée ou incomplète"),
        (b"%PDF-1.7 and nothing more", "Ce PDF est abîmé"),
    ],
    ids=["empty", "40 MB", "bomb", "heic", "svg", "gif", "program", "cut jpeg", "cut png", "cut pdf"],
)  # fmt: skip
@pytest.mark.parametrize("papers_are_drawn", [False, True])
def test_what_is_not_a_receipt_is_refused_with_a_sentence(
    content, sentence, papers_are_drawn, monkeypatch
):
    # WeasyPrint asks the library, for the whole process, to accept files cut short.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", papers_are_drawn)
    with pytest.raises(Refused, match=sentence) as refusal:
        pictures.clean_proof(content, field="file")

    assert refusal.value.field == "file"


def test_a_pdf_keeps_its_page_and_loses_its_script():
    after, suffix = pictures.clean_proof(pdf(script=True), field="file")

    assert (suffix, len(PdfReader(io.BytesIO(after)).pages)) == ("pdf", 1)
    assert b"JavaScript" not in after


def test_a_photo_inside_a_pdf_loses_its_place_too():
    before = photo()
    assert b"Telefon" in pdf(picture=before)

    after, _suffix = pictures.clean_proof(pdf(picture=before), field="file")

    assert b"Telefon" not in after
    kept = PdfReader(io.BytesIO(after)).pages[0]["/Resources"]["/XObject"]["/Im1"]
    assert Image.open(io.BytesIO(kept._data)).size == (60, 40)


def test_a_pdf_of_many_pages_is_refused():
    writer = PdfWriter()
    for _number in range(pictures.MOST_PAGES + 1):
        writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)

    with pytest.raises(Refused, match="plus de 10 pages"):
        pictures.clean_proof(out.getvalue(), field="file")


def test_a_password_is_refused():
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)

    with pytest.raises(Refused, match="mot de passe"):
        pictures.clean_proof(out.getvalue(), field="file")


@pytest.mark.parametrize("content", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff\xff", b"not a jpeg"])
def test_stripping_a_jpeg_survives_anything(content):
    assert isinstance(bare_jpeg(content), bytes)
