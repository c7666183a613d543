"""Pay inputs as a CSV text, slips as a CSV text: the two ends of `compute_payslips`.

Pure: the command reads and writes the files. Numbers are read with a point or a comma, fields
separated by commas or semicolons; the answer always has points and commas.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from payroll.engine.codes import LINE_CODES, RGDU
from payroll.engine.compute import compute
from payroll.engine.errors import EngineError
from payroll.engine.params import load_params
from payroll.engine.types import ZERO, PayInput, Slip, Ytd

INPUT_COLUMNS = (
    *("id", "gross", "hours", "headcount", "atmp_rate", "mobility_rate"),
    *("health_cover", "health_cover_employer_share", "contract", "date"),
)

# Columns of the file that add up several stored lines.
_SUMS = {
    **{
        f"{side}_{line}": (f"{side}_{line}_t1", f"{side}_{line}_t2")
        for side in ("ee", "er")
        for line in ("agirc_arrco", "ceg")
    },
    "er_apprenticeship": ("er_apprenticeship_main", "er_apprenticeship_balance"),
}
_SUMMED = {code: column for column, codes in _SUMS.items() for code in codes}

# Stored order, each code replaced by its column, repetitions dropped.
_LINE_COLUMNS = tuple(dict.fromkeys(_SUMMED.get(code, code) for code in LINE_CODES if code != RGDU))

_TOTALS = (
    *("ee_total", "rgdu", "er_total_net_of_rgdu"),
    *("net_taxable", "net_before_tax", "net_social", "total_employer_cost"),
)

OUTPUT_COLUMNS = (
    *INPUT_COLUMNS,
    "pss_prorata",
    *(column for column in _LINE_COLUMNS if column.startswith("ee_")),
    "ee_total",
    *(column for column in _LINE_COLUMNS if column.startswith("er_")),
    *_TOTALS[1:],
)

_NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")
_WHOLE = re.compile(r"-?[0-9]+")
_DATE = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}")
_CONTRACTS = ("CDI", "CDD")

T = TypeVar("T")


class BadFile(ValueError):
    """A file that is not computed at all: `problems` are French sentences, one per defect."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Case:
    """One row of the file: its line number and cells, and what they mean."""

    line_number: int
    cells: dict[str, str]
    inp: PayInput


def compute_cases(text: str) -> tuple[str, int]:
    """Compute every row of a CSV text; return the answer's CSV text and its number of slips.

    One row is one month under the `employee` profile, without earlier months. Raises `BadFile` with
    every bad row, by line number and reason; then nothing is computed.
    """
    problems: list[str] = []
    rows: list[list[str]] = []
    for number, cells in _rows(text):
        try:
            case = _case(number, cells)
            slip = compute(case.inp, Ytd.empty(), load_params(case.inp.month))
        except (_BadCells, EngineError) as error:
            problems.extend(f"Ligne {number} : {sentence}" for sentence in str(error).split("\n"))
        else:
            rows.append(_answer(case, slip))
    if problems:
        raise BadFile(problems)
    if not rows:
        raise BadFile(["Le fichier ne contient aucun cas."])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(OUTPUT_COLUMNS)
    writer.writerows(rows)
    return out.getvalue(), len(rows)


class _BadCells(ValueError):
    """The cells of one row that cannot be read, one sentence a line."""


def _rows(text: str) -> Iterator[tuple[int, dict[str, str] | list[str]]]:
    """Yield each row with its line number: its cells by column, or as they are if miscounted."""
    first = text.split("\n", 1)[0]
    separator = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in INPUT_COLUMNS if name not in header]
        if missing:
            raise BadFile([f"Colonnes absentes de la première ligne : {', '.join(missing)}."])
        doubled = [name for name in INPUT_COLUMNS if header.count(name) > 1]
        if doubled:
            raise BadFile([f"Colonnes présentes deux fois : {', '.join(doubled)}."])
        for row in reader:
            if any(cell.strip() for cell in row):
                whole = len(row) == len(header)
                yield reader.line_num, dict(zip(header, row, strict=True)) if whole else row
    except csv.Error as error:
        raise BadFile([f"Ligne {reader.line_num} : le CSV est mal formé ({error})."]) from error


