"""A first guess of the gross, in whole numbers: fast, never believed.

The cost is rebuilt from a handful of summed rates, without the rounding of each line, so the guess
may miss by some cents. `solve` corrects it with the real cost; a wrong guess costs time, not money.
"""

from decimal import Decimal
from math import isqrt

from payroll.engine.codes import RATED_BASES
from payroll.engine.month import PayMonth

# Amounts in millionths of a euro, rates and coefficients in ten-millionths of one.
_MONEY = 10**6
_CENT = 10**4
_RATE = 10**7
_FOURTH = 10**3
_ROOT = 10**12


class GrossGuess:
    """The employer's cost of one month as a function of whole numbers."""

    __slots__ = (
        "constant",
        "exit",
        "has_relief",
        "pss",
        "rates",
        "t_delta",
        "t_min",
        "year_gross",
    )

    def __init__(self, month: PayMonth) -> None:
        rates = dict.fromkeys(RATED_BASES, 0)
        for line in month.plan.employer:
            rates[line.rule.base] += int(line.factor * _RATE)
        ytd = month.ytd
        ceiling = rates["capped"] + rates["t1"] - rates["t2"]
        self.rates = (rates["total"], ceiling, rates["t2"], rates["capped4"], rates["cet"])
        self.pss = _whole(month.year_pss)
        self.year_gross = _whole(ytd.gross)
        self.has_relief = month.plan.relief is not None
        self.t_min = int(month.params.rgdu_t_min * _RATE)
        self.t_delta = int(month.plan.t_delta * _RATE)
        self.exit = _whole(month.params.rgdu_exit_multiple * month.year_smic)
        cover = _whole(month.cover_base)
        used = (
            rates["capped"] * _whole(ytd.capped)
            + rates["t1"] * _whole(ytd.t1)
            + rates["t2"] * _whole(ytd.t2)
            + rates["capped4"] * _whole(ytd.capped4)
            + rates["cet"] * _whole(ytd.cet)
            - rates["cover"] * cover
        )
        self.constant = _whole(month.employer_cover) - used // _RATE + _whole(ytd.rgdu_granted)

    def cost(self, gross: int) -> int:
        """Return about what `gross` cents cost, in millionths of a euro."""
        gross *= _CENT
        year = self.year_gross + gross
        pss = self.pss
        total, ceiling, eight, four, cet = self.rates
        if year <= pss:
            charges = total * gross + (ceiling + eight + four) * year
        else:
            under_eight = min(year, 8 * pss)
            charges = (
                total * gross
                + ceiling * pss
                + (eight + cet) * under_eight
                + four * min(year, 4 * pss)
            )
        cost = gross + charges // _RATE + self.constant
        if self.has_relief and year < self.exit:
            cost -= year * self._coefficient(year) // _RATE
        return cost

    def largest(self, share: Decimal) -> int:
        """Return about the largest gross, in cents, that costs no more than `share` euros."""
        target = _whole(share)
        high = max(int(share * 100), 1)
        while self.cost(high) <= target:
            high *= 2
        low = 0
        while high - low > 1:
            middle = (low + high) // 2
            if self.cost(middle) <= target:
                low = middle
            else:
                high = middle
        return low

    def _coefficient(self, year: int) -> int:
        x = (self.exit - year) * _ROOT // (2 * year) if year else _ROOT
        if x >= _ROOT:
            return self.t_min + self.t_delta
        root = isqrt(x * _ROOT)
        power = x * root // _ROOT * isqrt(root * _ROOT) // _ROOT
        exact = self.t_min + self.t_delta * power // _ROOT
        return (exact + _FOURTH // 2) // _FOURTH * _FOURTH


def _whole(amount: Decimal) -> int:
    return int(amount * _MONEY)
