"""What the account says of a pay whose slip was made by the host's own software. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from ct_platform.kit.money import ZERO

COST, REMAINDER, NET = "cost", "remainder", "net"


@dataclass(frozen=True, slots=True)
class HostFigures:
    """What the slip says, in euros, checked by a person."""

    net_paid: Decimal
    total_cost: Decimal


def movements_of(
    share: Decimal, figures: HostFigures | None, *, expected: bool = True
) -> dict[str, Decimal]:
    """Say what follows a share on the account, so that share + cost + remainder = 0, in euros.

    With a slip: its cost out, the rest aside (or, when the slip costs more than the share, taken
    back from the next pay), its net owed. Without one nothing is known yet; but when no slip is
    `expected`, the share being too small for one, all of it is kept. Movements of zero are left out.
    """
    if figures is None:
        moved = {} if expected else {REMAINDER: -share}
    else:
        moved = {
            COST: -figures.total_cost,
            REMAINDER: figures.total_cost - share,
            NET: figures.net_paid,
        }
    return {kind: amount for kind, amount in moved.items() if amount != ZERO}
