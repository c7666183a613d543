"""Slips as another payroll software makes them: plain PDFs drawn here, and hostile ones."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from documents.engine.render import html_to_pdf


def pdf_of(*pages: Sequence[str], shared: Sequence[str] = ()) -> bytes:
    """A PDF of text lines, one page each, as small as the format allows.

    `shared`: lines drawn by reusable drawings X0, X1…, all of them in the resources of each page,
    which draws its own one only.
    """
    forms = range(len(shared))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    first_form = len(objects) + 1
    objects += [_stream(_drawn([shared[n]]), b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] "
                        b"/Resources << /Font << /F1 3 0 R >> >>") for n in forms]  # fmt: skip
    names = b" ".join(b"/X%d %d 0 R" % (n, first_form + n) for n in forms)
    kids = []
    for number, lines in enumerate(pages):
        drawing = _drawn(lines) + (b"\n/X%d Do" % number if number < len(shared) else b"")
        objects.append(_stream(drawing))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources "
            b"<< /Font << /F1 3 0 R >> /XObject << %s >> >> >>" % (len(objects), names)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _assembled(objects)


def _drawn(lines: Sequence[str]) -> bytes:
    shown = [
        line.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
        for line in lines
    ]
    text = b"\n".join(b"(%s) Tj 0 -16 Td" % line for line in shown)
    return b"BT /F1 11 Tf 60 780 Td\n%s\nET" % text


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def _assembled(objects: Sequence[bytes]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))  # fmt: skip
    return out.getvalue()


def slip_lines(
    name: str, net: str = "249,52", cost: str = "410,42", month: str = "11/2026"
) -> list[str]:
    return [
        "LOGIPAIE - BULLETIN DE PAIE", f"Période : {month}", name, "Salaire brut 300,00",
        "Net à payer avant impôt sur le revenu 251,00", f"Net payé {net} €",
        f"Total versé par l’employeur {cost}",
    ]  # fmt: skip


def two_pages_each(*names: str) -> bytes:
    """As drawn by a browser engine: figures on the first page, leave and notices on the second."""
    pages = "".join(
        f"""<section><h1>Bulletin de paie</h1><p>Page 1/2</p><p>Mme {name}</p>
        <table><tr><td>Net payé</td><td>249,52 €</td></tr>
        <tr><td>Total versé par l’employeur</td><td>410,42</td></tr></table></section>
        <section><p>Page 2/2</p><p>Congés acquis : 2,08 jours</p></section>"""
        for name in names
    )
    return html_to_pdf(
        "<html lang='fr'><head><title>x</title><style>section{break-after:page}"
        f"section:last-child{{break-after:auto}}</style></head><body>{pages}</body></html>"
    )


def zip_of(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def armed(content: bytes) -> bytes:
    """The same pages with a script, an attachment, an opening action and a launching link."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.add_attachment("piege.exe", b"MZ")
    launch = DictionaryObject(
        {
            NameObject("/S"): NameObject("/Launch"),
            NameObject("/F"): TextStringObject("calc.exe"),
        }
    )
    script = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert('bonjour')"),
        }
    )
    writer.root_object[NameObject("/OpenAction")] = script
    for page in writer.pages:
        page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): launch})
        link = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Link"),
                NameObject("/A"): launch,
            }
        )
        page[NameObject("/Annots")] = ArrayObject([link])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def encrypted(content: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scanned() -> bytes:
    """A page that is a picture: nothing in it can be read."""
    picture = _stream(
        b"\xff\x00\x00\x00",
        b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceRGB "
        b"/BitsPerComponent 8",
    )
    return _assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
            picture,
            _stream(b"q 500 0 0 700 40 40 cm /Im0 Do Q"),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
            b"<< /XObject << /Im0 3 0 R >> >> >>",
        ]
    )
