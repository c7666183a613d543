"""The pot of one pay run: what the sales paid leave once everything else is taken out. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from ct_platform.kit.money import ZERO, cents, euros

SALES, MARGIN = "sales", "margin"
_HUNDRED = Decimal(100)


class EmptyPot(ValueError):
    """Nothing to share; `str(error)` is the French sentence to show."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Amounts in euros: `amount` = sales − expenses − contribution − reserve, exactly."""

    sales: Decimal
    expenses: Decimal
    contribution: Decimal
    reserve: Decimal

    @property
    def amount(self) -> Decimal:
        return self.sales - self.expenses - self.contribution - self.reserve


def contribution_of(
    *, sales: Decimal, expenses: Decimal, base: str, rate: Decimal, fixed: Decimal
) -> Decimal:
    """Give the part of the host CAE, in euros, rounded once to the cent (half up).

    `base` is "sales" (paid sales excl. VAT) or "margin" (the same less expenses, never below zero);
    `rate` in percent of it; `fixed` in euros, due for each pay run. Source: the settings of the host.
    Raises ValueError for another base.
    """
    if base not in (SALES, MARGIN):
        raise ValueError(f"unknown base of contribution: {base}")
    reckoned = sales if base == SALES else max(sales - expenses, ZERO)
    return cents(reckoned * rate / _HUNDRED + fixed)


def envelope_of(
    *,
    sales: Decimal,
    expenses: Decimal,
    reserve: Decimal,
    base: str,
    rate: Decimal,
    fixed: Decimal,
) -> Envelope:
    """Work out the pot, in euros: sales paid − expenses − part of the host − voted reserve.

    The result may be zero or negative; `require_something` refuses it. Raises ValueError for a
    negative reserve or an unknown base.
    """
    if reserve < 0:
        raise ValueError("a reserve cannot be negative")
    part = contribution_of(sales=sales, expenses=expenses, base=base, rate=rate, fixed=fixed)
    return Envelope(sales, expenses, part, reserve)


def require_something(envelope: Envelope) -> None:
    """Refuse a pot of zero or less. Raises `EmptyPot` with the sentence that says why."""
    if envelope.amount > 0:
        return
    if not envelope.sales:
        raise EmptyPot("Aucune vente payée n’attend d’être partagée : il n’y a pas de pot commun.")
    raise EmptyPot(
        f"Le pot commun serait de {euros(envelope.amount)} : les ventes payées "
        f"({euros(envelope.sales)}) ne couvrent pas les dépenses ({euros(envelope.expenses)}), la part "
        f"de la coopérative hôte ({euros(envelope.contribution)}) et la réserve "
        f"({euros(envelope.reserve)}). Il n’y a rien à partager."
    )
