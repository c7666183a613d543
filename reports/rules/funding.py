"""Money of funders: shares to the cent, what may still come, how long proofs are kept. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from ct_platform.kit.money import ZERO, from_cents, split, to_cents

# Règlement (UE) 2021/1060, art. 82, to be confirmed with each authority: so it is only what a new line
# proposes; every line keeps its own number of years and where they come from.
USUAL_YEARS = 5
USUAL_SOURCE = "Règlement (UE) 2021/1060, art. 82"


def kept_until(paid_on: Iterable[dt.date], years: int) -> dt.date | None:
    """The last day proofs are kept: `years` from 31 December of the year of the last payment.

    None while nothing was paid: the delay has not begun.
    """
    last = max(paid_on, default=None)
    return dt.date(last.year + years, 12, 31) if last else None


def shared_again(amount: Decimal, shares: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """The same proportions on another amount, to the cent, by cohort key in order of keys.

    A cohort that would get nothing is left out. Euros in, euros out; the parts sum to `amount`.
    """
    keys = sorted(shares)
    if not keys:
        return {}
    parts = split(to_cents(amount), [to_cents(shares[key]) for key in keys])
    return {key: from_cents(part) for key, part in zip(keys, parts, strict=True) if part}


def left_to_share(amount: Decimal, shares: Iterable[Decimal]) -> Decimal:
    """Positive: still to share; negative: shared twice."""
    return amount - sum(shares, ZERO)


def is_told_together(own: Decimal, others: Sequence[Decimal]) -> bool:
    """Whether one funder may read the total of all: it knows its own part, and subtracts it.

    At least three others, none above 85 % of what they bring together: else the rest names one of
    them. Nobody else at all is told: there is nothing to subtract. Source: Insee, secret des
    entreprises (three units, 85 %), lent to funders.
    """
    rest = [amount for amount in others if amount]
    if not rest:
        return True
    return len(rest) >= 3 and max(rest) * 100 <= 85 * sum(rest, ZERO)
