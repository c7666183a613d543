"""Which lines a payment owes: the same for everybody of one host, contract and profile."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from payroll.engine.codes import LINE_CODES, RATED_BASES
from payroll.engine.params import LineRule, Params
from payroll.engine.types import PayInput, Profile
from payroll.engine.validation import check_profile

_HUNDRED = Decimal(100)
_FROM_50 = 50


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line that is owed: its rate in percent, the same as a factor, and the place of its base."""

    rule: LineRule
    rate: Decimal
    factor: Decimal
    base_index: int


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The lines owed, in stored order. A rule that is None is not owed under this profile."""

    employee: tuple[PlannedLine, ...]
    employer: tuple[PlannedLine, ...]
    employee_cover: LineRule | None
    employer_cover: LineRule | None
    relief: LineRule | None
    t_delta: Decimal


def plan_for(inp: PayInput, params: Params) -> Plan:
    """Return the plan of a payment, cached. Raises `BadInput` when the profile is wrong."""
    return _plan(params, inp.headcount, inp.contract, inp.profile, inp.atmp_rate, inp.mobility_rate)


@lru_cache(maxsize=256)
def _plan(
    params: Params,
    headcount: int,
    contract: str,
    profile: Profile,
    atmp_rate: Decimal,
    mobility_rate: Decimal,
) -> Plan:
    check_profile(profile)
    given = {"atmp_rate": atmp_rate, "mobility_rate": mobility_rate}
    owed = sorted(
        (
            rule
            for rule in params.rules
            if rule.code not in profile.disabled_lines and rule.is_owed(headcount, contract)
        ),
        key=lambda rule: LINE_CODES.index(rule.code),
    )
    planned = []
    for rule in owed:
        rate = given[rule.input] if rule.input else rule.rate
        if rate:
            # 1.5 and 1.50 share a cache entry: write the rate the same way for both.
            rate = rate.quantize(Decimal("0.00001")).normalize() + Decimal("0.00")
            planned.append(PlannedLine(rule, rate, rate / _HUNDRED, RATED_BASES.index(rule.base)))
    own = {rule.code: rule for rule in owed}
    t_delta = params.rgdu_t_delta_below_50 if headcount < _FROM_50 else params.rgdu_t_delta_from_50
    if profile.tdelta_override is not None:
        t_delta = profile.tdelta_override
    return Plan(
        employee=tuple(line for line in planned if line.rule.side == "ee"),
        employer=tuple(line for line in planned if line.rule.side == "er"),
        employee_cover=own.get("ee_health_cover"),
        employer_cover=own.get("er_health_cover"),
        relief=own.get("rgdu") if profile.rgdu else None,
        t_delta=t_delta,
    )
