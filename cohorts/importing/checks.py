"""Rows of cells into rows of values: each thing wrong is said with its line, column and reason."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cohorts import rules, sayings
from cohorts.importing.cells import (
    MAX_PEOPLE,
    Cell,
    FileRefused,
    Formula,
    SheetRow,
    Table,
    column_letter,
    too_many_people,
)
from cohorts.importing.columns import BY_CODE, COLUMNS, Headings, read_headings, recognise
from cohorts.importing.rows import Problem, ReadFile, Row
from cohorts.importing.values import (
    ValueFault,
    read_date,
    read_email,
    read_name,
    read_phone,
    read_postcode,
    read_text,
    read_weekly_minutes,
    shown,
)
from cohorts.rules.programmes import ProgrammeBounds, age_fault, is_minor
from ct_platform.kit.clock import format_period

# The headings stand on the first of these rows that names at least two columns: titles come before.
_HEADING_ROWS = 10

READERS: dict[str, Callable[[Cell], str]] = {
    "last_name": lambda cell: read_name(cell, 80),
    "first_name": lambda cell: read_name(cell, 80),
    "used_name": lambda cell: read_name(cell, 80),
    "birth_date": lambda cell: read_date(cell, long_year=True).isoformat(),
    "phone": read_phone,
    "email": read_email,
    "address": lambda cell: read_text(cell, 200),
    "postcode": read_postcode,
    "city": lambda cell: read_text(cell, 100),
    "activity": lambda cell: read_text(cell, 120),
    "weekly_hours": lambda cell: str(read_weekly_minutes(cell)),
    "votes_from": lambda cell: read_date(cell).isoformat(),
    "contract_starts_on": lambda cell: read_date(cell).isoformat(),
    "contract_ends_on": lambda cell: read_date(cell).isoformat(),
    "guardian_name": lambda cell: read_text(cell, 160),
    "guardian_agreed_on": lambda cell: read_date(cell).isoformat(),
}


@dataclass(frozen=True, slots=True)
class CohortDays:
    """The first and last day of the cohort the file is for, both counted, and its programme."""

    first: dt.date
    last: dt.date
    bounds: ProgrammeBounds
    programme: str
    # The host opens its contracts to those of 16 and 17: its own dated word (ContractTerms).
    host_takes_minors: bool = False


@dataclass(slots=True)
class _Judged:
    """One row being judged, with the headings of its file for the sentences."""

    row: Row
    written: dict[str, str] = field(default_factory=dict)

    def _problem(self, code: str, reason: str) -> Problem:
        label = self.written.get(code) or str(BY_CODE[code].label)
        return Problem(self.row.number, label, _as_written(self.row.values.get(code, "")), reason)

    def refuse(self, code: str, reason: str) -> None:
        self.row.errors.append(self._problem(code, reason))

    def warn(self, code: str, reason: str) -> None:
        self.row.warnings.append(self._problem(code, reason))


def _as_written(value: str) -> str:
    """A date that was read, as people write dates; anything else as it is."""
    with contextlib.suppress(ValueError):
        return f"{dt.date.fromisoformat(value):%d/%m/%Y}"
    return value


def read_people(table: Table, days: CohortDays) -> ReadFile:
    """Check every row. Raises FileRefused when headings are missing or nobody is in the file."""
    position = _heading_position(table.rows)
    headings = read_headings(table.rows[position].cells)
    _check_headings(headings, table.rows[position])
    read = ReadFile(rows=[], notes=[*table.notes, *_notes(headings)])
    for sheet_row in table.rows[position + 1 :]:
        if is_example(sheet_row, headings):
            read.notes.append(
                _("Ligne %(row)d : c’est l’exemple du modèle, elle n’est pas lue.")
                % {"row": sheet_row.number}
            )
        else:
            read.rows.append(_read_row(sheet_row, headings, days))
    if not read.rows:
        raise FileRefused(_("Ce fichier n’a que ses titres : aucune personne n’y est écrite."))
    if len(read.rows) > MAX_PEOPLE:
        raise too_many_people()
    return read


def _heading_position(rows: list[SheetRow]) -> int:
    for position, row in enumerate(rows[:_HEADING_ROWS]):
        if recognise(row.cells) >= 2:
            return position
    return 0


def _check_headings(headings: Headings, row: SheetRow) -> None:
    if headings.missing:
        names = ", ".join(f"« {name} »" for name in headings.missing)
        raise FileRefused(
            _(
                "Il manque la colonne %(names)s. Les titres de colonnes ont été cherchés ligne %(row)d."
            )
            % {"names": names, "row": row.number}
            if len(headings.missing) == 1
            else _(
                "Il manque les colonnes %(names)s. Les titres de colonnes ont été cherchés ligne %(row)d."
            )
            % {"names": names, "row": row.number}
        )
    if headings.doubled:
        raise FileRefused(
            _("La colonne « %(name)s » dit la même chose qu’une autre. Gardez-en une.")
            % {"name": headings.doubled[0]}
        )


def _notes(headings: Headings) -> Iterable[str]:
    if headings.ignored:
        names = ", ".join(f"« {name} »" for name in headings.ignored)
        yield _("Colonnes non lues : %(names)s.") % {"names": names}


def is_example(row: SheetRow, headings: Headings) -> bool:
    """The line our model ships to show how to write."""
    return all(
        headings.at[code] < len(row.cells)
        and shown(row.cells[headings.at[code]]) == BY_CODE[code].example
        for code in ("last_name", "first_name")
    )


def _read_row(sheet_row: SheetRow, headings: Headings, days: CohortDays) -> Row:
    judged = _Judged(Row(sheet_row.number), headings.written)
    for code in (column.code for column in COLUMNS if column.code in headings.at):
        index = headings.at[code]
        cell = sheet_row.cells[index] if index < len(sheet_row.cells) else ""
        _read_cell(judged, code, cell, index)
    judge_values(judged, days)
    return judged.row


def _read_cell(judged: _Judged, code: str, cell: Cell, index: int) -> None:
    if isinstance(cell, Formula):
        judged.row.values[code] = cell.text[:80]
        judged.refuse(
            code,
            _("la cellule %(cell)s contient une formule. Écrivez la valeur elle-même.")
            % {"cell": f"{column_letter(index)}{judged.row.number}"},
        )
    elif cell != "" or BY_CODE[code].compulsory:
        try:
            judged.row.values[code] = READERS[code](cell) if cell != "" else _empty()
        except ValueFault as fault:
            judged.row.values[code] = shown(cell)[:80]
            judged.refuse(code, str(fault))


def _empty() -> str:
    raise ValueFault(_("cette case est vide."))


def judge_form(values: dict[str, str], days: CohortDays) -> Row:
    """The same judgement for one person typed in a form; values are already read."""
    judged = _Judged(Row(1, values))
    judge_values(judged, days)
    return judged.row


def judge_values(judged: _Judged, days: CohortDays) -> None:
    """What cells cannot tell alone: age, and dates against the cohort and each other."""
    faulty = {problem.column for problem in judged.row.errors}

    def day(code: str) -> dt.date | None:
        label = judged.written.get(code) or str(BY_CODE[code].label)
        return None if label in faulty else judged.row.day(code)

    _judge_age(judged, day("birth_date"), days)
    _judge_vote(judged, day("votes_from"), days)
    _judge_contract(judged, day("contract_starts_on"), day("contract_ends_on"), days)


def _judge_age(judged: _Judged, born: dt.date | None, days: CohortDays) -> None:
    if born is None:
        return
    fault = age_fault(born, days.first, days.bounds)
    if fault is not None:
        judged.refuse("birth_date", sayings.of_age(fault, born, days.first, days))
    elif is_minor(born, days.first) and days.bounds.guardian_consent:
        _judge_guardian(judged, born, days)


def _judge_guardian(judged: _Judged, born: dt.date, days: CohortDays) -> None:
    """A minor enters with an agreement that has an author and a date."""
    age = rules.age_on(born, days.first)
    for code in ("guardian_name", "guardian_agreed_on"):
        if not judged.row.text(code):
            judged.refuse(
                code,
                _(
                    "%(age)d ans au premier jour : écrivez qui a donné l’accord (représentant légal), "
                    "et quel jour."
                )
                % {"age": age},
            )
            return
    if not days.host_takes_minors:
        judged.warn(
            "birth_date",
            _(
                "%(age)d ans au premier jour. Il faut aussi l’accord de la coopérative hôte : elle n’ouvre "
                "pas encore ses contrats aux 16 et 17 ans."
            )
            % {"age": age},
        )


def _judge_vote(judged: _Judged, votes_from: dt.date | None, days: CohortDays) -> None:
    if votes_from is not None and not days.first <= votes_from <= days.last:
        judged.refuse(
            "votes_from",
            _("cette date est hors de la cohorte (%(period)s).")
            % {"period": format_period(days.first, days.last)},
        )


def _judge_contract(
    judged: _Judged, starts_on: dt.date | None, ends_on: dt.date | None, days: CohortDays
) -> None:
    first, last = starts_on or days.first, ends_on or days.last
    code = "contract_ends_on" if ends_on else "contract_starts_on"
    if starts_on is None and ends_on is None:
        return
    if last < first:
        judged.refuse(code, _("le contrat finirait avant de commencer."))
    elif rules.contract_too_long(first, last):
        judged.refuse(code, _("un contrat d’appui dure douze mois au plus."))
    elif first > days.last or last < days.first:
        judged.refuse(
            code,
            _("le contrat est hors de la cohorte (%(period)s).")
            % {"period": format_period(days.first, days.last)},
        )
    elif first < days.first or last > days.last:
        judged.warn(code, _("le contrat dépasse les dates de la cohorte."))
