"""After a new FIELD_KEYS key: bank numbers are sealed again under it, a lot at a time, as often as needed.

Only the seal and the keyed hash change: never the number, whose row is history. Nothing here shows one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from ct_platform.kit.crypto import is_under_newest_key, seal, unseal
from members.models import BankDetails
from members.services.bank import blind_of, place_of
from payroll.models import HostBankDetails, Payment, RefundPayment
from payroll.services.bank_file import payment_place

LOT = 200


@dataclass(frozen=True, slots=True)
class _Kept:
    """One table of sealed numbers. `place` is written inside the seal; `blind` names its keyed hash."""

    label: str
    model: type[models.Model]
    column: str
    place: Callable[[Any], str]
    blind: str = ""


_TABLES = (
    _Kept("comptes des personnes", BankDetails, "sealed", place_of, "blind"),
    _Kept("comptes des coopératives hôtes", HostBankDetails, "sealed", place_of, "blind"),
    _Kept("virements préparés", Payment, "sealed_iban", payment_place),
    _Kept("remboursements préparés", RefundPayment, "sealed_iban", payment_place),
)


@dataclass(frozen=True, slots=True)
class Resealed:
    """What happened to one table: rows `done` now, `already` under the newest key, `unreadable` by any
    (their keys)."""

    label: str
    done: int
    already: int
    unreadable: tuple[int, ...]


def reseal_all(*, write: bool) -> Iterator[Resealed]:
    """Seal every bank number again under the newest key; `write` False only counts.

    Stopped half-way, it goes on where it was: what is done is passed over. Two at once do no harm,
    since a row is written only while it still holds what was read. One transaction a lot.
    """
    for kept in _TABLES:
        yield _table(kept, write=write)


def _table(kept: _Kept, *, write: bool) -> Resealed:
    done, already, unreadable, after = 0, 0, list[int](), 0
    while True:
        with transaction.atomic():
            rows = kept.model._default_manager.filter(pk__gt=after).order_by("pk")
            lot = list(rows.exclude(**{kept.column: ""})[:LOT])
            for row in lot:
                sealed = str(getattr(row, kept.column))
                if is_under_newest_key(sealed):
                    already += 1
                    continue
                try:
                    number = unseal(kept.place(row), sealed)
                except ValueError:
                    unreadable.append(row.pk)
                    continue
                done += _seal_again(kept, row, sealed, number) if write else 1
        if not lot:
            return Resealed(kept.label, done, already, tuple(unreadable))
        after = lot[-1].pk


def _seal_again(kept: _Kept, row: models.Model, sealed: str, number: str) -> int:
    fresh = {kept.column: seal(kept.place(row), number)}
    if kept.blind:
        fresh[kept.blind] = blind_of(number)
    held = kept.model._default_manager.filter(pk=row.pk, **{kept.column: sealed})
    return held.update(**fresh)
