"""Suivi at a glance: what all the reports a seat follows say together, year after year.

The database adds published figures; no report is opened. Whoever read them all could do the same.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit.actor import Actor
from ct_platform.kit.charts import Bar, bars
from ct_platform.kit.components import Fact
from reports.definitions import DEFINITIONS
from reports.models import PublishedFigure
from reports.selectors.follow import cohorts_followed
from reports.trends import ADDED, Trend, text_of_sum


@dataclass(frozen=True, slots=True)
class Year:
    """The cohorts that began in a year. sums: code → (how many reports say it, their sum)."""

    year: int
    cohorts: int
    reports: int
    sums: Mapping[str, tuple[int, Decimal]]


@dataclass(frozen=True, slots=True)
class Overview:
    """`trends` are drawn from two years on: one alone is said by the facts."""

    years: Sequence[Year]  # oldest first
    facts: tuple[Fact, ...]
    trends: Sequence[Trend]

    @property
    def reports(self) -> int:
        return sum(one.reports for one in self.years)


def overview(actor: Actor) -> Overview:
    """The core set over everything this seat follows. Two queries, whatever their number."""
    mine = list(cohorts_followed(actor).order_by().values_list("starts_on", "latest"))
    cohorts = Counter(day.year for day, _latest in mine)
    reports = Counter(day.year for day, latest in mine if latest is not None)
    sums: dict[int, dict[str, tuple[int, Decimal]]] = {year: {} for year in cohorts}
    # By their keys: asked for as a query, the latest report of each would be looked for thrice.
    standing = [latest for _day, latest in mine if latest is not None]
    rows = (
        PublishedFigure.objects.filter(snapshot__in=standing, code__in=ADDED)
        .annotate(year=ExtractYear("snapshot__cohort__starts_on"))
        .order_by()
        .values_list("year", "code")
        .annotate(said=Count("pk"), total=Sum("value"))
    )
    for year, code, said, total in rows:
        sums[year][code] = (said, total)
    years = [Year(year, cohorts[year], reports[year], sums[year]) for year in sorted(cohorts)]
    told = [one for one in years if one.reports]
    return Overview(
        years=years,
        facts=tuple(_fact(code, told) for code in ADDED) if told else (),
        trends=[_trend(code, told) for code in ADDED] if len(told) > 1 else (),
    )


def _fact(code: str, years: Sequence[Year]) -> Fact:
    said = sum(one.sums.get(code, (0, 0))[0] for one in years)
    total = sum((one.sums[code][1] for one in years if code in one.sums), Decimal(0))
    text = text_of_sum(code, total) if said else _("masqué")
    return Fact(str(DEFINITIONS[code].label), text, _said(said, sum(one.reports for one in years)))


def _trend(code: str, years: Sequence[Year]) -> Trend:
    one = DEFINITIONS[code]
    return Trend(
        code=code,
        label=str(one.label),
        chart=bars(
            title=str(one.label),
            label_heading=_("Début"),
            value_heading=_("Somme"),
            note_heading=_("Rapports"),
            rows=[_bar(code, year) for year in years],
        ),
        definition=str(one.definition),
        numerator=str(one.numerator),
        denominator=str(one.denominator),
        source=str(one.source),
        masked=(),
    )


def _bar(code: str, year: Year) -> Bar:
    said, total = year.sums.get(code, (0, None))
    text = text_of_sum(code, total) if total is not None else ""
    return Bar(str(year.year), total, text, note=_said_of(said, year.reports))


def _said_of(said: int, reports: int) -> str:
    """In a column that says "Rapports": the number, short enough for a phone."""
    return str(said) if said == reports else _("%(n)s sur %(all)s") % {"n": said, "all": reports}


def _said(said: int, reports: int) -> str:
    """How many reports a sum adds: those where the figure is masked are not in it."""
    if said < reports:
        return _("%(n)s sur %(all)s rapports") % {"n": said, "all": reports}
    return ngettext("%(n)s rapport", "%(n)s rapports", said) % {"n": said}


def year_of(text: str, known: Overview) -> int | None:
    """The year somebody asks for, when one of their cohorts began in it."""
    return next((one.year for one in known.years if str(one.year) == text), None)
