"""The accounts of a whole cohort: what came in, where it went, what is left. Pure."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Accounts:
    """Euros excl. VAT, to the cent. Pays counted are those whose photograph is taken.

    uncounted: paid sales minus expenses that no pay has counted. kept: cents of shares kept for a
    next pay, which belong to people.
    """

    sold: Decimal
    unpaid: Decimal
    spent: Decimal
    uncounted: Decimal
    contribution: Decimal
    idle: Decimal
    reserve: Decimal
    shared: Decimal
    kept: Decimal
    runs: int

    @property
    def left(self) -> Decimal:
        """What is still in the pot: the voted reserve, and the money that no pay has counted."""
        return self.sold - self.spent - self.contribution - self.idle - self.shared

    @property
    def adds_up(self) -> bool:
        """Every euro is somewhere: what is left is the reserve and the money no pay counted."""
        return self.left == self.reserve + self.uncounted
