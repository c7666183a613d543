"""A page written again with nothing but what draws it: no script, link, attachment or neighbour.

What comes from the host's software may hide an action; and its pages share one dictionary of drawings,
so that a page simply copied out would carry everybody else's.
"""

import io
import re
from typing import Any, cast

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

_DEEPEST = 12  # drawings inside drawings
_DRAWN = re.compile(rb"/([^\s/<>\[\]()%{}]+)\s+Do\b")
# A page keeps what draws it: no annotation, action, thread, structure, attachment or private data.
_PAGE_KEYS = ("/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group", "/Contents")
_RESOURCES = ("/Font", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/ProcSet")
_FOREIGN = (
    "/AF", "/OPI", "/Ref", "/PieceInfo", "/Metadata", "/StructParent", "/StructParents", "/F",
    "/FFilter", "/OC", "/Alternates", "/Measure", "/PtData", "/LastModified",
)  # fmt: skip
_ACTIVE = frozenset(
    ("/JS", "/JavaScript", "/OpenAction", "/EmbeddedFiles", "/EF", "/Launch", "/XFA", "/RichMedia")
)
_ACTS = frozenset((
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition",
    "/URI", "/Movie", "/Sound",
))  # fmt: skip


class Hostile(Exception):
    """Something active was still there after cleaning: the file is refused whole."""


def join_pieces(first: bytes, second: bytes) -> bytes:
    """Put the pages of two pieces of ours one after the other, in a new clean PDF."""
    readers = [PdfReader(io.BytesIO(first)), PdfReader(io.BytesIO(second))]
    writer = PdfWriter()
    for reader in readers:
        for page in reader.pages:
            writer.add_page(_bare(page))
    return _written(writer)


def clean_pages(reader: PdfReader, numbers: range) -> bytes:
    """Write these pages alone, with nothing but what draws them."""
    writer = PdfWriter()
    for number in numbers:
        writer.add_page(_bare(reader.pages[number]))
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    content = out.getvalue()
    _require_inert(content)
    return content


def _bare(page: Any) -> Any:
    """The page without annotations, actions, structure; and of its resources only what it draws.

    Software shares one dictionary of drawings between all pages: kept whole, each slip would carry
    the drawings of everybody else's.
    """
    drawn = drawing_of(page)
    for key in [key for key in page if key not in _PAGE_KEYS and key != "/Resources"]:
        del page[key]
    page[NameObject("/Resources")] = _needed(page.get("/Resources"), drawn, _DEEPEST)
    return page


def _needed(resources: Any, drawn: bytes, depth: int) -> DictionaryObject:
    kept = DictionaryObject()
    found = resources.get_object() if resources is not None else None
    if not isinstance(found, DictionaryObject):
        return kept
    for key in _RESOURCES:
        if key in found:
            kept[NameObject(key)] = found.raw_get(key)
    forms, inner = _forms(found), DictionaryObject()
    used = {f"/{match.decode('latin-1')}" for match in _DRAWN.findall(drawn)}
    for key in forms:
        if key in used:
            _strip(forms[key].get_object(), depth)
            inner[NameObject(key)] = forms.raw_get(key)
    if inner:
        kept[NameObject("/XObject")] = inner
    return kept


def _strip(form: Any, depth: int) -> None:
    """Of a drawing: drop references to files, private data; of its own drawings keep those it uses."""
    if not isinstance(form, StreamObject):
        return
    for key in _FOREIGN:
        if key in form:
            del form[key]
    if form.get("/Subtype") == "/Image" and form.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        form._data = bare_jpeg(form._data)
    if form.get("/Subtype") == "/Form" and "/Resources" in form:
        if depth == 0:
            raise Hostile
        form[NameObject("/Resources")] = _needed(form.get("/Resources"), form.get_data(), depth - 1)


def bare_jpeg(content: bytes) -> bytes:
    """A JPEG without EXIF, place, device or comment: the picture itself is untouched.

    Kept: what decoding needs (APP0, and APP14 for the colours). What cannot be followed comes back
    as it was up to there: a viewer stops at the same place.
    """
    if not content.startswith(b"\xff\xd8"):
        return content
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xDA:
        size = 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        marker = content[at + 1]
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):
            kept.append(content[at : at + size])
        at += size
    kept.append(content[at:])
    return b"".join(kept)


def drawing_of(page: Any) -> bytes:
    contents = page.get_contents()
    return cast(bytes, contents.get_data()) if contents is not None else b""


def weight_of(page: Any, most: int, seen: set[int]) -> int:
    """Bytes of what a page draws, unfolded, with the drawings its resources hold, at any depth.

    `seen`: the drawings of the file already weighed, which weigh once. Stops once above `most`: each
    drawing may unfold to 75 MB, and the library keeps it.
    """
    weight = len(drawing_of(page))
    waiting = [page.get("/Resources")]
    while waiting and weight <= most:
        for drawing in _forms(waiting.pop()).values():
            form = drawing.get_object()
            if id(form) in seen or not isinstance(form, StreamObject):
                continue
            seen.add(id(form))
            if form.get("/Subtype") == "/Form":
                weight += len(form.get_data())
                waiting.append(form.get("/Resources"))
            if weight > most:
                break
    return weight


def has_picture(page: Any) -> bool:
    return bool(_forms(page.get("/Resources"))) or b" BI" in drawing_of(page)


def _forms(resources: Any) -> DictionaryObject:
    found = resources.get_object() if resources is not None else None
    forms = found.get("/XObject") if isinstance(found, DictionaryObject) else None
    forms = forms.get_object() if forms is not None else None
    return forms if isinstance(forms, DictionaryObject) else DictionaryObject()


def _require_inert(content: bytes) -> None:
    """Read the written file again, object by object: nothing in it acts. Raises Hostile."""
    reader = PdfReader(io.BytesIO(content))
    seen: set[int] = set()
    waiting: list[Any] = [reader.trailer]
    while waiting:
        one = waiting.pop().get_object()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, DictionaryObject):
            if _ACTIVE & set(one) or one.get("/S") in _ACTS or _acts_by_itself(one):
                raise Hostile
            waiting.extend(one.raw_get(key) for key in one)
        elif isinstance(one, ArrayObject):
            waiting.extend(one)


def _acts_by_itself(one: DictionaryObject) -> bool:
    """/AA on a page, a field or the catalogue; a font may bear that name among resources."""
    return (
        "/AA" in one
        and one.get("/Type") in ("/Page", "/Catalog", "/Annot", "/Pages", None)
        and (isinstance(one["/AA"], DictionaryObject) and "/Type" not in one["/AA"])
    )
