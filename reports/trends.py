"""The core set over several cohorts, from their sent reports alone. Nothing is counted here.

Only what reports already say is put side by side or added: whoever read them all could do the same.
A figure masked in one of them stays masked, and a sum then says how many reports it adds.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit.charts import MIMOSA, Bar, BarsChart, bars, figure
from ct_platform.kit.clock import NBSP
from ct_platform.kit.components import Fact
from ct_platform.kit.money import euros
from reports.definitions import DEFINITIONS
from reports.reading import text_of

# One of two would tell the other: who follows one cohort subtracts it.
LEAST_REPORTS = 3
SHOWN = (
    "people.total", "people.completed", "work.total", "weeks.rate", "voice.decisions", "voice.turnout",
    "money.sales", "money.pot", "money.paid", "proof.attestations",
)  # fmt: skip
# Added over the cohorts, in the line of big figures.
ADDED = ("people.total", "work.total", "voice.decisions", "money.sales")


@dataclass(frozen=True, slots=True)
class Told:
    """What the latest report of a cohort says."""

    name: str
    cohort_id: int
    starts_on: dt.date
    snapshot_id: int
    figures: Mapping[str, Any]

    @property
    def as_of(self) -> dt.date:
        return dt.date.fromisoformat(self.figures["as_of"])

    def item(self, code: str) -> Mapping[str, Any] | None:
        return next((one for one in self.figures["figures"] if one["code"] == code), None)


@dataclass(frozen=True, slots=True)
class Median:
    """The territory beside its cohorts: a middle value names none of three or more."""

    value: Decimal
    text: str
    reports: int


@dataclass(frozen=True, slots=True)
class Trend:
    """One figure over the cohorts: chart and table, and the words that say what it is."""

    code: str
    label: str
    chart: BarsChart
    definition: str
    numerator: str
    denominator: str
    source: str
    masked: tuple[str, ...]  # "cohorts: why"
    around: Median | None = None


def trends_of(told: Sequence[Told], everybody: Sequence[Told]) -> list[Trend]:
    """`told`: the cohorts a seat follows, oldest first; `everybody`: all those of the territory."""
    return [_trend(code, told, everybody) for code in SHOWN] if told else []


def added_values(figures: Mapping[str, Any]) -> list[tuple[str, Decimal]]:
    """(code, value) of the figures that are added over cohorts, those that are not masked."""
    return [
        (item["code"], value)
        for item in figures["figures"]
        if item["code"] in ADDED and (value := _value(item)) is not None
    ]


def facts_of_all(told: Sequence[Told]) -> tuple[Fact, ...]:
    """Sums of what these reports say, each with the number of reports it adds."""
    return tuple(_sum(code, told) for code in ADDED)


def _trend(code: str, told: Sequence[Told], everybody: Sequence[Told]) -> Trend:
    one = DEFINITIONS[code]
    rows = [_bar(each, code) for each in told]
    around = _median(code, everybody)
    if around is not None:
        label = _("Territoire, médiane de %(n)s rapports") % {"n": around.reports}
        rows.append(Bar(label, around.value, around.text, fill=MIMOSA))
    chart = bars(
        title=str(one.label),
        label_heading=_("Coopérative"),
        value_heading=_("Chiffre"),
        note_heading=_("Arrêté le"),
        rows=rows,
        whole=100 if one.unit == "percent" else None,
    )
    return Trend(
        code=code,
        label=str(one.label),
        chart=chart,
        definition=str(one.definition),
        numerator=str(one.numerator),
        denominator=str(one.denominator),
        source=str(one.source),
        masked=_why_masked(told, code),
        around=around,
    )


def _bar(one: Told, code: str) -> Bar:
    item = one.item(code)
    text = text_of(item) if item is not None else ""
    return Bar(one.name, _value(item), text, note=f"{one.as_of:%d/%m/%y}")


def _median(code: str, everybody: Sequence[Told]) -> Median | None:
    values = [value for each in everybody if (value := _value(each.item(code))) is not None]
    if len(values) < LEAST_REPORTS:
        return None
    middle = Decimal(median(values))
    return Median(middle, text_of_sum(code, middle), len(values))


def _sum(code: str, told: Sequence[Told]) -> Fact:
    values = [value for each in told if (value := _value(each.item(code))) is not None]
    note = ngettext("%(n)s rapport", "%(n)s rapports", len(values)) % {"n": len(values)}
    if len(values) < len(told):
        note = _("%(n)s sur %(all)s rapports") % {"n": len(values), "all": len(told)}
    text = text_of_sum(code, sum(values, Decimal(0))) if values else _("masqué")
    return Fact(str(DEFINITIONS[code].label), text, note)


def _value(item: Mapping[str, Any] | None) -> Decimal | None:
    return None if item is None or item["value"] is None else Decimal(item["value"])


def text_of_sum(code: str, value: Decimal) -> str:
    """A figure of several reports together, as people read it."""
    match DEFINITIONS[code].unit:
        case "minutes":
            return f"{figure(value / 60)}{NBSP}h"
        case "euros":
            return euros(value.quantize(Decimal("0.01")))
        case "percent":
            return _("environ %(number)s") % {"number": f"{figure(value)}{NBSP}%"}
        case _:
            return figure(value)


def _why_masked(told: Sequence[Told], code: str) -> tuple[str, ...]:
    """Each reason once, after the cohorts it speaks of."""
    names: dict[str, list[str]] = {}
    for one in told:
        if _value(one.item(code)) is None:
            names.setdefault(why_masked(one.figures, code), []).append(one.name)
    return tuple(f"{', '.join(of)}{NBSP}: {why}" for why, of in names.items())


def why_masked(figures: Mapping[str, Any], code: str) -> str:
    """Why a report does not tell this figure, in its own words."""
    label = str(DEFINITIONS[code].label)
    for row in figures["masked"]:
        if label in row["what"].split(" · "):
            return str(row["why"])
    return _("Ce rapport est plus ancien que ce chiffre.")
