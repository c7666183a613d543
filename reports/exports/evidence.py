"""The list of proofs as a workbook, and as an archive with the papers themselves."""

import datetime as dt
import io
from collections.abc import Iterator, Sequence

import xlsxwriter
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.exports import Cell, write_table
from documents import kinds
from documents.models import Document
from payroll.exports.archive import Paper, archive
from reports.exports.xlsx import Workbook
from reports.selectors.evidence import Evidence

Rows = tuple[list[str], list[list[Cell]]]


def workbook(
    name: str,
    cohorts: Sequence[Cohort],
    evidence: Evidence,
    papers: Sequence[Document],
    day: dt.date,
) -> Workbook:
    """Three sheets: the list, who lacks what, the papers with their fingerprints."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    # Else the library reads the clock.
    book.set_properties(
        {"title": _("Liste des preuves"), "created": dt.datetime.combine(day, dt.time())}
    )
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "amount": book.add_format({"num_format": "# ##0.00"}),
    }
    for title, widths, (header, rows) in (
        (_("Liste"), (36, 60, 12, 12, 12, 40), _list(cohorts, evidence, day)),
        (_("Personnes"), (30, 24, 14, 14, 60), _people(evidence)),
        (_("Papiers"), (30, 50, 18, 14, 14, 30, 66), _papers(papers)),
    ):
        page = book.add_worksheet(title)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.freeze_panes(1, 0)
        write_table(page, header, rows, formats)
    book.close()
    return Workbook(f"preuves-{name}-{day.isoformat()}.xlsx", file.getvalue())


def _list(cohorts: Sequence[Cohort], evidence: Evidence, day: dt.date) -> Rows:
    header = [_("Preuve"), _("Laquelle"), _("Il y en a"), _("Il en faut"), _("Manque"), _("Où")]
    rows: list[list[Cell]] = [
        [
            str(one.proof.label), str(one.proof.text), one.there, one.asked, one.missing,
            ", ".join(f"{door.cohort.name} ({door.missing})" for door in one.doors),
        ]
        for one in evidence.items
    ]  # fmt: skip
    kept = evidence.keep_until
    rows += [
        [],
        [_("Cohortes"), ", ".join(one.name for one in cohorts)],
        [_("Compté le"), format_day(day)],
        [_("À garder jusqu’au"), format_day(kept) if kept else _("pas de versement encore")],
    ]
    return header, rows


def _people(evidence: Evidence) -> Rows:
    header = [_("Personne"), _("Cohorte"), _("Entrée le"), _("Sortie le"), _("Il manque")]
    return header, [
        [
            one.first.person.civil_name, one.first.enrolment.cohort.name, one.first.entered_on,
            one.participation.left_on,
            ", ".join(
                [
                    *one.first.missing_words,
                    *([] if one.first.is_signed else [_("questionnaire signé")]),
                    *([_("situation de sortie")] if one.participation.left_on and one.last.exit is None else []),
                ]
            ),
        ]
        for one in evidence.people
    ]  # fmt: skip


def _papers(papers: Sequence[Document]) -> Rows:
    header = [
        _("Papier"), _("Titre"), _("Numéro"), _("Émis le"), _("Emblème"), _("Code de vérification"),
        "SHA-256",
    ]  # fmt: skip
    return header, [
        [
            _kind(one), one.title, one.number, civil_day(one.issued_at),
            _("oui") if says_emblem(one.snapshot) else "", one.code, one.sha256,
        ]
        for one in papers
    ]  # fmt: skip


def says_emblem(snapshot: dict[str, object]) -> bool:
    figures = snapshot.get("figures")
    inner = figures.get("eu") if isinstance(figures, dict) else False
    return bool(snapshot.get("eu") or inner)


def _kind(one: Document) -> str:
    return kinds.get(one.kind).label if one.kind in kinds.codes() else one.kind


def bundle(book: Workbook, papers: Sequence[Document]) -> Iterator[bytes]:
    """The papers a coordination may open, the list, and a manifest with fingerprints; piece by piece."""
    return archive(
        [
            Paper(
                kind=_kind(one),
                name=f"{one.title} {one.number}".strip(),
                number="",
                code=one.code,
                status=str(one.get_status_display()),
                issued_on=civil_day(one.issued_at),
                sha256=one.sha256,
                size=one.size,
                open=lambda one=one: one.file.open("rb"),  # type: ignore[misc]
            )
            for one in papers
        ],
        beside={book.filename: book.content},
    )
