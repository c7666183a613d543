"""The FSE+ codes a funder may read: those of the published years of merged cohorts.

The operation alone is told to nobody but the coordination: its table beside the year of its territory,
or beside another operation there, would be subtracted. So a funder reads the territory's own year,
frozen and masked by `reports.merging`, under the codes of the annex; nothing more is published for it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from reports.impact_set import SET
from reports.models import MergedSnapshot, Operation

# (code of the annex, item of a year). One dimension only: gender is a cut of its own, never crossed.
PUBLISHED = (
    ("EECO01", "people.total"), ("EECO01", "gender.F"), ("EECO01", "gender.M"), ("EECO01", "gender.X"),
    ("EECO02", "labour.unemployed"), ("EECO03", "labour.long"), ("EECO04", "labour.inactive"),
    ("EECO05", "labour.working"), ("EECO06", "age.under_18"), ("EECO07", "age.from_18"),
    ("EECO08", "age.from_55"), ("EECO09", "diploma.isced_0_2"), ("EECO10", "diploma.isced_3_4"),
    ("EECO11", "diploma.isced_5_8"), ("EECO17", "rural.yes"), ("EECR01", "exit.searching"),
    ("EECR02", "exit.training"), ("EECR03", "qualification.yes"), ("EECR04", "exit.job"),
    ("EECR05", "after_6.job"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` None: masked, or not yet known of everybody when `later` says from when."""

    value: int | None
    later: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Published:
    years: Sequence[int]
    rows: Sequence[Row]
    masked: Sequence[Mapping[str, str]]  # what, why


def published_indicators(operation: Operation, actor: Actor) -> Published:
    """The published years of the territory while the operation lasts, oldest first. One query."""
    rows = (
        MergedSnapshot.objects.visible_to(actor)
        .published()
        .filter(
            territory_id=operation.territory_id,
            edition__set_code=SET,
            edition__year__gte=operation.starts_on.year,
            edition__year__lte=operation.ends_on.year,
        )
        .select_related("edition")
        .order_by("edition__year", "edition__number")
    )
    # A later edition of a year repeats the one before, and completes it.
    by_year: dict[int, Mapping[str, Any]] = {one.edition.year: one.figures for one in rows}
    items = {
        year: {one["code"]: one for one in found["figures"]} for year, found in by_year.items()
    }
    return Published(
        years=list(by_year),
        rows=[
            Row(
                code,
                _label(item, items.values()),
                [_cell(item, items[year], found) for year, found in by_year.items()],
            )
            for code, item in PUBLISHED
        ],
        masked=[one for found in by_year.values() for one in found["masked"] if _is_ours(one)],
    )  # fmt: skip


def _label(item: str, years: Any) -> str:
    labels = [str(found[item]["label"]) for found in years if item in found]
    return labels[-1] if labels else _("pas encore publié")


def _cell(item: str, found: Mapping[str, Any], figures: Mapping[str, Any]) -> Cell:
    if item in found:
        return Cell(found[item]["value"])
    table = item.partition(".")[0]
    later = [one["later"] for one in figures["tables"] if one["code"] == table]
    return Cell(None, dt.date.fromisoformat(later[0]) if later and later[0] else None)


_TABLES = frozenset(item.partition(".")[0] for _code, item in PUBLISHED)


def _is_ours(masked: Mapping[str, str]) -> bool:
    return masked["table"] in _TABLES
