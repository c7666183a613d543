"""What a page of a slip says: its amounts, its month, its place in the slip. Pure, and never trusted
without a person's eye."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from payroll.rules.matching import NONE, Match

# "1 234,56", "1.234,56", "296.74", "1'234,56": always two decimals, so that dates and rates stay out.
_AMOUNT = re.compile(
    r"(?<![\d.,/])(?:\d{1,3}(?:[ .'\u00a0\u202f’]\d{3})+|\d{1,6})[.,]\d{2}(?![\d/]|[.,]\d)"
)
# Labels in order of trust. "Net à payer avant impôt" is another amount.
_NET = (
    re.compile(r"\bnet paye\b"),
    re.compile(r"\bnet a payer\b(?!\s*(?:avant|\(?avant))"),
    re.compile(r"\bnet verse\b"),
)
_COST = (
    re.compile(r"\btotal verse par l ?employeur\b"),
    re.compile(r"\bcout (?:total|global)(?: pour l ?| de l ?| )?(?:employeur)?\b"),
    re.compile(r"\btotal employeur\b"),
)
_OTHER_AMOUNT = re.compile(r"avant impot|imposable|social|cumul|annuel|dont\b")
_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre",
)  # fmt: skip
_MONTH_WORDS = re.compile(rf"\b({'|'.join(_MONTHS)})\s+(20\d\d)\b")
_FROM = re.compile(r"\bdu\s+\d{1,2}[ ./-](\d{1,2})[ ./-](20\d\d)")
_MONTH_FIGURES = re.compile(r"\bperiode[^\d]{0,20}(\d{1,2})[ ./-](20\d\d)\b")
_PLACE = re.compile(
    r"\b(?:page|pages|p\.|feuillet|folio)\s*(?:n°|no)?\s*:?\s*(\d{1,3})\s*(?:/|sur|de)\s*(\d{1,3})\b"
)
_BARE_PLACE = re.compile(r"^\s*(\d{1,2})\s*/\s*(\d{1,2})\s*$")
_TITLE = re.compile(r"\bbulletin (?:de (?:paie|paye|salaire|remuneration)|clarifie)\b")
_HEADING = re.compile(r"\b(?:siret|matricule|emploi|nom|prenom)\b")
_LONGEST_SLIP = 6  # pages; "Page 3/30" counts the file, not the slip


@dataclass(frozen=True, slots=True)
class Figures:
    """Amounts in euros and the first day of the month, as read; None when the page does not say."""

    net_paid: Decimal | None = None
    total_cost: Decimal | None = None
    month: date | None = None

    def or_else(self, other: "Figures") -> "Figures":
        return Figures(
            other.net_paid if self.net_paid is None else self.net_paid,
            other.total_cost if self.total_cost is None else self.total_cost,
            self.month or other.month,
        )


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as read: its lines, and whether it shows a picture (a scan has no line)."""

    lines: tuple[str, ...]
    has_picture: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.lines and not self.has_picture


@dataclass(frozen=True, slots=True)
class SlipPages:
    """Pages that make one slip, from 1, inclusive."""

    first: int
    last: int
    match: Match


def read_figures(lines: Sequence[str]) -> Figures:
    """Read the net paid, the total paid by the host and the month, in euros; None when unsure."""
    plain = [_plain(line) for line in lines]
    return Figures(_labelled(plain, _NET), _labelled(plain, _COST), _month(plain))


def parse_printed(text: str) -> Decimal:
    """ "1 234,56", "1.234,56" or "1234.56" as euros."""
    digits = re.sub(r"\D", "", text)
    return Decimal(digits).scaleb(-2)


def group_pages(pages: Sequence[PageText], matches: Sequence[Match]) -> list[SlipPages]:
    """Put pages together into slips: a page follows the one before it, or begins another slip.

    It follows when it names the same person, is the back of a sheet (blank), says "page 2/2" after
    "1/2", or names nobody and has neither the title nor the amounts of a slip. A page of somebody
    unknown never joins the slip of somebody else: that would hand it to the wrong person.
    """
    slips: list[SlipPages] = []
    for number, (page, match) in enumerate(zip(pages, matches, strict=True), start=1):
        if slips and _follows(page, match, pages[number - 2], slips[-1].match, len(pages)):
            held = slips.pop()
            known = held.match if held.match.kind != NONE or match.kind == NONE else match
            slips.append(SlipPages(held.first, number, known))
        else:
            slips.append(SlipPages(number, number, match))
    return slips


def _follows(page: PageText, match: Match, before: PageText, held: Match, count: int) -> bool:
    if page.is_blank:
        return True
    place, previous = _place(page.lines, count), _place(before.lines, count)
    if place and place[0] == 1:
        return False
    if match.key is not None:
        return match.key == held.key
    if not page.lines or match.kind != NONE:
        return False
    if place and previous and place == (previous[0] + 1, previous[1]):
        # "2/2" of a file of two pages may count the file: then the page must not open like a slip.
        return place[1] != count or not _has_a_heading(page.lines)
    return not _has_a_heading(page.lines) and read_figures(page.lines).net_paid is None


def _place(lines: Sequence[str], count: int) -> tuple[int, int] | None:
    """Which page of how many, when that counts the slip and not the whole file."""
    for line in lines:
        plain = _plain(line)
        found = _PLACE.search(plain) or _BARE_PLACE.match(plain)
        if found:
            number, total = int(found[1]), int(found[2])
            whole_file = total == count and count > 2
            if 1 <= number <= total <= _LONGEST_SLIP and not whole_file:
                return number, total
    return None


def _has_a_heading(lines: Sequence[str]) -> bool:
    """Opens like a slip: its title, or who it is for."""
    plain = [_plain(line) for line in lines]
    return any(_TITLE.search(line) or _HEADING.search(line) for line in plain)


def _labelled(lines: Sequence[str], labels: Sequence[re.Pattern[str]]) -> Decimal | None:
    """The first amount after a label, on its line or alone on the next two; the last one printed
    wins, totals standing at the bottom."""
    for label in labels:
        found: list[Decimal] = []
        for number, line in enumerate(lines):
            for spot in label.finditer(line):
                amount = _after(line[spot.end() :], lines[number + 1 : number + 3])
                if amount is not None:
                    found.append(amount)
        if found:
            return found[-1]
    return None


def _after(rest: str, below: Sequence[str]) -> Decimal | None:
    spot = _AMOUNT.search(rest)
    if spot:
        return None if _OTHER_AMOUNT.search(rest[: spot.start()]) else parse_printed(spot[0])
    if _OTHER_AMOUNT.search(rest):
        return None
    for line in below:
        spot = _AMOUNT.search(line)
        if spot and not re.search(r"[a-z]{4}", line.replace("euros", "")):
            return parse_printed(spot[0])
        if line.strip():
            return None
    return None


def _month(lines: Sequence[str]) -> date | None:
    """The month paid: after "du …" or "période", else the only month the page names in words."""
    for pattern in (_FROM, _MONTH_FIGURES):
        for line in lines:
            found = pattern.search(line)
            if found and 1 <= int(found[1]) <= 12:
                return date(int(found[2]), int(found[1]), 1)
    named = {
        date(int(year), _MONTHS.index(word) + 1, 1)
        for line in lines
        for word, year in _MONTH_WORDS.findall(line)
    }
    return named.pop() if len(named) == 1 else None


def _plain(line: str) -> str:
    """Lower case, without accents or apostrophes, signs kept: labels are looked for in it."""
    decomposed = unicodedata.normalize("NFKD", line.replace("’", "'").lower())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"(?<=[a-z])'", " ", letters)
