"""Money somebody advanced for the group: who keeps their account stands to the right, and registers.

Called inside the transaction of the expense: it is owed once it is written, and no longer once it is
struck out. Without anybody registered the expense only names who paid.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from projects.models import Expense

Act = Callable[[Expense, dt.datetime], None]


@dataclass(frozen=True, slots=True)
class Keeper:
    """`owe` writes what an advanced expense is worth to whoever paid; `forget` takes it back."""

    owe: Act
    forget: Act


_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    if keeper not in _keepers:
        _keepers.append(keeper)


def owe(expense: Expense, at: dt.datetime) -> None:
    for keeper in _keepers:
        keeper.owe(expense, at)


def forget(expense: Expense, at: dt.datetime) -> None:
    for keeper in _keepers:
        keeper.forget(expense, at)
