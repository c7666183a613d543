"""What a statement gives, and the limits it must keep."""

import datetime as dt
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ct_platform.kit.errors import Refused

MEGABYTE = 1024 * 1024
MAX_BYTES = 5 * MEGABYTE
MAX_ROWS = 20_000
MAX_COLUMNS = 40
MAX_WORDS = 300
MAX_CELL = 1000  # letters of one cell that are looked at
_MOST_DIGITS = (
    30  # with their separators: no amount is longer, and longer numbers cost time to read
)
FIRST_YEAR = 2000
MOST_CENTS = 99_999_999_99  # numeric(10,2)


class StatementRefused(Refused):
    """The file cannot be read as it is; the sentence names the line and the reason."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="file")


@dataclass(frozen=True, slots=True)
class ReadLine:
    row: int  # as the file shows it
    day: dt.date
    cents: int  # positive: money in
    words: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what, from 0. Either `amount` (signed) or `credit`, with or without `debit`."""

    date: int
    words: tuple[int, ...]
    amount: int | None = None
    credit: int | None = None
    debit: int | None = None
    first_row: int = 0  # rows above are titles


@dataclass(frozen=True, slots=True)
class Doubt:
    """A table whose columns somebody must name: its first rows, and our guess."""

    titles: list[str]
    rows: list[list[str]]
    guess: dict[str, int | None]
    first_row: int


@dataclass(slots=True)
class Read:
    kind: str
    account: str = ""  # last four signs
    credits: list[ReadLine] = field(default_factory=list)
    passed: int = 0  # debits, left in the file
    aside: list[int] = field(default_factory=list)  # rows without a date: balances, totals
    first_on: dt.date | None = None
    last_on: dt.date | None = None

    def take(self, line: ReadLine) -> None:
        """Keep a credit, count a debit, and know the period."""
        if self.first_on is None or line.day < self.first_on:
            self.first_on = line.day
        if self.last_on is None or line.day > self.last_on:
            self.last_on = line.day
        if line.cents > 0:
            self.credits.append(line)
        else:
            self.passed += 1


def check_size(size: int) -> None:
    """Raise StatementRefused for an empty file or one beyond 5 MB, before its content is touched."""
    if size == 0:
        raise StatementRefused(_("Ce fichier est vide (0 octet). Choisissez-en un autre."))
    if size > MAX_BYTES:
        raise StatementRefused(
            _(
                "Ce fichier pèse %(size)d Mo. La limite est de %(limit)d Mo : exportez un mois à la fois."
            )
            % {"size": -(-size // MEGABYTE), "limit": MAX_BYTES // MEGABYTE}
        )


def tidy(text: str) -> str:
    """Words on one line, without control signs, cut to what is kept."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())[:MAX_WORDS]


_DAYS = (
    (re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$"), "dmy"),
    (re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{2})$"), "dmy"),
    (re.compile(r"^(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ T].*)?$"), "ymd"),
    (re.compile(r"^(\d{4})(\d{2})(\d{2})$"), "ymd"),
)


def read_day(text: str) -> dt.date | None:
    """ "03/11/2026", "3.11.26", "2026-11-03": the French order; None when it is no date."""
    for pattern, order in _DAYS:
        match = pattern.match(text.strip())
        if match is None:
            continue
        first, second, third = (int(one) for one in match.groups())
        year, month, day = (third, second, first) if order == "dmy" else (first, second, third)
        try:
            found = dt.date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            return None
        return found if found.year >= FIRST_YEAR else None
    return None


def read_cents(text: str) -> int | None:
    """ "1 234,56", "-1.234,56 €", "1234.5", "+12,00": signed cents; None when it is no amount.

    "1.234" may be thousands or thousandths: it is refused rather than guessed.
    """
    clean = re.sub(r"[\s\u00a0\u202f€]|EUR", "", text).replace("\N{MINUS SIGN}", "-")
    if len(clean) > _MOST_DIGITS:
        return None
    match = re.fullmatch(r"([+-]?)(\d[\d.,]*)([+-]?)", clean)
    if match is None or (match[1] and match[3]):
        return None
    digits = match[2]
    whole, part = digits, ""
    marks = [index for index, char in enumerate(digits) if char in ".,"]
    if marks:
        whole, part = digits[: marks[-1]], digits[marks[-1] + 1 :]
        if len(part) > 2:
            return None
        mark = digits[marks[-1]]
        groups = re.split(r"[.,]", whole)
        if mark in whole or any(len(group) != 3 for group in groups[1:]):
            return None
        whole = "".join(groups)
    if not whole.isascii() or not whole.isdigit() or (part and not part.isdigit()):
        return None
    cents = int(whole) * 100 + int((part + "00")[:2])
    if cents > MOST_CENTS:
        return None
    return -cents if "-" in (match[1], match[3]) else cents
