"""From a payment to the sales it pays: rows are cut, and their sums never move.

The caller holds the invoice. A pay run stamps paid rows only, and only unpaid ones change here: the
two never touch the same row.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from ct_platform.kit.errors import Stale
from ct_platform.kit.money import from_cents, to_cents
from projects.models import Invoice, Payment, Sale
from projects.rules.settling import Standing, Step, steps

# One row for each (project, rate): its parts keep these.
Key = tuple[int, Decimal, str, dt.date]


@dataclass(slots=True)
class _Group:
    sample: Sale
    unpaid: Sale | None = None
    paid_cents: int = 0
    rows: list[Sale] = field(default_factory=list)

    def standing(self, key: Key) -> Standing[Key]:
        waiting = to_cents(self.unpaid.amount) if self.unpaid else 0
        return Standing(key, self.paid_cents, waiting)


def settle(invoice: Invoice, *, received: Decimal, day: dt.date, payment: Payment, by: int) -> None:
    """Make exactly its part of each row paid, now that `received` (positive, VAT incl.) came in all.

    `day`: when the money moved. A reverse moves a part back: a negative paid row, which the next pay
    run takes off, and its amount unpaid again.
    """
    groups = _groups(invoice)
    moves = steps(
        {key: group.standing(key) for key, group in groups.items()},
        received=to_cents(received),
        total=to_cents(invoice.total_amount),
    )
    for step in moves:
        _move(groups[step.key], step, {"moved_on": day, "payment": payment}, by)


def _groups(invoice: Invoice) -> dict[Key, _Group]:
    found: dict[Key, _Group] = {}
    for row in Sale.objects.filter(invoice=invoice).standing().order_by("pk"):
        key = (row.project_id, row.vat_rate, row.label, row.sold_on)
        group = found.setdefault(key, _Group(row))
        if row.is_paid:
            group.paid_cents += to_cents(row.amount)
        elif group.unpaid is None:
            group.unpaid = row
        else:
            raise RuntimeError(f"invoice {invoice.pk} has two unpaid rows of one project and rate")
    return found


def _move(group: _Group, step: Step[Key], paid: dict[str, Any], by: int) -> None:
    unpaid = group.unpaid
    if unpaid is not None and step.left == 0:
        _update(unpaid, **paid)  # the whole of what waited is paid: the row itself is
        return
    _create(group.sample, step.moved, by, **paid)
    if unpaid is None:
        _create(group.sample, step.left, by)
    else:
        _update(unpaid, amount=from_cents(step.left))


def _update(row: Sale, **values: Any) -> None:
    touched = Sale.objects.filter(
        pk=row.pk, moved_on__isnull=True, amount=row.amount, pay_run_key__isnull=True
    ).update(**values, version=F("version") + 1)
    if touched != 1:
        raise Stale(_("Quelqu’un vient d’agir sur cette facture. Rechargez la page."))


def _create(like: Sale, cents: int, by: int, **paid: Any) -> None:
    Sale.objects.create(
        project_id=like.project_id,
        label=like.label,
        customer=like.customer,
        vat_rate=like.vat_rate,
        sold_on=like.sold_on,
        invoice_id=like.invoice_id,
        amount=from_cents(cents),
        recorded_by_id=by,
        **paid,
    )
