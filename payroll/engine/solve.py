"""From a share to the gross, or to the hours, it can pay: the employer's cost inverted."""

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal, localcontext

from payroll.engine.compute import compute
from payroll.engine.errors import BadInput
from payroll.engine.exact import CENT, EXACT, cents
from payroll.engine.guess import GrossGuess
from payroll.engine.month import FULL_TIME_HOURS, PayMonth, prorated
from payroll.engine.params import Params
from payroll.engine.types import ZERO, PayInput, Slip, Ytd
from payroll.engine.validation import (
    FULL_TIME_HOURS_WRITTEN,
    check_amount,
    check_input,
    check_number,
)

# More than the rounding of every line of a slip together.
_ROUNDING = Decimal("0.50")


def solve_gross(
    share: Decimal, inp: PayInput, ytd: Ytd, params: Params
) -> tuple[Slip | None, Decimal]:
    """Find the largest gross, in whole cents, whose total cost is at most `share` euros.

    Returns its slip and the remainder carried to the person's account: `share` = cost + remainder,
    to the cent. The slip is None when nothing was earned, or when the share does not pay one cent
    of gross and the host's part of the health cover: everything is then carried. `inp.gross` is
    ignored. The gross found is to be stored, never searched again: two may have the same cost.

    Raises `BadInput` and `OutOfScope` as `compute` does, and `BadInput` for a share that is
    negative or not in whole cents.
    """
    with localcontext(EXACT):
        check_amount("La part", share)
        check_input(inp, ytd, params)
        if not share:
            return None, share
        month = PayMonth(inp, ytd, params)

        def fits(gross: int) -> bool:
            return month.cost(gross * CENT) <= share

        if not fits(1):
            return None, share
        gross = largest_fitting(fits, max(GrossGuess(month).largest(share), 1))
        slip = compute(replace(inp, gross=gross * CENT), ytd, params)
        return slip, share - slip.total_employer_cost


def largest_fitting(fits: Callable[[int], bool], guess: int) -> int:
    """Return the largest whole number that fits, knowing that 1 does and that fitting stops once.

    Strides away from the guess, doubling, until the answer is enclosed, then halves: a guess right
    to the unit costs two questions, however large the number.
    """
    stride = 1
    if fits(guess):
        low, high = guess, guess + 1
        while fits(high):
            stride *= 2
            low, high = high, high + stride
    else:
        low, high = max(guess - 1, 1), guess
        while not fits(low):
            stride *= 2
            low, high = max(low - stride, 1), low
    while high - low > 1:
        middle = (low + high) // 2
        if fits(middle):
            low = middle
        else:
            high = middle
    return low


def solve_hours(
    share: Decimal, hourly_rate: Decimal, inp: PayInput, ytd: Ytd, params: Params
) -> tuple[Slip | None, Decimal, Decimal]:
    """Find the most hours, in hundredths, that `share` euros can pay at `hourly_rate`.

    Returns the slip, its hours and the remainder carried; without slip the hours are zero. The gross
    is the hours at that rate, to the cent, a full month being 35 × 52 / 12 hours; it is stored with
    them. A share above a full month leaves a large remainder: overtime is out of scope. `inp.gross`
    and `inp.hours` are ignored.

    More hours may cost less (they raise the SMIC and the ceiling of the year), so the hours are
    tried one hundredth after the other, downwards from the most that any reduction could allow:
    about twenty milliseconds a person, a tenth of a second after very uneven months.

    Raises as `solve_gross`, and `BadInput` for a rate of nothing or a profile without working time.
    """
    with localcontext(EXACT):
        check_amount("La part", share)
        check_number("Le taux horaire", hourly_rate)
        if not hourly_rate:
            raise BadInput("Le taux horaire est nul.")
        if not inp.profile.working_time:
            raise BadInput("Sous ce profil les heures ne sont pas une base de la rémunération.")
        check_input(replace(inp, hours=ZERO), ytd, params)
        if not share:
            return None, ZERO, share
        hours = _most_hours(share, hourly_rate, inp, ytd, params)
        while hours > 0:
            gross = cents(prorated(hourly_rate, hours))
            worked = replace(inp, hours=hours, gross=gross)
            if gross and PayMonth(worked, ytd, params).cost(gross) <= share:
                slip = compute(worked, ytd, params)
                return slip, hours, share - slip.total_employer_cost
            hours -= CENT
        return None, ZERO, share


def _most_hours(
    share: Decimal, hourly_rate: Decimal, inp: PayInput, ytd: Ytd, params: Params
) -> Decimal:
    """Return hours that no more can be paid than: cost without ceilings, at the full reduction."""
    plan = PayMonth(replace(inp, hours=ZERO), ytd, params).plan
    charged = sum((line.factor for line in plan.employer if line.rule.base == "total"), ZERO)
    payable = share + _ROUNDING
    for line in plan.employer:
        # What earlier months may have to be repaid on the second bracket and on CET.
        used = {"t2": ytd.t2, "cet": ytd.cet}.get(line.rule.base, ZERO)
        payable += line.factor * used
    relief = ZERO
    if plan.relief:
        relief = params.rgdu_t_min + plan.t_delta
        payable += relief * ytd.gross - ytd.rgdu_granted
    most = payable / (1 + charged - relief) / hourly_rate + CENT
    under_contract = FULL_TIME_HOURS * min(inp.presence, Decimal(1))
    if inp.presence >= 1:
        under_contract = FULL_TIME_HOURS_WRITTEN
    return min(most, under_contract).quantize(CENT, ROUND_FLOOR)
