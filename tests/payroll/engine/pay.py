"""An ordinary payment, and the ways tests bend it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from payroll.engine.compute import compute
from payroll.engine.params import Params, load_params
from payroll.engine.types import CAPE, PayInput, Profile, Slip, Ytd

D = Decimal
JUNE = date(2026, 6, 1)
FULL_TIME = D("151.67")
HALF_TIME = D("75.83")

_ORDINARY = PayInput(
    month=JUNE,
    gross=D("1867.02"),
    hours=FULL_TIME,
    headcount=49,
    atmp_rate=D("1.55"),
    contract="CDI",
)


def pay(
    gross: str | None = "1867.02", hours: str | Decimal = FULL_TIME, **changes: Any
) -> PayInput:
    """June 2026, CDI, 49 people, AT/MP 1.55 %, no cover, no mobility, full time."""
    return replace(_ORDINARY, gross=None if gross is None else D(gross), hours=D(hours), **changes)


def cape(gross: str | None, hours: str = "0", profile: Profile = CAPE, **changes: Any) -> PayInput:
    """The same month under a CAPE."""
    return pay(gross, hours, contract="CAPE", profile=profile, **changes)


def params(month: date = JUNE) -> Params:
    return load_params(month)


def slip_of(inp: PayInput, ytd: Ytd | None = None) -> Slip:
    return compute(inp, ytd or Ytd.empty(), load_params(inp.month))


def amounts(slip: Slip) -> dict[str, Decimal]:
    return {line.code: line.amount for line in slip.lines}


def year_of(*months: PayInput) -> list[Slip]:
    """Chain slips of one person, one after the other."""
    slips: list[Slip] = []
    for inp in months:
        slips.append(slip_of(inp, slips[-1].ytd_after if slips else None))
    return slips
