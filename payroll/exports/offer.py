"""The files of a run: what each is for, from which step on it exists, and how it is made.

All are the host's alone. A coordinator reads the run on its page; each of these shows more: a tax
(journal, entries, DSN), an address and a birth date (variables), or the slips themselves.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import euros
from documents import kinds
from documents.models import Document
from payroll.enums import PayRunState
from payroll.exports.archive import Paper, archive
from payroll.exports.dsn import dsn
from payroll.exports.fec import ENCODING, fec
from payroll.exports.handover import handover_csv, handover_xlsx
from payroll.exports.journal import journal
from payroll.exports.workbook import XLSX
from payroll.models import PayRun
from payroll.selectors.books import books_of
from payroll.selectors.exports import Summary, Taken, last_taken, papers_of, summary_of
from payroll.selectors.variables import variables_of

CSV, TEXT, ZIP = "text/csv; charset=utf-8", f"text/plain; charset={ENCODING}", "application/zip"
Pieces = Iterable[bytes]


@dataclass(frozen=True, slots=True)
class _File:
    """`stem` and `suffix` make the name; `needs_issue`: made from an issued run, not an estimate.

    `of_our_slips`: reads the lines of slips made here, which a host's own software does not give us.
    """

    stem: str
    suffix: str
    content_type: str
    needs_issue: bool
    make: Callable[[PayRun, Actor], Pieces]
    of_our_slips: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A file ready to send, piece by piece."""

    filename: str
    content_type: str
    pieces: Pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One file on the page. `why_not`: the sentence shown instead of its button."""

    code: str
    icon: str
    title: str
    purpose: str
    content: str
    why_not: str
    taken: Taken | None


def _papers(run: PayRun, actor: Actor) -> Pieces:
    documents = list(papers_of(run, actor))
    _require_drawn(documents)
    return archive([_paper(document) for document in documents])


_FILES = {
    "journal": _File("journal-de-paie", "xlsx", XLSX, True, lambda run, _a: [journal(books_of(run))], True),
    "ecritures": _File("ecritures-de-paie", "txt", TEXT, True, lambda run, _a: [fec(books_of(run))], True),
    "dsn": _File("indications-dsn", "xlsx", XLSX, True, lambda run, _a: [dsn(books_of(run))], True),
    "papiers": _File("papiers", "zip", ZIP, True, _papers),
    "variables": _File(
        "variables-de-paie", "xlsx", XLSX, False,
        lambda run, _a: [handover_xlsx(run, variables_of(run))],
    ),
    "variables-csv": _File(
        "variables-de-paie", "csv", CSV, False,
        lambda run, _a: [handover_csv(run, variables_of(run))],
    ),
}  # fmt: skip
CODES = tuple(_FILES)


def make(run: PayRun, code: str, actor: Actor) -> Made:
    """Make one file. Raises KeyError for another code; Refused when the run is not that far, or
    its papers are still being drawn; UnbalancedEntry when a sum does not come back.
    """
    file = _FILES[code]
    sentence = _too_early(run, file)
    if sentence:
        raise Refused(sentence)
    name = f"{file.stem}-{slugify(run.cohort.name)}-{run.month:%Y-%m}.{file.suffix}"
    return Made(name, file.content_type, file.make(run, actor))


def offers(run: PayRun, actor: Actor) -> Iterator[Offer]:
    """Every file, in the order they are used. Costs five queries."""
    summary, taken = summary_of(run, actor), last_taken(run)
    for code, icon, title, purpose in _words():
        why_not = _too_early(run, _FILES[code])
        if code == "papiers" and not why_not and not summary.papers_ready:
            why_not = _still_drawn(summary.papers_drawn, summary.papers)
        yield Offer(
            code=code,
            icon=icon,
            title=title,
            purpose=purpose,
            content="" if why_not else _content(code, run, summary),
            why_not=why_not,
            taken=taken.get(code),
        )


def _words() -> list[tuple[str, str, str, str]]:
    return [
        ("journal", "paie", _("Journal de paie"),
         _("Pour votre comptable : chaque bulletin, chaque cotisation, et les totaux contrôlés (XLSX).")),
        ("ecritures", "cagnotte", _("Écritures comptables"),
         _("À importer dans votre comptabilité : les 18 colonnes du FEC, équilibrées au centime.")),
        ("dsn", "lettre", _("Indications pour la DSN"),
         _("Pour la personne qui déclare : nature des contrats, impôt, cotisations additionnées (XLSX).")),
        ("variables", "horloge", _("Variables de paie, classeur"),
         _("Pour votre logiciel de paie : contrat, heures et part de chaque personne (XLSX).")),
        ("variables-csv", "horloge", _("Variables de paie, CSV"),
         _("Les mêmes variables, pour un logiciel qui importe un fichier CSV.")),
        ("papiers", "cadenas", _("Archive des papiers"),
         _("Pour votre coffre : tous les PDF et leur liste. Gardez les bulletins cinq ans (C. trav. L3243-4).")),
    ]  # fmt: skip


def _content(code: str, run: PayRun, summary: Summary) -> str:
    """How many rows, and the total one should find again in the file."""
    words: dict[str, Any] = {
        "people": summary.people,
        "slips": summary.slips,
        "movements": summary.movements,
        "pot": euros(run.envelope),
        "net": euros(summary.net_paid),
        "contributions": euros(summary.contributions),
        "papers": summary.papers,
        "size": _size(summary.papers_bytes),
    }
    match code:
        case "journal":
            return _("Bulletins : %(slips)s. Net payé : %(net)s.") % words
        case "ecritures":
            return (
                _("Bulletins : %(slips)s. Mouvements de banque : %(movements)s. Charges : %(pot)s.")
                % words
            )
        case "dsn":
            return _("Bulletins : %(slips)s. Cotisations : %(contributions)s.") % words
        case "papiers":
            return _("Papiers : %(papers)s. Taille : %(size)s.") % words
        case _:
            said = _("Personnes : %(people)s. Pot commun : %(pot)s.") % words
            return said if run.is_issued else f"{said} {_('Estimation.')}"


def _too_early(run: PayRun, file: _File) -> str:
    if run.state == PayRunState.DRAFT:
        return _("Prenez d’abord la photo des heures et de l’argent.")
    if file.needs_issue and not run.is_issued:
        return _("Ce fichier se fait à partir de bulletins émis.")
    if file.of_our_slips and not run.makes_slips:
        return _("Votre logiciel de paie a fait ces bulletins : c’est lui qui fait ce fichier.")
    return ""


def _require_drawn(documents: list[Document]) -> None:
    drawn = sum(document.is_ready for document in documents)
    if not documents or drawn != len(documents):
        raise Refused(_still_drawn(drawn, len(documents)))


def _still_drawn(drawn: int, total: int) -> str:
    return _(
        "Les papiers sont encore en préparation : %(drawn)s sur %(total)s. Revenez dans un instant."
    ) % {"drawn": drawn, "total": total}


def _paper(document: Document) -> Paper:
    return Paper(
        kind=kinds.get(document.kind).label,
        name=document.subject.civil_name if document.subject else document.title,
        number=document.number,
        code=document.code,
        status=str(document.get_status_display()),
        issued_on=civil_day(document.issued_at),
        sha256=document.sha256,
        size=document.size,
        open=lambda: document.file.open("rb"),
    )


def _size(count: int) -> str:
    return (
        _("%(n)s Mo") % {"n": f"{count / 1_000_000:.1f}".replace(".", ",")}
        if count >= 1_000_000
        else _("%(n)s Ko") % {"n": max(count // 1000, 1)}
    )
