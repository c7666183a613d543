"""What is kept of people, why and how long: one registry, which the public page prints.

Each app says it for its own tables, from the constants its erasing obeys. A test fails when a table where a
person may appear is in no row, so that a new drawer is never forgotten on the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Kept:
    """`models`: names of the models it speaks of, in one line. `rank` orders the page.

    `by_itself`: the house erases it on its day, without anybody asking.
    """

    rank: int
    what: "StrPromise"
    why: "StrPromise"
    how_long: Any
    models: str
    by_itself: bool = False


_rows: dict[str, tuple[Kept, ...]] = {}


def register(app: str, rows: Iterable[Kept]) -> None:
    """The rows of an app; of two registrations the later stands."""
    _rows[app] = tuple(rows)


def told() -> list[Kept]:
    every = [one for rows in _rows.values() for one in rows]
    return sorted(every, key=lambda one: one.rank)


def tables() -> set[str]:
    """Labels of every table that a row speaks of."""
    return {
        f"{app}.{name}"
        for app, rows in _rows.items()
        for one in rows
        for name in one.models.split()
    }


def days(number: int, after: "StrPromise") -> Any:
    """ "90 jours après l’événement"."""
    return format_lazy("{} {} {}", number, _("jours"), after)


def months(number: int, after: "StrPromise") -> Any:
    return format_lazy("{} {} {}", number, _("mois"), after)
