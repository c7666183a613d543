"""Counting a cash box, in the words of the market."""

import uuid
from decimal import Decimal

from projects.services import cash
from projects.services.cash import Counted
from tests.factories import NOW, TODAY


def begin(people, project, *, who="amina", day=TODAY, label="", start="50.00"):
    return cash.open_count(
        project=project, day=day, label=label, float_amount=Decimal(start),
        client_uuid=uuid.uuid4(), actor=people.actor(who), at=NOW,
    )  # fmt: skip


def counts(people, count, who, *, twenties=0, coins=0, card="0.00", cheque="0.00", key=None):
    """So many 20 € notes and 1 € coins."""
    return cash.tally(
        count=count, counted=Counted({2000: twenties, 100: coins}, Decimal(card), Decimal(cheque)),
        client_uuid=key or uuid.uuid4(), actor=people.actor(who), at=NOW,
    )  # fmt: skip


def agreed(people, project, *, twenties=6, coins=4, card="16.50", **more):
    """Amina and Bastien find the same: 124 € in the box, 50 € of float, and cards."""
    count = begin(people, project, **more)
    counts(people, count, "amina", twenties=twenties, coins=coins, card=card)
    counts(people, count, "bastien", twenties=twenties, coins=coins, card=card)
    count.refresh_from_db()
    return count


def shares(people, count, *parts, who="amina"):
    """Parts are (category, way, amount VAT included)."""
    return cash.split_takings(
        count=count, parts=[cash.Part(c, w, Decimal(a)) for c, w, a in parts],
        actor=people.actor(who), at=NOW,
    )  # fmt: skip
