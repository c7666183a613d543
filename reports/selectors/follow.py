"""What a seat follows. Everything here was frozen, masked and sent: no page counts a person afresh.

A live page beside a frozen report could be subtracted from it. So the latest report sent for each
cohort is the only source, and sums of several cohorts are sums of what their reports already say.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery

from cohorts.enums import CohortState
from cohorts.models import Cohort, Territory
from ct_platform.kit.actor import Actor
from reports.enums import STANDING
from reports.models import ReportRequest, Snapshot
from reports.querysets import in_time
from reports.reading import Reading, read
from reports.trends import Told, Trend, trends_of

COHORTS_ON_A_PAGE, TERRITORIES_ON_A_PAGE = 25, 30
Cohorts = QuerySet[Any]
# Columns that still read on a phone; older cohorts have their own reports.
MOST_COHORTS = 24


@dataclass(frozen=True, slots=True)
class Followed:
    """A cohort somebody follows, and its latest report if there is one."""

    cohort: Cohort
    snapshot: Snapshot | None
    reading: Reading | None
    asked: bool
    key: uuid.UUID  # of the form that asks for a report


def followed(actor: Actor, number: str | None, year: int | None = None) -> Page[Followed]:
    """One page of the cohorts this seat follows, newest first, begun in `year`. Four queries."""
    rows = cohorts_followed(actor).order_by("-starts_on", "name", "pk")
    if year is not None:
        rows = rows.filter(starts_on__year=year)
    found: Page[Any] = Paginator(rows, COHORTS_ON_A_PAGE).get_page(number)
    cohorts = list(found.object_list)
    snapshots = Snapshot.objects.in_bulk([one.latest for one in cohorts if one.latest])
    asked = ReportRequest.objects.visible_to(actor).unsent()
    waiting = set(asked.values_list("cohort_id", flat=True))
    found.object_list = [
        _followed(cohort, snapshots.get(cohort.latest), cohort.pk in waiting) for cohort in cohorts
    ]
    return found


def territories_followed(actor: Actor, number: str | None, words: str = "") -> Page[Territory]:
    """One page of `territory_rows`. Two queries."""
    rows = territory_rows(actor, words)
    page: Page[Territory] = Paginator(rows, TERRITORIES_ON_A_PAGE).get_page(number)
    return page


def territory_rows(actor: Actor, words: str = "", among: Cohorts | None = None) -> QuerySet[Any]:
    """The territories of the cohorts this seat follows, with how many have a report.

    `words`: of their names.
    """
    mine = cohorts_followed(actor, among).order_by().values("territory")
    counts = mine.filter(territory=OuterRef("pk"))
    rows = Territory.objects.filter(pk__in=mine)
    if words:
        rows = rows.filter(name__icontains=words)
    found: QuerySet[Any] = rows.annotate(
        cohort_count=Subquery(counts.annotate(n=Count("pk")).values("n")),
        report_count=Subquery(counts.annotate(n=Count("latest")).values("n")),
    ).order_by("name", "pk")
    return found


@dataclass(frozen=True, slots=True)
class TerritoryPage:
    territory: Territory
    told: Sequence[Told]
    trends: Sequence[Trend]
    silent: int  # cohorts followed without a report yet
    older: int  # cohorts with a report, too old for the drawing


def territory_page(
    actor: Actor, territory: Territory, among: Cohorts | None = None
) -> TerritoryPage:
    """The core set over the cohorts of a territory. Two queries.

    The bars are those of the cohorts this seat follows; the territory beside them is the median of
    all its reports, when at least three say the figure.
    """
    around = Cohort.objects.filter(territory=territory).exclude(state=CohortState.DRAFT)
    latest = _latest_ids(around.order_by("-starts_on", "pk"))
    rows = Snapshot.objects.filter(pk__in=list(latest)).select_related("cohort")
    everybody = sorted(
        (
            Told(one.cohort.name, one.cohort_id, one.cohort.starts_on, one.pk, one.figures)
            for one in rows
        ),
        key=lambda one: (one.starts_on, one.name),
    )
    followed_there = cohorts_followed(actor, among).filter(territory=territory)
    mine = set(followed_there.values_list("pk", flat=True))
    told = [one for one in everybody if one.cohort_id in mine]
    return TerritoryPage(
        territory=territory,
        told=told[-MOST_COHORTS:],
        trends=trends_of(told[-MOST_COHORTS:], everybody),
        silent=len(mine) - len(told),
        older=max(len(told) - MOST_COHORTS, 0),
    )


def cohorts_followed(actor: Actor, among: Cohorts | None = None) -> QuerySet[Any]:
    """The announced cohorts this seat follows, each with `latest`, its latest standing report.

    `among`: those, and no others.
    """
    rows: QuerySet[Any] = Cohort.objects.visible_to(actor).exclude(state=CohortState.DRAFT)
    if among is not None:
        rows = rows.filter(pk__in=among.values("pk"))
    return rows.annotate(latest=_latest(actor)).select_related("territory")  # type: ignore[no-any-return]


def _latest(reader: Actor | None = None) -> Subquery:
    """The latest report that stands: sent, not replaced, in time for its reader."""
    rows = Snapshot.objects.filter(cohort_id=OuterRef("pk"), report__state__in=STANDING)
    if reader is not None:
        rows = rows.filter(in_time(reader, "report__sent_at"))
    return Subquery(rows.order_by("-frozen_at", "-pk").values("pk")[:1])


def _latest_ids(cohorts: QuerySet[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = cohorts.annotate(latest=_latest()).filter(latest__isnull=False)
    return found.values_list("latest", flat=True)[:200]


def _followed(cohort: Cohort, snapshot: Snapshot | None, asked: bool) -> Followed:
    reading = read(snapshot.figures) if snapshot else None
    return Followed(cohort, snapshot, reading, asked, uuid.uuid4())
