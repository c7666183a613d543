"""What pages read of the years of merged cohorts: which were published, and one beside another."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch

from cohorts.models import Cohort
from ct_platform.kit.actor import Actor
from reports.cuts import first_day
from reports.impact_set import SET
from reports.models import Edition, MergedSnapshot

# A few years: what a first year of work, and of remembering older ones, asks for.
YEARS_BACK = 6


@dataclass(frozen=True, slots=True)
class YearRow:
    """A published year, as this seat reads it."""

    year: int
    network: MergedSnapshot | None
    territories: tuple[MergedSnapshot, ...]


def published_years(actor: Actor) -> list[YearRow]:
    """The latest published figures of each year and scope this seat reads, newest first. One query."""
    rows = MergedSnapshot.objects.visible_to(actor).published()
    found: dict[int, dict[int | None, MergedSnapshot]] = {}
    for one in (
        rows.filter(edition__set_code=SET)
        .select_related("edition__publication", "territory")
        .defer("figures")
        .order_by("edition__number", "territory__name")
    ):
        found.setdefault(one.edition.year, {})[one.territory_id] = one
    return [
        YearRow(
            year,
            scopes.get(None),
            tuple(one for key, one in scopes.items() if key is not None),
        )
        for year, scopes in sorted(found.items(), reverse=True)
    ]


@dataclass(frozen=True, slots=True)
class YearToPrepare:
    """A year for the network to freeze, read and publish."""

    year: int
    ended: int  # cohorts
    edition: Edition | None  # the latest
    snapshot: MergedSnapshot | None  # of the network
    ready_on: dt.date
    is_ready: bool

    @property
    def is_published(self) -> bool:
        return self.edition is not None and hasattr(self.edition, "publication")


def years_to_prepare(today: dt.date) -> list[YearToPrepare]:
    """Years in which cohorts ended, newest first. Three queries."""
    since = today.year - YEARS_BACK
    counts = dict(
        Cohort.objects.filter(ends_on__year__gte=since, ends_on__lt=today)
        .order_by("ends_on__year")
        .values_list("ends_on__year")
        .annotate(number=Count("pk"))
    )
    whole = MergedSnapshot.objects.filter(territory__isnull=True).defer("figures")
    rows = Edition.objects.filter(set_code=SET, year__in=counts).order_by("number")
    latest = {
        one.year: one
        for one in rows.select_related("publication").prefetch_related(
            Prefetch("snapshots", queryset=whole)
        )
    }
    return [
        YearToPrepare(
            year,
            counts[year],
            edition,
            next(iter(edition.snapshots.all()), None) if edition else None,
            first_day(year),
            today >= first_day(year),
        )
        for year in sorted(counts, reverse=True)
        for edition in [latest.get(year)]
    ]


def beside(actor: Actor, snapshot: MergedSnapshot) -> Sequence[MergedSnapshot]:
    """The network of the same edition, beside a territory: both were published. One query, or none."""
    if snapshot.territory_id is None:
        return []
    rows = MergedSnapshot.objects.visible_to(actor).filter(edition_id=snapshot.edition_id)
    return list(rows.filter(territory__isnull=True))
