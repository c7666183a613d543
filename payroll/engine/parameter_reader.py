"""From the raw tree of the parameter file to values, collecting every defect on the way."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise
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
from payroll.engine.dated import Dated, Grid, History, LineEntry

_NEVER = date(1, 1, 1)
_HUNDRED = Decimal(100)

_LINE_KEYS = (
    *("code", "base", "group", "label", "source", "rates", "input", "from"),
    *("headcount_from", "headcount_below", "contracts"),
)


class Reader:
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
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            number = Decimal(value)
            if number.is_finite() and number >= 0:
                return number
        self.wrong(where, f"la clé « {key} » manque ou n'est pas un nombre positif")
        return Decimal(0)

    def rate(self, where: str, raw: dict[str, Any], key: str) -> Decimal:
        rate = self.number(where, raw, key)
        if rate > _HUNDRED:
            self.wrong(where, f"un taux de {rate} % est une faute de frappe")
        return rate

    def whole(self, where: str, raw: dict[str, Any], key: str) -> int | None:
        if key not in raw:
            return None
        value = raw[key]
        if type(value) is int and value >= 0:
            return value
        self.wrong(where, f"la clé « {key} » n'est pas un effectif")
        return None

    def choice(self, where: str, raw: dict[str, Any], key: str, choices: Iterable[str]) -> str:
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
                    value=(self.rate if number == "rate" else self.number)(where, item, number),
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
            (self.number(where, item, "below"), self.rate(where, item, "rate"))
            for item in self.tables(raw, "brackets")
        )
        for (low, low_rate), (high, high_rate) in pairwise(brackets):
            if high <= low or high_rate <= low_rate:
                self.wrong(where, f"les tranches ne croissent pas à {high}")
        return Grid(
            since=self.day(where, raw, "from"),
            source=self.text(where, raw, "source"),
            brackets=brackets,
            top_rate=self.rate(where, raw, "top_rate"),
        )

    def known_keys(self, where: str, raw: dict[str, Any], known: Iterable[str]) -> None:
        for key in raw:
            if key not in known:
                self.wrong(where, f"la clé « {key} » est inconnue")
