"""Everything of a payment that does not depend on its gross, and the cost of any gross.

The ceilings are progressive (CSS R242-2, R243-10): each base of the month is the base of the year
to date, minus what earlier months used. It may be negative; its line is then a repayment.
"""

from decimal import Decimal

from payroll.engine.codes import RATED_BASES
from payroll.engine.exact import CENT, NOISE, cents
from payroll.engine.params import Params
from payroll.engine.plan import Plan, plan_for
from payroll.engine.relief import coefficient
from payroll.engine.types import ZERO, PayInput, Ytd

# 35 hours × 52 weeks / 12 months, kept as a fraction: 151.67 is never a divisor.
_YEAR_HOURS = Decimal(35 * 52)
_MONTHS = Decimal(12)
FULL_TIME_HOURS = _YEAR_HOURS / _MONTHS
_FULL_TIME_FROM = Decimal("151.6")
_ONE = Decimal(1)
_HUNDRED = Decimal(100)

CAPPED, T1, T2, CET, CAPPED4 = (
    RATED_BASES.index(name) for name in ("capped", "t1", "t2", "cet", "capped4")
)


class PayMonth:
    """One person's month, ready to be priced at any gross. Needs the context `EXACT`."""

    __slots__ = (
        "cover_base",
        "csg_share",
        "employer_cover",
        "params",
        "plan",
        "pss",
        "smic_amount",
        "year_pss",
        "year_pss4",
        "year_pss8",
        "year_smic",
        "ytd",
    )

    def __init__(self, inp: PayInput, ytd: Ytd, params: Params) -> None:
        self.plan: Plan = plan_for(inp, params)
        self.params = params
        self.ytd = ytd
        presence = min(inp.presence, _ONE)
        self.pss = params.pmss * presence
        if inp.profile.working_time:
            self.pss = min(self.pss, prorated(params.pmss * _MONTHS, inp.hours) / _YEAR_HOURS)
        self.pss = self.pss.quantize(NOISE)
        smic = params.rgdu_smic_hourly
        self.smic_amount = min(
            prorated(smic, inp.hours), smic * _YEAR_HOURS * presence / _MONTHS
        ).quantize(NOISE)
        self.year_pss = ytd.pss + self.pss
        self.year_pss4 = 4 * self.year_pss
        self.year_pss8 = 8 * self.year_pss
        self.year_smic = ytd.smic_amount + self.smic_amount
        self.csg_share = params.csg_share / _HUNDRED
        # The share of the health cover is a base like another: not rounded before its rate. What
        # the host pays of it is a line, rounded once.
        self.cover_base = self.employer_cover = ZERO
        if inp.health_cover and self.plan.employer_cover:
            self.cover_base = inp.health_cover * inp.health_cover_employer_share / _HUNDRED
            self.employer_cover = cents(self.cover_base)

    def bases(self, gross: Decimal) -> tuple[Decimal, ...]:
        """Return the unrounded bases of the month, in the order of `RATED_BASES`."""
        ytd = self.ytd
        year_gross = ytd.gross + gross
        under_ceiling = min(year_gross, self.year_pss)
        under_eight = min(year_gross, self.year_pss8)
        capped4 = min(year_gross, self.year_pss4) - ytd.capped4
        # CET concerns who earns above the ceiling, and then from the first euro.
        year_cet = under_eight if year_gross > self.year_pss else ZERO
        return (
            gross,
            under_ceiling - ytd.capped,
            under_ceiling - ytd.t1,
            under_eight - under_ceiling - ytd.t2,
            year_cet - ytd.cet,
            capped4,
            # The 1.75 % allowance stops at four ceilings and never touches the health cover.
            self.csg_share * capped4 + (gross - capped4) + self.cover_base,
            self.cover_base,
        )

    def relief(self, gross: Decimal) -> tuple[Decimal, Decimal]:
        """Return the coefficient of the year to date and the reduction of the month in euros.

        The reduction is what the year to date deserves minus what was granted (CSS D241-7 to
        D241-9): it may be negative.
        """
        if self.plan.relief is None:
            return ZERO, ZERO
        year_gross = self.ytd.gross + gross
        c = coefficient(
            year_gross,
            self.year_smic,
            t_min=self.params.rgdu_t_min,
            t_delta=self.plan.t_delta,
            exit_multiple=self.params.rgdu_exit_multiple,
        )
        return c, (year_gross * c).quantize(CENT) - self.ytd.rgdu_granted

    def cost(self, gross: Decimal) -> Decimal:
        """Return what the host pays in all for this gross, as `compute` does but without lines."""
        bases = self.bases(gross)
        total = gross + self.employer_cover - self.relief(gross)[1]
        for line in self.plan.employer:
            total += (bases[line.base_index] * line.factor).quantize(CENT)
        return total


def prorated(hourly: Decimal, hours: Decimal) -> Decimal:
    """Return `hourly` times the hours; from 151.6 hours the month is full: H hours, exactly."""
    if hours >= _FULL_TIME_FROM:
        return hourly * _YEAR_HOURS / _MONTHS
    return hourly * hours