def _case(line_number: int, row: dict[str, str] | list[str]) -> Case:
    if isinstance(row, list):
        raise _BadCells(f"la ligne compte {len(row)} cellules, pas autant que de colonnes.")
    cells = {column: row[column].strip() for column in INPUT_COLUMNS}
    problems = [f"la colonne « {name} » est vide." for name, cell in cells.items() if not cell]
    if problems:
        raise _BadCells("\n".join(problems))

    def read(column: str, reading: Callable[[str, str], T], fallback: T) -> T:
        try:
            return reading(column, cells[column])
        except _BadCells as error:
            problems.append(str(error))
            return fallback

    inp = PayInput(
        month=read("date", _first_of_month, date.min),
        gross=read("gross", _number, ZERO),
        hours=read("hours", _number, ZERO),
        headcount=read("headcount", _whole, 0),
        atmp_rate=read("atmp_rate", _number, ZERO),
        mobility_rate=read("mobility_rate", _number, ZERO),
        health_cover=read("health_cover", _number, ZERO),
        health_cover_employer_share=read("health_cover_employer_share", _number, ZERO),
        contract=read("contract", _contract, ""),
    )
    if problems:
        raise _BadCells("\n".join(problems))
    return Case(line_number, cells, inp)


def _number(column: str, cell: str) -> Decimal:
    if not _NUMBER.fullmatch(cell):
        raise _BadCells(f"la colonne « {column} » n'est pas un nombre : « {cell[:40]} ».")
    if cell.startswith("-"):
        raise _BadCells(f"la colonne « {column} » est négative : « {cell[:40]} ».")
    return Decimal(cell.replace(",", "."))


def _whole(column: str, cell: str) -> int:
    if not _WHOLE.fullmatch(cell) or len(cell) > 9:
        raise _BadCells(f"la colonne « {column} » n'est pas un nombre entier : « {cell[:40]} ».")
    if cell.startswith("-"):
        raise _BadCells(f"la colonne « {column} » est négative : « {cell[:40]} ».")
    return int(cell)


def _contract(column: str, cell: str) -> str:
    if cell.upper() not in _CONTRACTS:
        raise _BadCells(f"le contrat « {cell[:40]} » est inconnu : CDI ou CDD.")
    return cell.upper()


def _first_of_month(column: str, cell: str) -> date:
    wrong = f"la colonne « {column} » n'est pas une date JJ/MM/AAAA : « {cell[:40]} »."
    if not _DATE.fullmatch(cell):
        raise _BadCells(wrong)
    try:
        day = datetime.strptime(cell, "%d/%m/%Y").date()  # noqa: DTZ007  a civil date
    except ValueError as error:
        raise _BadCells(wrong) from error
    if day.day != 1:
        raise _BadCells(f"la date « {cell} » n'est pas le premier jour d'un mois.")
    return day


def _answer(case: Case, slip: Slip) -> list[str]:
    amounts: dict[str, Decimal] = dict.fromkeys(_LINE_COLUMNS, ZERO)
    for line in slip.lines:
        if line.code != RGDU:
            amounts[_SUMMED.get(line.code, line.code)] += line.amount
    written = {column: cell.replace(",", ".") for column, cell in case.cells.items()}
    written |= {"id": case.cells["id"], "contract": case.inp.contract}
    written["date"] = f"{case.inp.month:%d/%m/%Y}"
    written |= {"gross": f"{slip.gross:.2f}", "health_cover": f"{case.inp.health_cover:.2f}"}
    written["pss_prorata"] = f"{slip.pss:.6f}"
    written |= {column: f"{amount:.2f}" for column, amount in amounts.items()}
    for column in _TOTALS:
        written[column] = f"{getattr(slip, column):.2f}"
    return [written[column] for column in OUTPUT_COLUMNS]
