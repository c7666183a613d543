"""Which part of the sales of an invoice a payment pays. Pure: integer cents, no Django, no clock.

What is paid depends on the sum received alone, never on the order or the number of payments: two
halves, three thirds or one whole leave the same rows. A credit note is the same with its sign turned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Standing(Generic[Key]):
    """The standing rows of one (project, rate) of an invoice, in cents excl. VAT."""

    key: Key
    paid: int
    unpaid: int

    @property
    def whole(self) -> int:
        return self.paid + self.unpaid


@dataclass(frozen=True, slots=True)
class Step(Generic[Key]):
    """What a payment moves from unpaid to paid (negative: back), in cents; and what stays unpaid."""

    key: Key
    moved: int
    left: int


def paid_part(whole: int, *, received: int, total: int) -> int:
    """The paid cents of a row of `whole` cents once `received` of `total` cents VAT incl. came.

    Whole cents, always short of the exact share until everything came: the pot never counts money
    that is not there. The sign of the row is kept. Raises ValueError outside 0 ≤ received ≤ total.
    """
    if not 0 <= received <= total:
        raise ValueError("received is outside what the invoice asks")
    if received == total:
        return whole
    part = abs(whole) * received // total
    return part if whole >= 0 else -part


def steps(rows: Mapping[Key, Standing[Key]], *, received: int, total: int) -> list[Step[Key]]:
    """What moves in each row so that exactly its part is paid; rows that do not move are left out."""
    found = []
    for key, row in rows.items():
        target = paid_part(row.whole, received=received, total=total)
        if target != row.paid:
            found.append(Step(key, target - row.paid, row.whole - target))
    return found
