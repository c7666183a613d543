"""The fixed core set of one cohort: which figures a report holds, and what each one means.

There is no other set, no filter and no crossing. Each figure leaves through `reports.disclosure`;
those of customers' money and of the group as a whole point at nobody and leave as they are.
All are cumulated since the first day: month by month, one departure would show.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ct_platform.kit.money import ZERO
from reports import disclosure
from reports.definitions import DEFINITIONS, Definition, why
from reports.disclosure import HOUSE, Measure, Parts, Past, Reason, Table, Thresholds
from reports.rules import months_between

VERSION = 1
PEOPLE = ("completed", "active", "left")
# Neighbours hide together: what everybody does first, what few may do last.
WORK = ("production", "meeting", "training", "committee")


@dataclass(frozen=True, slots=True)
class CohortFacts:
    """All that is counted, person by person (enrolment keys). Never leaves this app.

    Minutes, cents, papers and weeks are whole numbers; sales and expenses euros excl. VAT.
    """

    cohort: str
    territory: str
    host: str
    eu_funded: bool
    first_day: dt.date
    day: dt.date
    states: Mapping[int, str]
    minutes: Mapping[str, Parts]
    weeks_expected: Parts
    weeks_on_time: Parts
    decisions: int
    votes: Sequence[tuple[int, int]]  # (present, roll)
    sales: Mapping[tuple[dt.date, str], Decimal]  # (first day of the month, trade)
    expenses: Decimal
    pot: Parts
    paid: Parts
    attestations: Parts


@dataclass(frozen=True, slots=True)
class CoreSet:
    """`figures` may be read by partners; `basis` is what the next report is compared with."""

    figures: dict[str, Any]
    basis: dict[str, Any]


@dataclass(slots=True)
class _Writer:
    rules: Thresholds
    history: Mapping[str, Sequence[Past]]
    items: list[dict[str, Any]] = field(default_factory=list)
    masked: list[dict[str, str]] = field(default_factory=list)
    basis: dict[str, Any] = field(default_factory=dict)

    def write(self, code: str, value: int | str | None, state: str = "", bound: str = "") -> None:
        one = DEFINITIONS[code]
        self.items.append(
            {
                "code": code,
                "section": code.split(".")[0],
                "label": str(one.label),
                "unit": one.unit,
                "state": "masked" if value is None else state or "shown",
                "value": value,
                "bound": bound,
                "definition": str(one.definition),
                "numerator": str(one.numerator),
                "denominator": str(one.denominator),
                "source": str(one.source),
            }
        )

    def mask(self, ones: Sequence[Definition], reason: Reason) -> None:
        what = " · ".join(str(one.label) for one in ones)
        self.masked.append({"what": what, "reason": reason.value, "why": why(reason, self.rules)})

    def table(self, table: Table) -> disclosure.Released:
        """Release a table, and keep what the next report must be compared with."""
        told = disclosure.release(table, self.rules, self.history.get(table.code, ()))
        self.basis[table.code] = kept(table, told)
        return told

    def breakdown(self, table: Table) -> None:
        told = self.table(table)
        self.write(f"{table.code}.total", told.total)
        for code, value in told.cells.items():
            self.write(f"{table.code}.{code}", value)
        if told.reason is not None:
            codes = [code for code in table.cells if code in told.hidden]
            names = ["total", *codes] if told.total is None else codes
            self.mask([DEFINITIONS[f"{table.code}.{name}"] for name in names], told.reason)

    def single(self, code: str, measure: Measure, parts: Parts) -> int | None:
        told = self.table(Table.single(code, measure, parts))
        if told.reason is not None:
            self.mask([DEFINITIONS[code]], told.reason)
        return told.total

    def rate(self, code: str, told: disclosure.Rate | None) -> None:
        if told is None:
            self.write(code, None)
            self.mask([DEFINITIONS[code]], Reason.RATE)
        else:
            self.write(code, told.percent, "about", told.bound)


def core_set(
    facts: CohortFacts,
    rules: Thresholds = HOUSE,
    history: Mapping[str, Sequence[Past]] | None = None,
) -> CoreSet:
    """Make the figures of one report, masked. `history`: each table in every earlier report."""
    writer = _Writer(rules, history or {})
    states = facts.states.items()
    cells = {name: {key: 1 for key, state in states if state == name} for name in PEOPLE}
    writer.breakdown(Table.broken_down("people", Measure.PERSONS, cells))
    hours = {kind: facts.minutes.get(kind, {}) for kind in WORK}
    writer.breakdown(Table.broken_down("work", Measure.WORK, hours))
    writer.rate("weeks.rate", disclosure.rate(facts.weeks_on_time, facts.weeks_expected, rules))
    writer.write("voice.decisions", facts.decisions)
    writer.rate("voice.turnout", disclosure.median_rate(facts.votes, rules))
    writer.write("money.sales", str(sum(facts.sales.values(), ZERO)))
    writer.write("money.expenses", str(facts.expenses))
    for code, parts in (("money.pot", facts.pot), ("money.paid", facts.paid)):
        cents = writer.single(code, Measure.AMOUNT, parts)
        writer.write(code, None if cents is None else str(Decimal(cents).scaleb(-2)))
    papers = writer.single("proof.attestations", Measure.WORK, facts.attestations)
    told = None if papers is None else disclosure.rounded(papers, rules)
    writer.write("proof.attestations", told, "about" if told else "")
    figures = {
        "version": VERSION,
        "cohort": facts.cohort,
        "territory": facts.territory,
        "host": facts.host,
        "eu": facts.eu_funded,
        "period": [facts.first_day.isoformat(), facts.day.isoformat()],
        "as_of": facts.day.isoformat(),
        "thresholds": {
            "total": rules.total,
            "breakdown": rules.breakdown,
            "amount": rules.amount,
            "dominance": rules.dominance,
        },
        "figures": writer.items,
        "sales": _sales(facts.sales),
        "masked": writer.masked,
    }
    return CoreSet(figures, writer.basis)


def _sales(sales: Mapping[tuple[dt.date, str], Decimal]) -> dict[str, Any]:
    """Euros excl. VAT by month and trade; months without a sale between two others stand as zero."""
    found = sorted({month for month, _trade in sales})
    months = list(months_between(found[0], found[-1])) if found else []
    trades = sorted({trade for _month, trade in sales})
    return {
        "months": [month.isoformat() for month in months],
        "trades": [
            {"code": code, "amounts": [str(sales.get((month, code), ZERO)) for month in months]}
            for code in trades
        ],
    }


def kept(table: Table, told: disclosure.Released) -> dict[str, Any]:
    """Write down, for `Basis`, what a table counted and what of it was published."""
    parts = table.cells or {"": table.total}
    return {
        "cells": {
            code: {str(key): value for key, value in one.items() if value}
            for code, one in parts.items()
        },
        "hidden": sorted(told.hidden),
        "total_shown": told.total is not None,
    }


def past_of(code: str, row: Mapping[str, Any]) -> Past:
    """Read back what `kept` wrote. The measure no longer matters: only parts are compared."""
    cells = {
        name: {int(key): value for key, value in parts.items()}
        for name, parts in row["cells"].items()
    }
    table = (
        Table.single(code, Measure.WORK, cells[""])
        if "" in cells
        else Table.broken_down(code, Measure.WORK, cells)
    )
    return Past(table, frozenset(row["hidden"]), row["total_shown"])
