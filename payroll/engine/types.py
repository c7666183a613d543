"""The values that enter and leave the engine.

Units, everywhere: amounts in euros (`Decimal`), rates in percent, hours in decimal hours,
presence as a fraction of the month, months as the date of their first day.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, Self

Side = Literal["ee", "er"]

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Profile:
    """Which contributions a kind of contract owes.

    `disabled_lines` holds fine line codes that are not due; `rgdu` grants the general reduction,
    with `tdelta_override` in place of the dated Tdelta when it is given. Without `working_time` the
    hours are not a base of pay: they may be zero or exceed 151.67, and never lower the ceiling.
    """

    code: str
    disabled_lines: frozenset[str]
    rgdu: bool
    tdelta_override: Decimal | None
    working_time: bool


EMPLOYEE = Profile(
    code="employee",
    disabled_lines=frozenset(),
    rgdu=True,
    tdelta_override=None,
    working_time=True,
)

# Not affiliated to Agirc-Arrco (circular 2007-6 DRE), hence neither CEG nor CET; the reduction is
# presumed off, the contract being no employment contract. Every line here awaits the written
# confirmation of the host before a real slip is issued under it.
CAPE = Profile(
    code="cape",
    disabled_lines=frozenset(
        f"{side}_{line}"
        for side in ("ee", "er")
        for line in ("agirc_arrco_t1", "agirc_arrco_t2", "ceg_t1", "ceg_t2", "cet")
    ),
    rgdu=False,
    tdelta_override=None,
    working_time=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayInput:
    """What is paid to one person for one month.

    `gross` is None while it is searched for. `presence` above 1 counts as 1. `headcount` is the
    *legal* one, smoothed over five years. `health_cover` is the monthly total in euros,
    `health_cover_employer_share` a percent of it. `pas_rate` is the personal withholding rate in
    percent; None means the default grid.
    """

    month: date
    gross: Decimal | None
    hours: Decimal
    presence: Decimal = Decimal(1)
    headcount: int
    atmp_rate: Decimal
    mobility_rate: Decimal = ZERO
    health_cover: Decimal = ZERO
    health_cover_employer_share: Decimal = ZERO
    contract: str
    profile: Profile = EMPLOYEE
    pas_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ytd:
    """What the earlier months of one person, host, contract and calendar year have already used.

    Store the `ytd_after` of a slip with all its digits: ceilings and SMIC are not rounded to cents.
    `smic_amount` is the hourly SMIC of the reduction times the hours counted for it.
    """

    gross: Decimal = ZERO
    pss: Decimal = ZERO
    capped: Decimal = ZERO
    t1: Decimal = ZERO
    t2: Decimal = ZERO
    cet: Decimal = ZERO
    capped4: Decimal = ZERO
    smic_amount: Decimal = ZERO
    rgdu_granted: Decimal = ZERO
    net_taxable: Decimal = ZERO
    pas: Decimal = ZERO

    @classmethod
    def empty(cls) -> Self:
        """Open a year: nothing used yet."""
        return cls()


@dataclass(frozen=True, slots=True)
class Line:
    """One stored line of a slip.

    `amount` is rounded once, from the unrounded `base` and `rate`. It is positive when due,
    negative when repaid. The line `rgdu` reduces what the host pays: its amount is therefore the
    *opposite* of the reduction, so that the lines of side "er" add up to `er_total_net_of_rgdu`;
    its rate is the coefficient, in percent. `rate` is None for the person's part of the health
    cover, which is what the host's part leaves.
    """

    code: str
    side: Side
    base: Decimal
    rate: Decimal | None
    amount: Decimal
    group: str
    label: str
    rule_date: date
    source: str


@dataclass(frozen=True, slots=True)
class Slip:
    """One month's pay, line by line. Totals are sums of the lines, never recomputed from a rate.

    `er_total` is before the reduction and `rgdu` is positive when it reduces (negative: repayment).
    `net_paid` is before advances and refunds, which the engine does not know.
    """

    lines: tuple[Line, ...]
    gross: Decimal
    ee_total: Decimal
    er_total: Decimal
    rgdu: Decimal
    er_total_net_of_rgdu: Decimal
    net_social: Decimal
    net_before_tax: Decimal
    net_taxable: Decimal
    pas_rate: Decimal
    pas_amount: Decimal
    net_paid: Decimal
    total_employer_cost: Decimal
    pss: Decimal
    ytd_after: Ytd
    params_hash: str
    profile_code: str
    engine_version: str
