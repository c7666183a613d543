"""A file of the host's payroll software, opened with care: its pages read, cut apart, cleaned.

Hostile until proved otherwise. Nothing is executed or written to a disk here, and no database is
touched: the caller stores what comes back. Sizes and counts are bounded before anything unfolds.
"""

import io
import logging
import re
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader

from ct_platform.kit.clean_pdf import Hostile, clean_pages, has_picture, weight_of
from ct_platform.kit.errors import Refused
from payroll.rules.matching import NONE, Candidate, Match, match_name, match_page
from payroll.rules.reading import Figures, PageText, SlipPages, group_pages, read_figures

MOST_BYTES = 25_000_000  # of the file handed in, and of each PDF inside
MOST_UNZIPPED = 60_000_000
MOST_FILES = 300
MOST_PAGES = 300
MOST_SECONDS = 90.0
MOST_PAGE_BYTES = 8_000_000  # of one page's drawing, unfolded
MOST_UNFOLDED = 200_000_000  # of the drawings of every page, which the library keeps in memory
MOST_LINES = 2_000
MOST_LINE = 300
_LITTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_ZIP, _PDF = b"PK\x03\x04", b"%PDF-"
_ENTRY = b"PK\x01\x02"
# zipfile bounds what these two unfold; of bzip2 and LZMA it unfolds everything before it cuts.
_BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


logger = logging.getLogger(__name__)


class _Locked(Exception):
    """The file asks for a password."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One slip cut out of a file: clean bytes, where it stood, whose it seems, what it says."""

    source: str  # the file inside the ZIP; empty for a single PDF
    first_page: int
    last_page: int
    content: bytes
    match: Match
    figures: Figures


@dataclass(slots=True)
class _Budget:
    """One upload has so many pages and so many seconds, whatever number of files it is made of."""

    pages: int = 0
    unfolded: int = 0
    until: float = field(default_factory=lambda: time.perf_counter() + MOST_SECONDS)

    def spend(self, pages: int) -> None:
        self.pages += pages
        if self.pages > MOST_PAGES:
            raise Refused(
                _("Ce fichier a plus de %(most)s pages. Déposez-le en plusieurs fois.")
                % {"most": MOST_PAGES},
                field="file",
            )

    def unfold(self, weight: int) -> None:
        self.unfolded += weight
        if weight > MOST_PAGE_BYTES or self.unfolded > MOST_UNFOLDED:
            raise Refused(_("Une page de ce PDF est bien trop lourde."), field="file")

    def check_time(self) -> None:
        if time.perf_counter() > self.until:
            raise Refused(
                _("Ce fichier est trop long à lire. Déposez-le en plusieurs fois."), field="file"
            )


def split_slips(
    content: bytes, people: Sequence[Candidate], not_people: Sequence[str] = ()
) -> list[Piece]:
    """Cut a PDF, or a ZIP of PDFs, into one clean PDF a slip, each matched with a person.

    Call it outside any transaction: some 20 ms a page. Raises Refused with a sentence: too big, too
    many files or pages, not a PDF or a ZIP, encrypted, damaged, nested, hostile.
    """
    if len(content) > MOST_BYTES:
        raise too_big()
    budget = _Budget()
    pieces = [
        piece
        for name, pdf in _files(content)
        for piece in _cut(name, pdf, people, not_people, budget)
    ]
    if not pieces:
        raise Refused(_("Ce fichier ne contient aucune page."), field="file")
    return pieces


def too_big() -> Refused:
    return Refused(_("Ce fichier dépasse 25 Mo. Déposez-le en plusieurs fois."), field="file")


def _files(content: bytes) -> Iterator[tuple[str, bytes]]:
    """(name inside the ZIP, bytes) of each PDF; a single PDF has no name."""
    if content.startswith(_ZIP):
        yield from _unzipped(content)
    elif content.startswith(_PDF):
        yield "", content
    else:
        raise Refused(_("Ce fichier n’est ni un PDF ni un ZIP."), field="file")


