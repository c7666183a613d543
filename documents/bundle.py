"""All the papers of one person in one ZIP, written while it is sent: nothing is built in memory."""

import datetime as dt
import zipfile
from collections.abc import Iterator, Sequence

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.exports import csv_of
from ct_platform.kit.zipping import ZipPipe
from documents.downloads import filename_of
from documents.models import Document

_CHUNK = 64 * 1024


def bundle_of(papers: Sequence[Document], *, day: dt.date) -> StreamingHttpResponse:
    """Send the PDFs under readable names, then a list of them to read and one for a spreadsheet."""
    response = StreamingHttpResponse(_stream(papers, day), content_type="application/zip")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="mes-papiers-{day.isoformat()}.zip"'
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _stream(papers: Sequence[Document], day: dt.date) -> Iterator[bytes]:
    pipe = ZipPipe()
    names = _names(papers)
    missing: set[int] = set()
    # Stored, not squeezed: a PDF is compressed already, and a small server has better to do.
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for paper, name in zip(papers, names, strict=True):
            try:
                source = paper.file.open("rb")
            except OSError:  # the list says so: the other papers still arrive
                missing.add(paper.pk)
                continue
            with source, archive.open(_entry(name, paper.issued_at), "w") as target:
                while chunk := source.read(_CHUNK):
                    target.write(chunk)
                    yield pipe.take()
            yield pipe.take()
        at = papers[-1].issued_at
        archive.writestr(_entry("LISEZ-MOI.txt", at), _to_read(papers, names, missing, day))
        archive.writestr(_entry("liste.csv", at), _as_table(papers, names, missing))
    yield pipe.take()


def _entry(name: str, at: dt.datetime) -> zipfile.ZipInfo:
    local = civil_day(at)
    return zipfile.ZipInfo(name, (local.year, local.month, local.day, 0, 0, 0))


def _names(papers: Sequence[Document]) -> list[str]:
    """One name each: two papers of one name are told apart by a number."""
    taken: dict[str, int] = {}
    names = []
    for paper in papers:
        name = filename_of(paper).replace("/", "-").replace("\\", "-")
        taken[name] = taken.get(name, 0) + 1
        stem, dot, suffix = name.rpartition(".")
        names.append(name if taken[name] == 1 else f"{stem}-{taken[name]}{dot}{suffix}")
    return names


def _to_read(
    papers: Sequence[Document], names: Sequence[str], missing: set[int], day: dt.date
) -> bytes:
    count = ngettext("%(n)s papier", "%(n)s papiers", len(papers)) % {"n": len(papers)}
    lines = [
        _("Mes papiers, le %(day)s : %(count)s.") % {"day": format_day(day), "count": count},
        _("Gardez vos bulletins toute votre vie : ils servent pour la retraite."),
        "",
    ]
    for paper, name in zip(papers, names, strict=True):
        lines.append(
            f"- {paper.title}, {paper.issuer_name}, {format_day(civil_day(paper.issued_at))}"
        )
        lines.append(f"  {_missing_words()}" if paper.pk in missing else f"  {name}")
        lines.append(f"  {_standing(paper)}")
    # A mark of order, so that the notepads of Windows read the accents.
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def _as_table(papers: Sequence[Document], names: Sequence[str], missing: set[int]) -> bytes:
    head = [
        _("Fichier"),
        _("Papier"),
        _("Numéro"),
        _("Émis par"),
        _("Émis le"),
        _("État"),
        "SHA-256",
    ]
    return csv_of(
        head,
        (
            [
                _missing_words() if paper.pk in missing else name,
                paper.title,
                paper.number,
                paper.issuer_name,
                civil_day(paper.issued_at),
                _standing(paper),
                paper.sha256,
            ]
            for paper, name in zip(papers, names, strict=True)
        ),
    )


def _missing_words() -> str:
    return _("fichier absent : demandez-le à la coordination")


def _standing(paper: Document) -> str:
    return {
        "valid": _("valable"),
        "replaced": _("remplacé par un autre"),
        "revoked": _("annulé"),
    }[paper.status]
