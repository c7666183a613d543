"""The arithmetic of the engine, whatever context the caller happens to use."""

from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    FloatOperation,
    InvalidOperation,
    Overflow,
)

# Mixing in a float raises instead of passing unseen.
EXACT = Context(
    prec=28,
    rounding=ROUND_HALF_UP,
    traps=[InvalidOperation, DivisionByZero, Overflow, FloatOperation],
)

CENT = Decimal("0.01")

# A prorated ceiling or SMIC is not rounded: the tenth decimal only removes the noise of a division
# that does not end, so that a threshold falls on the right cent.
NOISE = Decimal("1E-10")


def cents(amount: Decimal) -> Decimal:
    """Round an amount half-up to the cent; the one rounding of a stored line."""
    return amount.quantize(CENT, ROUND_HALF_UP)
