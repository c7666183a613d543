"""From a share to the gross it can pay, by inversion of the employer's cost."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, localcontext

from payroll.engine.compute import compute
from payroll.engine.exact import CENT, EXACT
from payroll.engine.guess import GrossGuess
from payroll.engine.month import PayMonth
from payroll.engine.params import Params
from payroll.engine.types import PayInput, Slip, Ytd
from payroll.engine.validation import check_amount, check_input


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
