"""The general reduction of employer contributions of 2026 (RGDU)."""

from decimal import Decimal

from payroll.engine.types import ZERO

_FOURTH = Decimal("0.0001")
# Three times a SMIC cleaned at ten decimals, over twelve months, is exact at eight.
_EXIT_NOISE = Decimal("1E-8")
_TWO = Decimal(2)


def coefficient(
    gross: Decimal,
    smic_amount: Decimal,
    *,
    t_min: Decimal,
    t_delta: Decimal,
    exit_multiple: Decimal,
) -> Decimal:
    """Return C, rounded half-up to four decimals, for pay and SMIC of the same period (euros).

    C = Tmin + Tdelta × [½ × (3 × SMIC / gross − 1)]^1.75, at most Tmin + Tdelta, and zero as soon
    as the gross reaches three SMIC. Source: CSS L241-13, D241-7; décrets 2025-887 and 2025-1446.
    """
    exit_gross = (exit_multiple * smic_amount).quantize(_EXIT_NOISE)
    if gross <= 0 or gross >= exit_gross:
        return ZERO
    x = (exit_gross / gross - 1) / _TWO
    if x >= 1:
        return t_min + t_delta
    root = x.sqrt()
    # x^1.75 = x · √x · √√x: ten times faster than a power, same four decimals.
    return (t_min + t_delta * x * root * root.sqrt()).quantize(_FOURTH)
