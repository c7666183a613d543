"""The stored texts of the slips, and the command that writes them afresh.

    DJANGO_SETTINGS_MODULE=ct_platform.settings.test python -m tests.payroll.golden_slips

Run it after a wanted change of wording or layout, raise TEMPLATE_VERSION, and read the difference
(and the pages themselves: text does not show what is cramped).
"""

import hashlib
import io
import json
from pathlib import Path

from pypdf import PdfReader

from documents.engine import fonts
from documents.engine.render import engine_versions

GOLDEN = Path(__file__).parent / "golden"
HASHES = GOLDEN / "sha256.json"


def text_of(pdf: bytes) -> str:
    """The number of pages, then each page as it is laid out, one line a line."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    words = [page.extract_text(extraction_mode="layout").replace("\xa0", " ") for page in pages]
    lines = [line.rstrip() for text in words for line in text.splitlines()]
    return "\n".join([f"pages: {len(pages)}", *(line for line in lines if line)]) + "\n"


def versions() -> str:
    """What the bytes depend on besides our own templates and stylesheet."""
    faces = hashlib.sha256()
    for name, asset in sorted(fonts.assets().items()):
        faces.update(name.encode() + asset.content)
    return f"{engine_versions()} faces {faces.hexdigest()[:16]}"


def write() -> None:
    from documents.services.render import draw  # models load once Django is set up
    from tests.payroll.slip_cases import CASES, document_of

    hashes = {}
    for name, case in CASES.items():
        pdf = draw(document_of(case))
        (GOLDEN / f"{name}.txt").write_text(text_of(pdf), encoding="utf-8")
        hashes[name] = hashlib.sha256(pdf).hexdigest()
    HASHES.write_text(json.dumps({versions(): hashes}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    import django

    django.setup()
    write()
