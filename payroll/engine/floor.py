"""The legal floor of a wage: what the issuing service checks, and the engine does not impose."""

from decimal import Decimal, localcontext

from payroll.engine.exact import EXACT, cents
from payroll.engine.month import prorated
from payroll.engine.params import Params
from payroll.engine.types import ZERO, PayInput


def minimum_gross(inp: PayInput, params: Params) -> Decimal:
    """Return the least gross in euros for the hours of `inp`, at the SMIC in force that month.

    Zero when the hours are no base of pay: a CAPE knows no SMIC. From 151.6 hours the month is
    full: 35 × 52 / 12 hours exactly. Source: C. trav. L3231-2 ff.
    """
    if not inp.profile.working_time:
        return ZERO
    with localcontext(EXACT):
        return cents(prorated(params.smic_hourly, inp.hours))


def is_below_minimum(inp: PayInput, params: Params) -> bool:
    """Say whether the gross of `inp` is under the SMIC: warn in a simulation, refuse at issue."""
    return inp.gross is not None and inp.gross < minimum_gross(inp, params)
