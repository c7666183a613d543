"""What may be published of a year, what was, and its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from ct_platform.kit.actor import Actor
from reports.models import Edition, MergedSnapshot, OpenFile, OpenRelease
from reports.open_data.files import Scope, Tables, tables_of

# The set of tables that is opened: who came, how they left, what they say.
OPEN_SET = "impact"


@dataclass(frozen=True, slots=True)
class Candidate:
    """The last published edition of a year. `release`: the last version of its open files."""

    edition: Edition
    release: OpenRelease | None

    @property
    def is_open(self) -> bool:
        """Published already from this very edition."""
        return self.release is not None and self.release.edition_id == self.edition.pk


def candidates(actor: Actor) -> list[Candidate]:
    """A line a year, latest first. Two queries."""
    rows = Edition.objects.visible_to(actor).published().filter(set_code=OPEN_SET)
    latest: dict[int, Edition] = {}
    for edition in rows.order_by("-year", "-number"):
        latest.setdefault(edition.year, edition)
    released: dict[int, OpenRelease] = {}
    for one in OpenRelease.objects.order_by("-year", "-number"):
        released.setdefault(one.year, one)
    return [Candidate(edition, released.get(year)) for year, edition in latest.items()]


def tables_of_edition(edition: Edition) -> Tables:
    """The tables as they would be published. One query."""
    rows = MergedSnapshot.objects.published().filter(edition=edition).select_related("territory")
    return tables_of(edition.year, [_scope(one) for one in rows.order_by("pk")])


def _scope(one: MergedSnapshot) -> Scope:
    place = one.territory
    if place is None:
        return Scope("", "", "", one.figures)
    return Scope(place.name, place.qpv_code, place.department, one.figures)


@dataclass(frozen=True, slots=True)
class Year:
    """The version that stands, and those before it."""

    latest: OpenRelease
    earlier: Sequence[OpenRelease]


def years() -> list[Year]:
    """Every version ever published, with its files without their content. Two queries."""
    files: Prefetch[Any] = Prefetch("files", OpenFile.objects.defer("content").order_by("pk"))
    found: dict[int, list[OpenRelease]] = {}
    for one in OpenRelease.objects.prefetch_related(files).order_by("-year", "-number"):
        found.setdefault(one.year, []).append(one)
    return [Year(some[0], some[1:]) for some in found.values()]


def last_release(year: int) -> OpenRelease | None:
    found: OpenRelease | None = OpenRelease.objects.filter(year=year).order_by("-number").first()
    return found


@dataclass(frozen=True, slots=True)
class ScopeTold:
    """What the preview says of the network ("") or of a territory."""

    territory: str
    cohorts: int
    lines: Sequence[Any]
    masked: int


def scopes_told(tables: Tables) -> list[ScopeTold]:
    found: dict[str, list[Any]] = {}
    for line in tables.data:
        found.setdefault(str(line["territoire"]), []).append(line)
    return [
        ScopeTold(
            territory,
            lines[0]["cooperatives"],
            lines,
            sum(one["etat"] == "masque" for one in lines),
        )
        for territory, lines in found.items()
    ]
