"""Every paper of a run in one ZIP, for the host's own vault. C. trav. L3243-4: its copy, five years.

Written while it is sent, one piece of one file at a time: a thousand papers take no more memory than
one. A paper whose bytes are not those that were issued breaks the download: half an archive is
noticed, a false one is not.
"""

import datetime as dt
import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from django.utils.text import slugify
from django.utils.translation import gettext as _

from ct_platform.kit.exports import csv_of
from ct_platform.kit.zipping import ZipPipe

_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Paper:
    """One drawn paper. `kind` and `status` in words; `open` gives its file."""

    kind: str
    name: str
    number: str
    code: str
    status: str
    issued_on: dt.date
    sha256: str
    size: int
    open: Callable[[], IO[bytes]]

    @property
    def path(self) -> str:
        # Slips and counter-slips are the papers that carry a number; the others, a folder a kind.
        folder = "bulletins" if self.number else slugify(self.kind)
        return f"{folder}/{slugify(self.name)}-{self.number or self.code[:8]}.pdf"


class DamagedPaper(RuntimeError):
    """The stored file of a paper is not what was issued."""


def archive(papers: Iterable[Paper], beside: Mapping[str, bytes] | None = None) -> Iterator[bytes]:
    """Yield the ZIP piece by piece: the papers, then manifest.csv, which names and hashes each.

    `beside`: small files put in before them, by name.

    Raises DamagedPaper on the way, so that the download stops short.
    """
    pipe, listed = ZipPipe(), []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive_:
        for name, content in (beside or {}).items():
            archive_.writestr(name, content)
        for paper in papers:
            listed.append(paper)
            entry = zipfile.ZipInfo(paper.path, (*paper.issued_on.timetuple()[:3], 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with paper.open() as source, archive_.open(entry, "w") as target:
                for piece in _checked(paper, source):
                    target.write(piece)
                    yield pipe.take()
        archive_.writestr("manifest.csv", manifest(listed))
    yield pipe.take()


def manifest(papers: Iterable[Paper]) -> bytes:
    header = [
        _("Fichier"), _("Nom"), _("Numéro"), _("Papier"), _("État"), _("Empreinte SHA-256"),
        _("Taille, en octets"), _("Code de vérification"), _("Émis le"),
    ]  # fmt: skip
    return csv_of(
        header,
        (
            [
                paper.path, paper.name, paper.number, paper.kind, paper.status, paper.sha256,
                paper.size, paper.code, paper.issued_on,
            ]
            for paper in papers
        ),
    )  # fmt: skip


def _checked(paper: Paper, source: IO[bytes]) -> Iterator[bytes]:
    digest = hashlib.sha256()
    while piece := source.read(_PIECE):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != paper.sha256:
        raise DamagedPaper(paper.path)
