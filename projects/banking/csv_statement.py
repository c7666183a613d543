"""A statement as a CSV: any separator, any usual letters, columns known by their titles or chosen."""

import csv
import io
import re

from django.utils.translation import gettext as _

from ct_platform.kit.letters import decoded
from projects.banking.lines import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Columns,
    Doubt,
    Read,
    ReadLine,
    StatementRefused,
    read_cents,
    read_day,
    tidy,
)
from projects.enums import StatementKind
from projects.rules.matching import plain

SEPARATORS = ";\t,|"
# Above, banks write the account, the period, a balance.
TITLES_WITHIN = 20
SHOWN = 6
# Titles of columns, without accents: the most precise first.
_DATES = (
    "date d operation", "date operation", "date de l operation", "date comptable",
    "date de comptabilisation", "date", "date valeur", "date de valeur",
)  # fmt: skip
_WORDS = (
    "libelle", "intitule", "description", "details", "detail", "designation", "nature", "motif",
    "communication", "reference", "informations complementaires", "information complementaire",
)  # fmt: skip
_CREDITS, _DEBITS = ("credit", "credits", "recettes"), ("debit", "debits", "depenses")
_AMOUNTS = ("montant", "montant de l operation", "montant operation", "amount")
# No two parts may match the same spaces: a cell of spaces alone would be read for minutes.
_NO_MOVE = re.compile(r"^\W*(?:(?:ancien|nouveau)\s*)?(?:solde|total)", re.IGNORECASE)

Rows = list[tuple[int, list[str]]]


def decode(content: bytes) -> str:
    try:
        return decoded(content)
    except ValueError as error:
        raise StatementRefused(_not_a_statement()) from error


def _not_a_statement() -> str:
    return _("Ce fichier n’est pas un relevé. Exportez-le de la banque en CSV ou en OFX.")


def read_csv(content: bytes, columns: Columns | None = None) -> Read | Doubt:
    """The credits of a CSV; a Doubt when nobody can tell its columns. Raises StatementRefused."""
    rows = _rows(decode(content))
    if columns is None:
        found = _known(rows)
        if isinstance(found, Doubt):
            return found
        columns = found
    return _read(rows, columns)


def _rows(text: str) -> Rows:
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: Rows = []
    try:
        for number, cells in enumerate(reader, start=1):
            kept = [cell.replace("\u00a0", " ").strip()[:MAX_CELL] for cell in cells]
            if number > MAX_ROWS:
                raise StatementRefused(
                    _("Ce relevé a plus de %(n)d lignes. Exportez un mois à la fois.")
                    % {"n": MAX_ROWS}
                )
            if len(kept) > MAX_COLUMNS:
                raise StatementRefused(
                    _("La ligne %(row)d a plus de %(n)d colonnes : ce n’est pas un relevé.")
                    % {"row": number, "n": MAX_COLUMNS}
                )
            if any(kept):
                rows.append((number, kept))
    except csv.Error as error:
        raise StatementRefused(
            _(
                "Le fichier ne se lit plus à partir de la ligne %(row)d : un guillemet est sans "
                "doute ouvert et jamais fermé."
            )
            % {"row": reader.line_num}
        ) from error
    if len(rows) < 2 or max(len(cells) for _n, cells in rows) < 3:
        raise StatementRefused(_not_a_statement())
    return rows


def _separator(text: str) -> str:
    """The one that cuts the most lines alike."""
    lines = [line for line in text.splitlines() if line.strip()][:60]

    def alike(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines if line.count(sign) >= 2]
        usual = max(set(counts), key=counts.count, default=0)
        return (counts.count(usual), usual)

    return max(SEPARATORS, key=alike)


def _title(cell: str) -> str:
    """ "Débit (EUR)" → "debit"."""
    bare = re.sub(r"\([^()]*\)", " ", plain(cell).lower())
    return " ".join(re.findall(r"[a-z]+", re.sub(r"\b(en )?(euros?|eur)\b", " ", bare)))


def _known(rows: Rows) -> Columns | Doubt:
    for index, (_number, cells) in enumerate(rows[:TITLES_WITHIN]):
        titles = [_title(cell) for cell in cells]
        date = _first(titles, _DATES)
        amount, credit, debit = (_first(titles, one) for one in (_AMOUNTS, _CREDITS, _DEBITS))
        words = _all(titles, _WORDS)
        if date is None or (amount is None and credit is None):
            continue
        # Both a signed amount and a credit: one of them means something else.
        if not words or (amount is not None and credit is not None):
            return _doubt(rows, index, date, words, amount, credit, debit)
        return Columns(date, tuple(words), amount, credit, debit, index + 1)
    return _doubt(rows, -1, None, [], None, None, None)


