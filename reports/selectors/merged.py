"""Which cohorts count in a year, what was published of it, and the figures of every scope."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from cohorts.models import Cohort, Territory
from ct_platform.kit.actor import Actor
from reports.cuts import CountedCohort, Partition
from reports.disclosure import HOUSE, Thresholds
from reports.enums import STANDING
from reports.merging import NETWORK, Frozen, YearFigures, kept_once, year_figures
from reports.models import MergedBasis, MergedSnapshot, Snapshot
from reports.selectors.stays import Stays


@dataclass(frozen=True, slots=True)
class Year:
    """A year as it would be frozen. `missing`: cohorts that ended in it and do not count."""

    figures: YearFigures
    counted: tuple[CountedCohort, ...]
    missing: int


def is_co_financed(snapshot: MergedSnapshot) -> bool:
    """True when the European Union paid for a cohort of that year and scope: the emblem is due."""
    rows = Cohort.objects.filter(ends_on__year=snapshot.edition.year, eu_funded=True)
    if snapshot.territory_id:
        rows = rows.filter(territory=snapshot.territory_id)
    return rows.exists()


def year_of(set_code: str, year: int, day: dt.date, rules: Thresholds = HOUSE) -> Year:
    """Make the figures of a year as frozen on `day`. Fourteen queries at most, whatever its size."""
    bases = _published_bases(year)
    ended = Cohort.objects.filter(ends_on__year=year, ends_on__lt=day)
    counted = _counted(ended, bases, rules)
    stays = Stays(one.cohort_id for one in counted)
    people: dict[int, list[tuple[int, int]]] = defaultdict(list)
    place = {key: one.territory_id for one in counted for key in one.enrolments}
    for key, row in stays.rows.items():
        if key in place:
            people[place[key]].append((row.person_id, key))
    territories = Territory.objects.filter(pk__in=people)
    found = year_figures(
        set_code=set_code,
        year=year,
        day=day,
        cohorts=counted,
        enrolments=kept_once(people, rules),
        names=dict(territories.values_list("pk", "name")),
        read=_reader(stays),
        before=_frozen(year, bases),
        rules=rules,
    )
    return Year(found, tuple(counted), ended.count() - len(counted))


def _reader(stays: Stays) -> Any:
    def read(one: Partition) -> Mapping[int, str]:
        return one.read(stays)

    return read


def _counted(
    ended: QuerySet[Any], bases: Sequence[MergedBasis], rules: Thresholds
) -> list[CountedCohort]:
    """By their last report sent after the last day; those of a published year are settled. One query.

    A report of under five people says no total. With three times k people it might tell its cells of
    people too, which a year would then be subtracted from: so large a cohort is left out.
    """
    rows = Snapshot.objects.select_related("cohort", "basis").order_by("frozen_at", "pk")
    if bases:
        settled = [key for basis in bases for key in basis.cohorts.values()]
        rows = rows.filter(pk__in=settled)
    else:
        rows = rows.filter(
            cohort__in=ended.values("pk"),
            report__state__in=STANDING,
            period_to__gte=F("cohort__ends_on"),
        )
    found = {}
    for snapshot in rows:
        table = snapshot.basis.tables["people"]
        keys = tuple(sorted(int(key) for parts in table["cells"].values() for key in parts))
        if table["total_shown"] and len(keys) < 3 * rules.breakdown:
            found[snapshot.cohort_id] = CountedCohort(
                snapshot.cohort_id, snapshot.cohort.territory_id, snapshot.cohort.name,
                snapshot.pk, keys, snapshot.figures,
            )  # fmt: skip
        else:
            found.pop(snapshot.cohort_id, None)
    return list(found.values())


def _published_bases(year: int) -> list[MergedBasis]:
    """Of every published edition of the year, in any set, oldest first. One query."""
    rows = MergedBasis.objects.filter(
        edition__year=year, edition__publication__isnull=False
    ).order_by("edition__publication__published_at", "edition_id", "territory_id")
    return list(rows)


def _frozen(year: int, bases: Sequence[MergedBasis]) -> Frozen:
    """What is repeated word for word: each table as it was first published. One query, or none."""
    if not bases:
        return Frozen({}, {})
    basis: dict[int, dict[str, Any]] = defaultdict(dict)
    for one in bases:
        for code, cells in one.tables.items():
            basis[one.territory_id].setdefault(code, cells)
    rows = MergedSnapshot.objects.published().filter(edition__year=year)
    figures: dict[int, dict[str, Any]] = {}
    for snapshot in rows.order_by("edition__publication__published_at", "edition_id"):
        _add(figures.setdefault(snapshot.territory_id or NETWORK, {}), snapshot.figures)
    return Frozen(figures, basis)


def _add(known: dict[str, Any], figures: Mapping[str, Any]) -> None:
    """Add to what is known of a scope the tables that were not."""
    if not known:
        known |= {"figures": [], "tables": [], "masked": []}
        tables = {table["code"] for table in figures["tables"]}
        known["figures"] += [one for one in figures["figures"] if one["section"] not in tables]
        known["masked"] += [one for one in figures["masked"] if one["table"] not in tables]
    new = {table["code"] for table in figures["tables"] if not table["later"]}
    new -= {table["code"] for table in known["tables"]}
    known["figures"] += [one for one in figures["figures"] if one["section"] in new]
    known["tables"] += [one for one in figures["tables"] if one["code"] in new]
    known["masked"] += [one for one in figures["masked"] if one["table"] in new]


def merged_of(
    actor: Actor, set_code: str, year: int, territory_id: int | None
) -> MergedSnapshot | None:
    """The latest published figures of a scope (None: the network) that this seat may read. One query."""
    place = Q(territory_id=territory_id) if territory_id else Q(territory__isnull=True)
    rows = MergedSnapshot.objects.visible_to(actor).published()
    found: MergedSnapshot | None = (
        rows.filter(place, edition__set_code=set_code, edition__year=year)
        .select_related("edition__publication", "territory")
        .order_by("-edition__number")
        .first()
    )
    return found
