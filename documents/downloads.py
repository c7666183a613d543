"""Handing out a stored paper: as its own file name, never cached, never sniffed."""

from django.http import FileResponse, HttpResponse

from ct_platform.kit.scans import TYPES
from documents import kinds
from documents.models import Document


def filename_of(document: Document) -> str:
    if document.kind not in kinds.codes():
        return f"papier-{document.pk}.pdf"
    return kinds.get(document.kind).filename(document.snapshot)


def file_of(document: Document, *, as_attachment: bool = False) -> FileResponse:
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=as_attachment,
        filename=filename_of(document),
        content_type="application/pdf",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def scan_of(content: bytes, *, name: str, suffix: str) -> HttpResponse:
    """A scan as it was received: always a download, never shown inside the site."""
    response = HttpResponse(content, content_type=TYPES.get(suffix, "application/octet-stream"))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
