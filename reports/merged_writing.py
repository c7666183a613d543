"""The figures of one scope of a year, as they are written: items, tables, and what is masked why. Pure.

An item has the form of those of a cohort's report; `as_of` and, for rates, `of` come beside.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from reports.cuts import SUMS, CountedCohort, Partition, Share
from reports.definitions import DEFINITIONS, why
from reports.disclosure import Reason, Released, Thresholds

LEAST_COHORTS = 3
_EVERYBODY = DEFINITIONS["people.total"]


@dataclass(slots=True)
class ScopeWriter:
    """The figures of one scope as they are written."""

    rules: Thresholds
    day: dt.date
    items: list[dict[str, Any]] = field(default_factory=list)
    masked: list[dict[str, str]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)

    def write(self, code: str, *, value: Any, unit: str, label: Any, **more: Any) -> None:
        item = {
            "code": code,
            "section": code.split(".")[0],
            "label": str(label),
            "unit": unit,
            "state": "masked" if value is None else "shown",
            "value": value,
            "bound": "",
            "as_of": self.day.isoformat(),
            "definition": "",
            "numerator": "",
            "denominator": "",
            "source": "",
        }
        self.items.append(item | {name: _plain(one) for name, one in more.items()})

    def table(self, one: Partition, told: Released) -> None:
        """The total, each cell, each group, and what the hidden cells are together."""
        hidden = [cell.code for cell in one.cells if told.cells[cell.code] is None]
        shown = sum(value for value in told.cells.values() if value is not None)
        rest = told.total - shown if told.total is not None and hidden else None
        words = {"definition": one.definition, "source": one.source}
        everybody = _EVERYBODY.label
        self.write(
            f"{one.code}.total", value=told.total, unit="persons", label=everybody,
            numerator=_EVERYBODY.numerator, **words,
        )  # fmt: skip
        for cell in one.cells:
            self.write(
                f"{one.code}.{cell.code}", value=told.cells[cell.code], unit="persons",
                label=cell.label, numerator=cell.label, denominator=everybody, **words,
            )  # fmt: skip
        self.tables.append(
            {
                "code": one.code,
                "label": str(one.label),
                "cells": [cell.code for cell in one.cells],
                "groups": [group.code for group in one.groups],
                "shares": [share.code for share in one.shares],
                "hidden": hidden,
                "rest": rest,
                "as_of": self.day.isoformat(),
                "later": "",
            }
        )
        for group in one.groups:
            self.write(
                f"{one.code}.{group.code}", value=self.sum_of(one.code, group.cells), unit="persons",
                label=group.label, numerator=group.label, denominator=everybody, **words,
            )  # fmt: skip
        for share in one.shares:
            self._share(one, share)
        if told.reason is not None:
            labels = [str(cell.label) for cell in one.cells if cell.code in hidden]
            self.masked.append(
                {
                    "table": one.code,
                    "what": f"{one.label} : {' · '.join(labels)}",
                    "reason": told.reason.value,
                    "why": why(told.reason, self.rules),
                }
            )

    def _share(self, one: Partition, share: Share) -> None:
        over = self.sum_of(one.code, share.cells)
        table = share.over or one.code
        total = self.value(f"{table}.total")
        out = self.sum_of(table, share.without) if share.without else 0
        base = None if total is None else total - (out or 0)
        percent = None
        if over is not None and base:
            # From below when the denominator may be smaller than what is shown.
            percent = over * 100 // base if out is None else (200 * over + base) // (2 * base)
        self.write(
            f"{one.code}.{share.code}", value=percent, unit="percent", label=share.label,
            bound="least" if percent is not None and out is None else "",
            definition=one.definition, source=one.source, numerator=share.label,
            denominator=_EVERYBODY.label, of=None if percent is None else [over, base],
        )  # fmt: skip

    def value(self, code: str) -> Any:
        return next((one["value"] for one in self.items if one["code"] == code), None)

    def sum_of(self, code: str, cells: Sequence[str]) -> int | None:
        """The sum of some cells, when the shown ones and the hidden ones together give it."""
        table = next(one for one in self.tables if one["code"] == code)
        holes = {cell for cell in cells if cell in table["hidden"]}
        if holes and (holes != set(table["hidden"]) or table["rest"] is None):
            return None
        shown = sum(self.value(f"{code}.{cell}") for cell in cells if cell not in holes)
        return int(shown + (table["rest"] if holes else 0))

    def waiting(self, one: Partition, day: dt.date) -> None:
        """Nothing is known yet of everybody: said as such, never as masked."""
        self.tables.append(
            {
                "code": one.code,
                "label": str(one.label),
                "cells": [],
                "groups": [],
                "shares": [],
                "hidden": [],
                "rest": None,
                "as_of": "",
                "later": day.isoformat(),
            }
        )

    def repeat(self, code: str, earlier: Mapping[str, Any]) -> None:
        """A table published before, word for word."""
        self.items += [one for one in earlier["figures"] if one["section"] == code]
        self.masked += [one for one in earlier["masked"] if one["table"] == code]
        self.tables += [one for one in earlier["tables"] if one["code"] == code]


def add_up(
    scope: ScopeWriter, cohorts: Sequence[CountedCohort], before: Mapping[str, Any] | None
) -> None:
    """Add up what the reports of cohorts say, figure by figure. Counts nobody."""
    if before is not None:
        items = [one for one in before["figures"] if one["code"] in (*SUMS, "people.total")]
        scope.items += items
        scope.items += [one for one in before["figures"] if one["section"] == "trades"]
        scope.masked += [one for one in before["masked"] if one["table"] == "sums"]
        return
    for code in ("people.total", *SUMS):
        one = DEFINITIONS[code]
        values = [
            Decimal(item["value"])
            for cohort in cohorts
            for item in cohort.figures["figures"]
            if item["code"] == code and item["value"] is not None
        ]
        total: Any = None
        if len(values) >= LEAST_COHORTS:
            added_up = sum(values, Decimal(0))
            total = str(added_up) if one.unit == "euros" else int(added_up)
        scope.write(
            code, value=total, unit=one.unit, label=one.label, definition=one.definition,
            numerator=one.numerator, denominator=one.denominator, source=one.source,
            reports=[len(values), len(cohorts)], **_rounded_in(code, total),
        )  # fmt: skip
        if total is None:
            scope.masked.append(
                {
                    "table": "sums",
                    "what": str(one.label),
                    "reason": Reason.REPORTS.value,
                    "why": why(Reason.REPORTS, scope.rules),
                }
            )
    _trades(scope, cohorts)


def _rounded_in(code: str, total: Any) -> dict[str, str]:
    """Attestations are rounded in each report: so is their sum."""
    return {"state": "about"} if code == "proof.attestations" and total else {}


def _trades(scope: ScopeWriter, cohorts: Sequence[CountedCohort]) -> None:
    """Customers' money by trade: no person is behind it, reports print it to the cent."""
    one = DEFINITIONS["money.sales"]
    sums: dict[str, Decimal] = {}
    for cohort in cohorts:
        for row in cohort.figures["sales"]["trades"]:
            sums[row["code"]] = sums.get(row["code"], Decimal(0)) + sum(
                map(Decimal, row["amounts"]), Decimal(0)
            )
    for code in sorted(sums):
        scope.write(
            f"trades.{code}", value=str(sums[code]), unit="euros", label=code,
            definition=one.definition, numerator=one.numerator, source=one.source,
        )  # fmt: skip


def _plain(one: Any) -> Any:
    return one if isinstance(one, int | list | type(None)) else str(one)
