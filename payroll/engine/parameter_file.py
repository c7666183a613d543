"""Reading and checking the dated parameter file. No figure of law is written in code.

The whole file is checked before any of it is used: a missing key, an unknown code, an overlap, a gap
in the year or a number that is not one are listed together in one `BadParameters`.
"""

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

from payroll.engine.codes import (
    CONTRACTS,
    GROUPS,
    INPUT_RATES,
    LINE_CODES,
    OWN_RULE_BASES,
    RATED_BASES,
    VALUE_CODES,
)
from payroll.engine.errors import BadParameters


@dataclass(frozen=True, slots=True)
class Dated:
    """A number and the day it takes effect, with its source."""

    since: date
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class History:
    """Every dated number of one code, oldest first."""

    code: str
    label: str
    dated: tuple[Dated, ...]

    def on(self, day: date) -> Dated | None:
        """Return what is in force on `day`, or None before the first date."""
        in_force = [dated for dated in self.dated if dated.since <= day]
        return in_force[-1] if in_force else None


@dataclass(frozen=True, slots=True)
class LineEntry:
    """One contribution line and who owes it. Headcounts: from inclusive, below exclusive."""

    code: str
    base: str
    group: str
    label: str
    source: str
    rates: History | None
    input: str | None
    since: date
    headcount_from: int
    headcount_below: int | None
    contracts: frozenset[str] | None

    def overlaps(self, other: "LineEntry") -> bool:
        """Say whether one headcount could owe both entries."""
        return (self.headcount_below is None or other.headcount_from < self.headcount_below) and (
            other.headcount_below is None or self.headcount_from < other.headcount_below
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """A default withholding grid: strictly below a monthly limit in euros, its rate in percent."""

    since: date
    source: str
    brackets: tuple[tuple[Decimal, Decimal], ...]
    top_rate: Decimal

    def rate_for(self, net_taxable: Decimal) -> Decimal:
        """Return the rate in percent for a monthly net taxable amount (CGI 204 H III)."""
        for limit, rate in self.brackets:
            if net_taxable < limit:
                return rate
        return self.top_rate


@dataclass(frozen=True, slots=True)
class ParameterFile:
    """A whole file, checked. `hash` is the sha-256 of its bytes."""

    hash: str
    valid_from: date
    valid_until: date
    values: tuple[History, ...]
    lines: tuple[LineEntry, ...]
    grids: tuple[Grid, ...]


def parse_parameters(content: bytes) -> ParameterFile:
    """Read a parameter file from its bytes.

    Raises `BadParameters` with every defect found, one a line.
    """
    try:
        tree = tomllib.loads(content.decode("utf-8"), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadParameters(f"Le fichier des paramètres est illisible : {error}.") from error
    reader = _Reader()
    validity = reader.table("validity", tree.get("validity"))
    read = ParameterFile(
        hash=hashlib.sha256(content).hexdigest(),
        valid_from=reader.day("validity", validity, "valid_from"),
        valid_until=reader.day("validity", validity, "valid_until"),
        values=tuple(reader.history(raw) for raw in reader.tables(tree, "value")),
        lines=tuple(reader.line(raw) for raw in reader.tables(tree, "line")),
        grids=tuple(reader.grid(raw) for raw in reader.tables(tree, "pas_grid")),
    )
    problems = [
        *reader.problems,
        *(f"{name} : clé inconnue." for name in tree if name not in _TOP_KEYS),
        *_contradictions(read),
    ]
    if problems:
        raise BadParameters("Le fichier des paramètres est refusé.\n" + "\n".join(problems))
    return read


_TOP_KEYS = ("validity", "value", "line", "pas_grid")
_NEVER = date(1, 1, 1)


class _Reader:
    """Turns the raw tree into values, and remembers what is wrong instead of stopping."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def wrong(self, where: str, what: str) -> None:
        self.problems.append(f"{where} : {what}.")

    def table(self, where: str, raw: Any) -> dict[str, Any]:
        if isinstance(raw, dict):
            return raw
        self.wrong(where, "table absente")
        return {}

    def tables(self, tree: dict[str, Any], key: str) -> list[dict[str, Any]]:
        raw = tree.get(key)
        if isinstance(raw, list) and raw:
            return [self.table(key, item) for item in raw]
        self.wrong(key, "liste absente ou vide")
        return []

    def text(self, where: str, raw: dict[str, Any], key: str) -> str:
        value = raw.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.wrong(where, f"la clé « {key} » manque ou n'est pas un texte")
        return ""

    def day(self, where: str, raw: dict[str, Any], key: str) -> date:
        value = raw.get(key)
        if type(value) is date:
            return value
        self.wrong(where, f"la clé « {key} » manque ou n'est pas une date")
        return _NEVER

    def number(self, where: str, raw: dict[str, Any], key: str) -> Decimal:
        value = raw.get(key)
        if type(value) in (int, Decimal):
            number = Decimal(value)
            if number.is_finite() and number >= 0:
                return number
        self.wrong(where, f"la clé « {key} » manque ou n'est pas un nombre positif")
        return Decimal(0)

    def whole(self, where: str, raw: dict[str, Any], key: str) -> int | None:
        if key not in raw:
            return None
        value = raw[key]
        if type(value) is int and value >= 0:
            return value
        self.wrong(where, f"la clé « {key} » n'est pas un effectif")
        return None

    def choice(
        self, where: str, raw: dict[str, Any], key: str, choices: Iterable[str]
    ) -> str:
        value = self.text(where, raw, key)
        if value and value not in choices:
            self.wrong(where, f"« {value} » est inconnu pour la clé « {key} »")
        return value

    def dated(
        self, where: str, raw: dict[str, Any], key: str, number: str, source: str
    ) -> tuple[Dated, ...]:
        entries = []
        for item in self.tables(raw, key) if key in raw else []:
            self.known_keys(where, item, ("from", number, "source"))
            entries.append(
                Dated(
                    since=self.day(where, item, "from"),
                    value=self.number(where, item, number),
                    source=source or self.text(where, item, "source"),
                )
            )
        if not entries:
            self.wrong(where, f"la clé « {key} » manque")
        entries.sort(key=lambda entry: entry.since)
        if len({entry.since for entry in entries}) < len(entries):
            self.wrong(where, "deux valeurs prennent effet le même jour")
        return tuple(entries)

    def history(self, raw: dict[str, Any]) -> History:
        code = self.choice("value", raw, "code", VALUE_CODES)
        self.known_keys(code, raw, ("code", "label", "dated"))
        return History(
            code=code,
            label=self.text(code, raw, "label"),
            dated=self.dated(code, raw, "dated", "value", source=""),
        )

    def line(self, raw: dict[str, Any]) -> LineEntry:
        code = self.choice("line", raw, "code", LINE_CODES)
        self.known_keys(code, raw, _LINE_KEYS)
        base = self.choice(code, raw, "base", (*RATED_BASES, *OWN_RULE_BASES))
        label, source = self.text(code, raw, "label"), self.text(code, raw, "source")
        rates, since, given = None, _NEVER, None
        if "input" in raw:
            given = self.choice(code, raw, "input", INPUT_RATES)
        if given or base in OWN_RULE_BASES:
            since = self.day(code, raw, "from")
        else:
            rates = History(code, label, self.dated(code, raw, "rates", "rate", source=source))
        return LineEntry(
            code=code,
            base=base,
            group=self.choice(code, raw, "group", GROUPS),
            label=label,
            source=source,
            rates=rates,
            input=given,
            since=since,
            headcount_from=self.whole(code, raw, "headcount_from") or 0,
            headcount_below=self.whole(code, raw, "headcount_below"),
            contracts=self.contracts(code, raw),
        )

    def contracts(self, code: str, raw: dict[str, Any]) -> frozenset[str] | None:
        if "contracts" not in raw:
            return None
        value = raw["contracts"]
        if isinstance(value, list) and value and all(item in CONTRACTS for item in value):
            return frozenset(value)
        self.wrong(code, "la clé « contracts » ne liste pas des contrats connus")
        return None

    def grid(self, raw: dict[str, Any]) -> Grid:
        where = "pas_grid"
        self.known_keys(where, raw, ("from", "source", "brackets", "top_rate"))
        brackets = tuple(
            (self.number(where, item, "below"), self.number(where, item, "rate"))
            for item in self.tables(raw, "brackets")
        )
        for (low, low_rate), (high, high_rate) in zip(brackets, brackets[1:], strict=False):
            if high <= low or high_rate <= low_rate:
                self.wrong(where, f"les tranches ne croissent pas à {high}")
        return Grid(
            since=self.day(where, raw, "from"),
            source=self.text(where, raw, "source"),
            brackets=brackets,
            top_rate=self.number(where, raw, "top_rate"),
        )

    def known_keys(self, where: str, raw: dict[str, Any], known: Iterable[str]) -> None:
        for key in raw:
            if key not in known:
                self.wrong(where, f"la clé « {key} » est inconnue")


_LINE_KEYS = (
    *("code", "base", "group", "label", "source", "rates", "input", "from"),
    *("headcount_from", "headcount_below", "contracts"),
)


def _contradictions(read: ParameterFile) -> Iterable[str]:
    """Yield what no single entry shows: gaps, overlaps, missing codes."""
    if read.valid_from > read.valid_until:
        yield "validity : la fin précède le début."
    given = [history.code for history in read.values]
    yield from (f"{code} : valeur absente." for code in VALUE_CODES if code not in given)
    yield from (f"{code} : valeur donnée deux fois." for code in set(given) if given.count(code) > 1)
    owed = {entry.code for entry in read.lines}
    yield from (f"{code} : ligne absente." for code in LINE_CODES if code not in owed)
    for one, other in combinations(read.lines, 2):
        if one.code == other.code and one.overlaps(other):
            yield f"{one.code} : deux entrées visent le même effectif."
    histories = [*read.values, *(entry.rates for entry in read.lines if entry.rates)]
    for history in histories:
        if history.on(read.valid_from) is None:
            yield f"{history.code} : aucune valeur au {read.valid_from:%d/%m/%Y}."
    for entry in read.lines:
        if entry.rates is None and entry.since > read.valid_from:
            yield f"{entry.code} : aucune valeur au {read.valid_from:%d/%m/%Y}."
    starts = [grid.since for grid in read.grids]
    if len(set(starts)) < len(starts):
        yield "pas_grid : deux grilles prennent effet le même jour."
    if starts and min(starts) > read.valid_from:
        yield f"pas_grid : aucune grille au {read.valid_from:%d/%m/%Y}."
