"""A frozen year laid out under the headings of the field. From the photograph alone: counts nothing."""

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from ct_platform.kit.charts import GREY, Bar, BarsChart, bars, figure
from ct_platform.kit.clock import NBSP, format_day
from ct_platform.kit.components import Fact
from ct_platform.kit.trades import trade
from reports.reading import text_of

# The headings of the field, each with its tables in order; money, hours and votes are sums.
MOMENTS = ("exit", "after_3", "after_6", "after_12")
HEADINGS = (
    ("people", ("gender", "age", "quarter", "rural", "labour", "labour_long", "diploma", "way")),
    ("skills", ("progress", "confirmed", "qualification")),
    ("exits", tuple(f"{moment}{cut}" for moment in MOMENTS for cut in ("", "_dynamic", "_job"))),
    ("power", ("power", "power_more")),
)


Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Told:
    """A sum or a rate: its words, "27 sur 45", and why it is masked when it is."""

    label: str
    text: str  # "" when masked
    note: str
    definition: str
    source: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One partition: the chart that is its table, and the words beside it."""

    code: str
    label: str
    chart: BarsChart | None
    told: tuple[Told, ...]
    is_closed: bool  # every cell is masked
    why: str
    hidden: tuple[str, ...]  # the names of the cells masked one by one, told together
    later: dt.date | None
    as_of: dt.date | None
    definition: str
    source: str


@dataclass(frozen=True, slots=True)
class Heading:
    code: str
    title: str
    panels: tuple[Panel, ...]

    @property
    def open(self) -> tuple[Panel, ...]:
        """Those that say something."""
        return tuple(one for one in self.panels if one.later is None and not one.is_closed)

    @property
    def closed(self) -> Mapping[str, Sequence[str]]:
        """The names of those masked whole, by the reason."""
        return _by((one.why, one.label) for one in self.panels if one.is_closed)

    @property
    def later(self) -> Mapping[dt.date, Sequence[str]]:
        """The names of those not everybody could answer yet, by the day they appear."""
        return _by((one.later, one.label) for one in self.panels if one.later is not None)


def _by(named: Iterable[tuple[Key, str]]) -> Mapping[Key, Sequence[str]]:
    found: dict[Key, list[str]] = {}
    for key, name in named:
        found.setdefault(key, []).append(name)
    return found


@dataclass(frozen=True, slots=True)
class Impact:
    """A year of one scope, ready to be shown."""

    name: str
    is_network: bool
    year: int
    as_of: dt.date
    cohorts: tuple[str, ...]
    territories: int
    facts: tuple[Fact, ...]
    headings: tuple[Heading, ...]
    moments: BarsChart | None
    sums: tuple[Told, ...]
    hours: BarsChart
    trades: BarsChart | None
    masked: Mapping[str, Sequence[str]]  # the names of what is masked, by the reason
    thresholds: Mapping[str, int]
    # By (table, share): percent and its words; masked ones are absent.
    rates: Mapping[tuple[str, str], tuple[int, str]]
    labels: Mapping[tuple[str, str], str]

    @property
    def panels(self) -> Mapping[str, Panel]:
        return {panel.code: panel for heading in self.headings for panel in heading.panels}


def read_impact(figures: Mapping[str, Any]) -> Impact:
    """Lay out the figures of one scope (see `reports.merging`)."""
    items = {one["code"]: one for one in figures["figures"]}
    tables = {one["code"]: one for one in figures["tables"]}
    why = {one["table"]: one["why"] for one in figures["masked"]}
    panels = {code: _panel(table, items, why.get(code, "")) for code, table in tables.items()}
    is_network = figures["scope"]["kind"] == "network"
    return Impact(
        name=_("Le réseau") if is_network else figures["scope"]["name"],
        is_network=is_network,
        year=figures["year"],
        as_of=dt.date.fromisoformat(figures["as_of"]),
        cohorts=tuple(figures["cohorts"]),
        territories=figures["territories"],
        facts=_facts(items),
        headings=tuple(
            Heading(code, _title(code), tuple(panels[one] for one in codes if one in panels))
            for code, codes in HEADINGS
        ),
        moments=_moments(items, panels),
        sums=tuple(_told(items[code]) for code in _SUMS if code in items),
        hours=_hours(items),
        trades=_trades(items),
        masked=_by((one["why"], one["what"]) for one in figures["masked"]),
        thresholds=figures["thresholds"],
        rates={
            (one["section"], one["code"].split(".")[1]): (one["value"], _text(one))
            for one in items.values()
            if one["unit"] == "percent" and one["value"] is not None
        },
        labels={
            (one["section"], one["code"].split(".")[1]): one["label"]
            for one in items.values()
            if one["unit"] == "percent"
        },
    )


_PAY = ("money.pot", "money.paid")
_SUMS = (
    "people.total", "work.total", "voice.decisions", "money.sales", "money.expenses", "money.pot",
    "money.paid", "proof.attestations",
)  # fmt: skip


def _title(code: str) -> str:
    return {
        "people": _("Les personnes"),
        "skills": _("Les compétences, avant et après"),
        "exits": _("Les sorties"),
        "power": _("Le pouvoir d’agir"),
    }[code]


def _panel(table: Mapping[str, Any], items: Mapping[str, Any], why: str) -> Panel:
    code = table["code"]
    total = items.get(f"{code}.total")
    if table["later"] or total is None:
        later = dt.date.fromisoformat(table["later"]) if table["later"] else None
        return Panel(code, table["label"], None, (), False, "", (), later, None, "", "")
    groups = [items[f"{code}.{one}"] for one in table["groups"]]
    shares = [items[f"{code}.{one}"] for one in table["shares"]]
    return Panel(
        code=code,
        label=table["label"],
        chart=_chart(table, items, total),
        told=tuple(_told(one) for one in (*groups, *shares) if one["value"] is not None),
        is_closed=len(table["hidden"]) == len(table["cells"]),
        why=why,
        hidden=tuple(items[f"{code}.{cell}"]["label"] for cell in reversed(table["hidden"])),
        later=None,
        as_of=dt.date.fromisoformat(table["as_of"]),
        definition=total["definition"],
        source=total["source"],
    )


def _chart(
    table: Mapping[str, Any], items: Mapping[str, Any], total: Mapping[str, Any]
) -> BarsChart:
    """The cells that matter first; those of few answers, hidden last, at the end."""
    cells = [
        items[f"{table['code']}.{cell}"]
        for cell in reversed(table["cells"])
        if cell not in table["hidden"]
    ]
    rows = [Bar(one["label"], one["value"], text_of(one)) for one in cells]
    if cells and table["hidden"]:
        rows.append(_masked_together(table))
    return bars(
        title=table["label"],
        label_heading=_("Réponse"),
        value_heading=_("Personnes"),
        rows=rows,
        whole=total["value"],
        total=(_("Toutes les personnes de l’année"), text_of(total) or _("masqué"), ""),
    )


def _masked_together(table: Mapping[str, Any]) -> Bar:
    """One bar for the cells masked one by one: what they are together was always to be had."""
    rest = table["rest"]
    return Bar(_("Le reste, ensemble"), rest, figure(rest), fill=GREY)


def _told(item: Mapping[str, Any]) -> Told:
    note = ""
    if item.get("of"):
        over, base = item["of"]
        note = _("%(over)s sur %(base)s personnes") % {"over": figure(over), "base": figure(base)}
    elif item.get("reports") and item["reports"][0] < item["reports"][1]:
        said, everybody = item["reports"]
        note = _("%(n)s sur %(all)s rapports") % {"n": said, "all": everybody}
    elif item["code"] in _PAY and item["value"] is not None and not Decimal(item["value"]):
        # Cohorts that were paid elsewhere, before they came here: zero alone would be read as a fact.
        note = _("aucune paie n’a été faite ici")
    return Told(item["label"], _text(item), note, item["definition"], item["source"])


def _text(item: Mapping[str, Any]) -> str:
    if item["unit"] != "percent" or item["value"] is None:
        return text_of(item)
    text = f"{item['value']}{NBSP}%"
    return _("au moins %(percent)s") % {"percent": text} if item["bound"] == "least" else text


def _facts(items: Mapping[str, Any]) -> tuple[Fact, ...]:
    """The band at the top: who came, what was done, what follows."""

    def fact(code: str, note: str) -> Fact:
        one = _told(items[code])
        return Fact(one.label, one.text or _("masqué"), one.note or note)

    found = [
        fact("people.total", _("coopératives terminées dans l’année")),
        fact("work.total", _("confirmées par une autre personne")),
        fact("money.sales", _("hors TVA")),
    ]
    for code, words in (
        ("exit.dynamic_rate", _("Emploi, formation ou insertion à la sortie")),
        ("power.rate", _("Plus capables d’agir autour d’elles")),
    ):
        if items.get(code) and items[code]["value"] is not None:
            one = _told(items[code])
            found.append(Fact(words, one.text, one.note))
    return tuple(found)


def _moments(items: Mapping[str, Any], panels: Mapping[str, Panel]) -> BarsChart | None:
    """Dynamic exits upon leaving, then three, six and twelve months after, beside who answered."""
    rows = []
    for code in MOMENTS:
        panel = panels.get(code)
        if panel is None:
            continue
        if panel.later:
            day = format_day(panel.later)
            rows.append(Bar(panel.label, 0, _("à partir du %(day)s") % {"day": day}))
            continue
        rate, answered = items[f"{code}.dynamic_rate"], items[f"{code}.response_rate"]
        rows.append(Bar(panel.label, rate["value"], _text(rate), _text(answered) or _("masqué")))
    if not rows:
        return None
    return bars(
        title=_(
            "Emploi, formation ou insertion : à la sortie, puis trois, six et douze mois après"
        ),
        label_heading=_("Moment"),
        value_heading=_("Sorties dynamiques"),
        note_heading=_("Situation connue"),
        rows=rows,
        whole=100,
    )


def _hours(items: Mapping[str, Any]) -> BarsChart:
    kinds = ("production", "meeting", "training", "committee")
    cells = [items[f"work.{kind}"] for kind in kinds]
    total = items["work.total"]
    return bars(
        title=_("Heures vérifiées, par sorte de travail"),
        label_heading=_("Travail"),
        value_heading=_("Heures"),
        note_heading=_("Rapports"),
        rows=[
            Bar(one["label"], one["value"], text_of(one), "{}/{}".format(*one["reports"]))
            for one in cells
        ],
        total=(total["label"], text_of(total) or _("masqué"), "{}/{}".format(*total["reports"])),
    )


def _trades(items: Mapping[str, Any]) -> BarsChart | None:
    sold: Sequence[Mapping[str, Any]] = [
        one for one in items.values() if one["section"] == "trades"
    ]
    if not sold:
        return None
    return bars(
        title=_("Ventes payées, par métier"),
        label_heading=_("Métier"),
        value_heading=_("Hors TVA"),
        rows=[
            Bar(
                str(trade(one["label"]).label),
                Decimal(one["value"]),
                text_of(one),
                trade=one["label"],
            )
            for one in sold
        ],
    )


# Rates worth a look across scopes: each is written on both pages already.
_COMPARED = (
    ("exit", "dynamic_rate"), ("exit_dynamic", "job_rate"), ("after_6", "dynamic_rate"), ("power", "rate"),
)  # fmt: skip


def compared(scopes: Sequence[Impact]) -> list[BarsChart]:
    """The same rate of a territory and of the network, when both are told."""
    if len(scopes) < 2:
        return []
    found = []
    for table, share in _COMPARED:
        rows = [Bar(one.name, *told) for one in scopes if (told := one.rates.get((table, share)))]
        if len(rows) == len(scopes):
            found.append(
                bars(
                    title=f"{scopes[0].panels[table].label}{NBSP}: {scopes[0].labels[table, share]}",
                    label_heading=_("Où"),
                    value_heading=_("Part"),
                    rows=rows,
                    whole=100,
                )
            )
    return found
