"""From frozen figures to what a page, a paper or a sheet shows of them. Nothing is counted here."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.charts import (
    Bar,
    BarsChart,
    ColumnsChart,
    bars,
    figure,
    stacked_columns,
    trade_series,
)
from ct_platform.kit.clock import NBSP, Month, format_period
from ct_platform.kit.components import Fact
from ct_platform.kit.money import ZERO, euros
from ct_platform.kit.trades import TRADES

# From this monthly sum on, a chart counts in thousands: four figures do not fit beside its lines.
THOUSAND = 1000
# Three letters or so: what stands under a column.
SHORT_MONTHS = (
    "Janv.", "Fév.", "Mars", "Avr.", "Mai", "Juin", "Juil.", "Août", "Sept.", "Oct.", "Nov.", "Déc.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One figure with its words. `text` is empty when it is masked."""

    code: str
    label: str
    text: str
    is_masked: bool
    definition: str
    numerator: str
    denominator: str
    source: str


@dataclass(frozen=True, slots=True)
class SalesRow:
    """One row of the table of sales."""

    label: str
    amounts: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Masked:
    what: str
    why: str
    icon: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A report ready to be shown."""

    cohort: str
    territory: str
    host: str
    eu: bool
    period: str
    as_of: dt.date
    facts: tuple[Fact, ...]
    people: tuple[Line, ...]
    people_total: Line
    people_chart: BarsChart
    hours: BarsChart
    hours_total: Line
    hours_lines: tuple[Line, ...]
    money: tuple[Line, ...]
    others: tuple[Line, ...]
    sales_chart: ColumnsChart | None
    sales_trades: tuple[str, ...]
    sales_rows: tuple[SalesRow, ...]
    sales_total: SalesRow | None
    masked: tuple[Masked, ...]
    lines: tuple[Line, ...]

    @property
    def masked_count(self) -> int:
        return sum(line.is_masked for line in self.lines)


_ICONS = {"cells": "groupe", "change": "partage", "amount": "paie"}


def read(figures: Mapping[str, Any]) -> Reading:
    """Lay out the figures of a report, from the photograph alone."""
    lines = {item["code"]: _line(item) for item in figures["figures"]}
    first, last = (dt.date.fromisoformat(day) for day in figures["period"])
    hours = [item for item in figures["figures"] if item["section"] == "work"]
    sales = figures["sales"]
    return Reading(
        cohort=figures["cohort"],
        territory=figures["territory"],
        host=figures["host"],
        eu=figures["eu"],
        period=format_period(first, last),
        as_of=dt.date.fromisoformat(figures["as_of"]),
        facts=_facts(lines),
        people=_section(lines, "people"),
        people_total=lines["people.total"],
        people_chart=_people_chart([i for i in figures["figures"] if i["section"] == "people"]),
        hours=_hours_chart(hours),
        hours_total=lines["work.total"],
        hours_lines=_section(lines, "work"),
        money=tuple(line for code, line in lines.items() if code.startswith("money.")),
        others=tuple(
            line
            for code, line in lines.items()
            if code.split(".")[0] in ("weeks", "voice", "proof")
        ),
        sales_chart=_sales_chart(sales),
        sales_trades=tuple(str(TRADES[row["code"]].label) for row in sales["trades"]),
        sales_rows=_sales_rows(sales),
        sales_total=_sales_total(sales),
        masked=tuple(
            Masked(row["what"], row["why"], _ICONS.get(row["reason"], "groupe"))
            for row in figures["masked"]
        ),
        lines=tuple(lines.values()),
    )


def _section(lines: Mapping[str, Line], section: str) -> tuple[Line, ...]:
    """The cells of a table, without its total."""
    return tuple(
        line
        for code, line in lines.items()
        if code.startswith(f"{section}.") and not code.endswith(".total")
    )


def _line(item: Mapping[str, Any]) -> Line:
    return Line(
        code=item["code"],
        label=item["label"],
        text=text_of(item),
        is_masked=item["state"] == "masked",
        definition=item["definition"],
        numerator=item["numerator"],
        denominator=item["denominator"],
        source=item["source"],
    )


def text_of(item: Mapping[str, Any]) -> str:
    """A figure as people read it: "1 234 h 30", "142 400,00 €", "95 % ou plus"; "" when masked."""
    value = item["value"]
    if value is None:
        return ""
    match item["unit"]:
        case "minutes":
            hours, rest = divmod(value, 60)
            return f"{figure(hours)}{NBSP}h" + (f"{NBSP}{rest:02d}" if rest else "")
        case "euros":
            return euros(Decimal(value))
        case "percent":
            return _percent(value, item["bound"])
        case _:
            text = figure(value)
            return _("environ %(number)s") % {"number": text} if item["state"] == "about" else text


def _percent(value: int, bound: str) -> str:
    text = f"{value}{NBSP}%"
    match bound:
        case "least":
            return _("%(percent)s ou plus") % {"percent": text}
        case "most":
            return _("%(percent)s ou moins") % {"percent": text}
        case _:
            return _("environ %(percent)s") % {"percent": text}


def _facts(lines: Mapping[str, Line]) -> tuple[Fact, ...]:
    """The band at the top. A masked figure says so, and where it is explained."""

    def fact(code: str, note: str) -> Fact:
        line = lines[code]
        if line.is_masked:
            return Fact(line.label, _("masqué"), _("expliqué plus bas"))
        return Fact(line.label, line.text, note)

    return (
        fact("people.total", _("depuis le premier jour")),
        fact("work.total", _("confirmées par une autre personne")),
        fact("voice.decisions", _("par un vote du groupe")),
        fact("money.sales", _("hors TVA")),
        fact("money.paid", _("net à payer avant impôt des bulletins émis")),
    )


def _people_chart(items: Sequence[Mapping[str, Any]]) -> BarsChart:
    total, *cells = items
    return bars(
        title=_("Parcours des personnes"),
        label_heading=_("Où elles en sont"),
        value_heading=_("Personnes"),
        rows=[Bar(item["label"], item["value"], text_of(item)) for item in cells],
        total=(total["label"], text_of(total) or _("masqué"), ""),
        whole=total["value"],
    )


def _hours_chart(items: Sequence[Mapping[str, Any]]) -> BarsChart:
    total, *cells = items
    return bars(
        title=_("Heures par sorte de travail"),
        label_heading=_("Travail"),
        value_heading=_("Heures"),
        rows=[Bar(item["label"], item["value"], text_of(item)) for item in cells],
        total=(total["label"], text_of(total) or _("masqué"), ""),
    )


def _months(sales: Mapping[str, Any]) -> list[dt.date]:
    return [dt.date.fromisoformat(month) for month in sales["months"]]


def _sales_chart(sales: Mapping[str, Any]) -> ColumnsChart | None:
    """None while nothing is sold. Rounded: the table beside it has the cents."""
    if not sales["months"]:
        return None
    columns = [[Decimal(amount) for amount in row["amounts"]] for row in sales["trades"]]
    large = max(map(sum, zip(*columns, strict=True))) >= THOUSAND
    scale = THOUSAND if large else 1
    return stacked_columns(
        title=_("Ventes payées par mois et par métier"),
        heading=_("Mois"),
        unit=_("milliers d’euros hors TVA") if large else _("euros hors TVA"),
        places=1 if large else 0,
        columns=[SHORT_MONTHS[month.month - 1] for month in _months(sales)],
        series=[
            trade_series(row["code"], [amount / scale for amount in amounts])
            for row, amounts in zip(sales["trades"], columns, strict=True)
        ],
    )


def _sales_rows(sales: Mapping[str, Any]) -> tuple[SalesRow, ...]:
    return tuple(
        _row(
            str(Month(month)).capitalize(), [Decimal(row["amounts"][i]) for row in sales["trades"]]
        )
        for i, month in enumerate(_months(sales))
    )


def _sales_total(sales: Mapping[str, Any]) -> SalesRow | None:
    if not sales["months"]:
        return None
    sums = [sum(map(Decimal, row["amounts"]), ZERO) for row in sales["trades"]]
    return _row(_("Total"), sums)


def _row(label: str, amounts: Sequence[Decimal]) -> SalesRow:
    return SalesRow(label, tuple(euros(amount) for amount in amounts), euros(sum(amounts, ZERO)))
