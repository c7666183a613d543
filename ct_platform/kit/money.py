"""Euros and cents. Decimal only; one rounding, at line level; sharing loses nothing. Pure."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
NBSP = "\u00a0"


def cents(value: Decimal) -> Decimal:
    """Round half up to the cent: the only rounding of the house, done once per line."""
    if not isinstance(value, Decimal):
        raise TypeError("cents() takes a Decimal: a float has already lost the amount.")
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def to_cents(amount: Decimal) -> int:
    """An exact amount in euros as integer cents; refuses an amount finer than the cent."""
    scaled = amount * 100
    if scaled != scaled.to_integral_value():
        raise ValueError("amount is finer than a cent")
    return int(scaled)


def from_cents(number: int) -> Decimal:
    return Decimal(number).scaleb(-2)


def split(pot: int, weights: Sequence[Fraction | int]) -> list[int]:
    """Share `pot` cents by weight with the largest remainder: the parts sum to the pot exactly.

    Floors first, then the leftover cents by descending remainder, then by position: callers pass
    weights in a stable order (by key), so the result does not depend on how people were listed.
    A weight of 0 gets 0. Raises ValueError for a negative pot or weight, or a pot without weight.
    """
    if pot < 0 or any(weight < 0 for weight in weights):
        raise ValueError("pot and weights cannot be negative")
    total = sum((Fraction(weight) for weight in weights), Fraction(0))
    if total == 0:
        if pot:
            raise ValueError("nobody to share the pot between")
        return [0 for _ in weights]
    exact = [Fraction(weight) * pot / total for weight in weights]
    parts = [int(share) for share in exact]  # Fraction → int truncates: a floor for positives
    left = pot - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for index in by_remainder[:left]:
        parts[index] += 1
    return parts


def euros(amount: Decimal | int | None, *, sign: bool = True) -> str:
    """ "5 991,60 €" with no-break spaces; a negative amount takes a real minus sign."""
    if amount is None:
        return "–"
    value = cents(Decimal(amount))
    whole, _, part = f"{abs(value):.2f}".partition(".")
    groups: list[str] = []
    while whole:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    text = f"{NBSP.join(groups)},{part}" + (f"{NBSP}€" if sign else "")
    return f"−{NBSP}{text}" if value < 0 else text


def plain(value: Decimal) -> str:
    """A number without useless zeros, as people write it: "1,5", "11,3744", "20"."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def signed_euros(amount: Decimal) -> str:
    """ "+ 3,20 €", "− 3,20 €": a difference, whose sign is its direction."""
    return (f"+{NBSP}" if amount > 0 else "") + euros(amount)


def parse_amount(text: str) -> Decimal | None:
    """Read "1 234,50", "1234.5", "12 €"; None when it is not an amount in whole cents."""
    clean = text.strip().removesuffix("€").strip()
    for space in (" ", NBSP, "\u202f"):
        clean = clean.replace(space, "")
    clean = clean.replace(",", ".")
    negative, digits = clean.startswith("-"), clean.removeprefix("-")
    whole, _, part = digits.partition(".")
    if not whole.isascii() or not whole.isdigit() or len(whole) > 8:
        return None
    if part and (not part.isascii() or not part.isdigit() or len(part.rstrip("0")) > 2):
        return None
    value = Decimal(f"{whole}.{part or '0'}").quantize(CENT)
    return -value if negative else value