def _unzipped(content: bytes) -> Iterator[tuple[str, bytes]]:
    # Counted before the directory is read: half a million entries fit in 25 MB, and weigh far more.
    if content.count(_ENTRY) > MOST_FILES * 2:
        raise _too_many_files()
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Refused(
            _("Ce ZIP est abîmé : il ne s’ouvre pas. Refaites-le."), field="file"
        ) from error
    entries = [entry for entry in entries if not _LITTER.search(entry.filename)]
    if len(entries) > MOST_FILES:
        raise _too_many_files()
    left = MOST_UNZIPPED
    for entry in sorted(entries, key=lambda one: one.filename):
        pdf = _read_entry(archive, entry, min(left, MOST_BYTES))
        left -= len(pdf)
        yield _short(entry.filename), pdf


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """Read one file, never more than `most` bytes whatever the directory claims."""
    named = {"name": _short(entry.filename)}
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in entry.filename or "\0" in entry.filename:
        raise Refused(
            _("« %(name)s » : ce nom de fichier cherche à sortir du ZIP. Rien n’a été gardé.")
            % named,
            field="file",
        )
    if entry.flag_bits & 0x1:
        raise Refused(
            _("« %(name)s » est protégé par un mot de passe. Refaites le ZIP sans mot de passe.")
            % named,
            field="file",
        )
    if entry.compress_type not in _BOUNDED:
        raise Refused(
            _("« %(name)s » est compressé d’une façon rare. Refaites le ZIP avec votre ordinateur.")
            % named,
            field="file",
        )
    too_big = Refused(
        _("« %(name)s » est trop gros une fois ouvert. Déposez ces bulletins en plusieurs fois.")
        % named,
        field="file",
    )
    if entry.file_size > most:
        raise too_big
    try:
        with archive.open(entry) as file:
            pdf = file.read(most + 1)
    except Exception as error:  # zipfile raises a dozen kinds on a broken or odd entry
        raise Refused(
            _("« %(name)s » ne peut pas être lu : le ZIP est abîmé.") % named, field="file"
        ) from error
    if len(pdf) > most:
        raise too_big
    if pdf.startswith(_ZIP):
        raise Refused(
            _("« %(name)s » est un ZIP dans le ZIP. Mettez les PDF directement dans le ZIP.")
            % named,
            field="file",
        )
    if not pdf.startswith(_PDF):
        raise Refused(_("« %(name)s » n’est pas un PDF. Ôtez-le du ZIP.") % named, field="file")
    return pdf


def _too_many_files() -> Refused:
    return Refused(
        _("Ce ZIP contient plus de %(most)s fichiers. Déposez-le en plusieurs fois.")
        % {"most": MOST_FILES},
        field="file",
    )


def _short(name: str) -> str:
    """The last part of a name, as people see it: 140 characters at most, nothing unprintable."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(char for char in last if char.isprintable())[:140]


def _cut(
    name: str,
    pdf: bytes,
    people: Sequence[Candidate],
    not_people: Sequence[str],
    budget: _Budget,
) -> list[Piece]:
    with _opening(name):
        reader = PdfReader(io.BytesIO(pdf), strict=False)
        if reader.is_encrypted:
            raise _Locked
        budget.spend(len(reader.pages))
        weighed: set[int] = set()
        pages = [_read(page, budget, weighed) for page in reader.pages]
    slips = group_pages(
        pages, [_match(page, name, len(pages), people, not_people) for page in pages]
    )
    figures = [_figures(pages[slip.first - 1 : slip.last]) for slip in slips]
    with _opening(name):
        return [
            _piece(name, reader, slip, read, budget)
            for slip, read in zip(slips, figures, strict=True)
        ]


@contextmanager
def _opening(name: str) -> Iterator[None]:
    """Turn whatever a broken or hostile PDF makes the library raise into one sentence."""
    told = f"« {name} » : " if name else ""
    try:
        yield
    except Refused:
        raise
    except _Locked as error:
        sentence = _("Ce PDF est protégé par un mot de passe. Enregistrez-le sans mot de passe.")
        raise Refused(told + sentence, field="file") from error
    except Hostile as error:
        sentence = _("Ce PDF cache un programme ou un fichier. Imprimez-le en PDF à nouveau.")
        raise Refused(told + sentence, field="file") from error
    except Exception as error:  # pypdf raises anything on a broken file, RecursionError included
        # Its kind alone: the library quotes the file, which is somebody's pay.
        logger.warning("a PDF could not be opened: %s", type(error).__name__)
        sentence = _("Ce PDF est abîmé : il ne s’ouvre pas.")
        raise Refused(told + sentence, field="file") from error


def _read(page: Any, budget: _Budget, weighed: set[int]) -> PageText:
    budget.check_time()
    budget.unfold(weight_of(page, MOST_PAGE_BYTES, weighed))
    text = page.extract_text() or ""
    lines = [" ".join(line.split())[:MOST_LINE] for line in text.splitlines()[:MOST_LINES]]
    return PageText(tuple(line for line in lines if line), has_picture(page))


def _match(
    page: PageText,
    name: str,
    count: int,
    people: Sequence[Candidate],
    not_people: Sequence[str],
) -> Match:
    if page.lines:
        return match_page(page.lines, people, not_people)
    by_name = match_name(name, people) if name and count == 1 else None
    if by_name and by_name.kind != NONE:
        return by_name
    return Match(NONE, None, _("aucun texte : choisissez la personne à la main"))


def _figures(pages: Sequence[PageText]) -> Figures:
    """What a slip says; totals stand at its end, so its last page speaks first."""
    figures = Figures()
    for page in reversed(pages):
        figures = figures.or_else(read_figures(page.lines))
    return figures


def _piece(
    name: str, reader: PdfReader, slip: SlipPages, figures: Figures, budget: _Budget
) -> Piece:
    budget.check_time()
    return Piece(
        source=name,
        first_page=slip.first,
        last_page=slip.last,
        content=clean_pages(reader, range(slip.first - 1, slip.last)),
        match=slip.match,
        figures=figures,
    )