def _first(titles: list[str], names: tuple[str, ...]) -> int | None:
    for name in names:
        if name in titles:
            return titles.index(name)
    return None


def _all(titles: list[str], names: tuple[str, ...]) -> list[int]:
    return [
        index for index, title in enumerate(titles)
        if any(title == name or title.startswith(f"{name} ") for name in names)
    ]  # fmt: skip


def _doubt(
    rows: Rows, index: int, date: int | None, words: list[int], amount: int | None,
    credit: int | None, debit: int | None,
) -> Doubt:  # fmt: skip
    body = rows[index + 1 :]
    wide = max(len(cells) for _n, cells in body) if body else 0
    titles = rows[index][1] if index >= 0 else []
    sample = [cells + [""] * (wide - len(cells)) for _n, cells in body[:SHOWN]]
    dated = [col for col in range(wide) if any(read_day(row[col]) for row in sample)]
    money = [
        col for col in range(wide)
        if col not in dated and any(read_cents(row[col]) is not None for row in sample)
    ]  # fmt: skip
    told = [col for col in range(wide) if col not in dated and col not in money]
    longest = max(told, key=lambda col: sum(len(row[col]) for row in sample), default=None)
    guess = {
        "date": date if date is not None else (dated[0] if dated else None),
        "words": words[0] if words else longest,
        "amount": amount if amount is not None or credit is not None else (money[0] if money else None),
        "credit": credit,
        "debit": debit,
    }  # fmt: skip
    names = [titles[col] if col < len(titles) else "" for col in range(wide)]
    return Doubt(names, sample, guess, index + 1)


def _read(rows: Rows, columns: Columns) -> Read:
    found = Read(StatementKind.CSV)
    last: ReadLine | None = None
    for number, cells in rows[columns.first_row :]:
        line = _line(number, cells, columns)
        if line is not None:
            last = line
            found.take(line)
            continue
        # Some banks let the words run on below: they belong to the line above.
        more = _words_of(cells, columns)
        if last is not None and more and not _NO_MOVE.match(more) and found.credits[-1:] == [last]:
            last = ReadLine(last.row, last.day, last.cents, tidy(f"{last.words} {more}"))
            found.credits[-1] = last
        else:
            found.aside.append(number)
    if found.first_on is None:
        raise StatementRefused(_("Ce relevé n’a aucune ligne datée : vérifiez les colonnes."))
    return found


def _cell(cells: list[str], index: int | None) -> str:
    return cells[index] if index is not None and index < len(cells) else ""


def _words_of(cells: list[str], columns: Columns) -> str:
    return tidy(" ".join(_cell(cells, index) for index in columns.words))


def _line(number: int, cells: list[str], columns: Columns) -> ReadLine | None:
    """None for what moves no money: a balance, a total, words that run on."""
    said = _cell(cells, columns.date)
    is_balance = any(_NO_MOVE.match(cell) for cell in (said, *cells[:3]))
    day = read_day(said)
    cents = _cents(number, cells, columns)
    if day is None:
        if is_balance or (cents is None and not said):
            return None
        raise StatementRefused(
            _("Ligne %(row)d : « %(said)s » n’est pas une date. Rien n’est importé.")
            % {"row": number, "said": said[:40]}
        )
    if cents is None:
        if is_balance:
            return None
        raise StatementRefused(
            _("Ligne %(row)d : il n’y a pas de montant. Rien n’est importé.") % {"row": number}
        )
    if cents == 0 or is_balance:
        return None
    return ReadLine(number, day, cents, _words_of(cells, columns))


def _cents(number: int, cells: list[str], columns: Columns) -> int | None:
    if columns.amount is not None:
        return _amount(number, _cell(cells, columns.amount))
    credit = _amount(number, _cell(cells, columns.credit))
    debit = _amount(number, _cell(cells, columns.debit))
    if credit and debit:
        raise StatementRefused(
            _("Ligne %(row)d : un débit et un crédit à la fois. Rien n’est importé.")
            % {"row": number}
        )
    if credit:
        return credit
    if debit:
        return -abs(debit)
    return credit if credit is not None else debit


def _amount(number: int, text: str) -> int | None:
    if not text or text in ("-", "–"):
        return None
    cents = read_cents(text)
    if cents is None:
        raise StatementRefused(
            _("Ligne %(row)d : « %(said)s » n’est pas un montant. Rien n’est importé.")
            % {"row": number, "said": text[:40]}
        )
    return cents
