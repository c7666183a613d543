"""Handing out a stored paper: as its own file name, never cached, never sniffed."""

from django.http import FileResponse

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
