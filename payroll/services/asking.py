"""From a photograph to what the engine is asked: the one way in, for a pay as for its verification."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ct_platform.kit.money import ZERO
from payroll.engine.params import Params
from payroll.engine.solve import solve_gross, solve_hours
from payroll.engine.types import PayInput, Profile, Slip, Ytd
from payroll.rules.profiles import CONTRACTS, profile_of
from payroll.services.personal_terms import open_rate

_HOURS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Solved:
    """`hours` is None when the hours do not follow the share; without slip everything is carried."""

    slip: Slip | None
    remainder: Decimal
    hours: Decimal | None = None


def pay_input(photograph: dict[str, Any], person: dict[str, Any], month: dt.date) -> PayInput:
    """What the engine is asked for one person, from the photograph; the gross is searched for.

    A key a photograph does not have (version 1) means that nothing of the sort applied. The health
    cover is that of employment contracts; a withholding rate is opened here and nowhere kept.
    """
    settings, written = photograph["settings"], photograph["profile"]
    profile = profile_of(
        written["code"],
        disabled=written["disabled_lines"],
        enabled=written.get("enabled_lines", ()),
        rgdu=written.get("rgdu"),
        tdelta=_decimal(written.get("tdelta_override")),
    )
    terms = person.get("terms") or {}
    covered = profile.working_time and not terms.get("health_waived")
    minutes = sum(person["minutes_by_kind"].values())
    return PayInput(
        month=month,
        gross=None,
        hours=(Decimal(minutes) / 60).quantize(_HOURS),
        presence=Decimal(person["presence"]),
        headcount=settings["headcount"],
        atmp_rate=Decimal(settings["atmp_rate"]),
        mobility_rate=Decimal(settings["mobility_rate"]),
        health_cover=Decimal(settings.get("health_cover", 0)) if covered else ZERO,
        health_cover_employer_share=Decimal(settings.get("health_cover_employer_share", 0)),
        contract=CONTRACTS[written["code"]],
        profile=profile,
        pas_rate=open_rate(terms["key"], terms["sealed_pas_rate"]) if terms else None,
    )


def hourly_rate(photograph: dict[str, Any], profile: Profile) -> Decimal | None:
    """Euros an hour when the hours paid follow the share: employment contracts only."""
    rate = _decimal(photograph["settings"].get("hourly_rate"))
    return rate if profile.working_time else None


def solve(
    share: Decimal, photograph: dict[str, Any], inp: PayInput, before: Ytd, params: Params
) -> Solved:
    """Turn a share into a slip: by its gross, or by its hours when the host gave an hourly rate.

    A wage needs hours: whoever has none confirmed keeps everything for later, at an hourly rate
    too, since nobody is declared at work who was not. Raises EngineError.
    """
    if inp.profile.working_time and not inp.hours:
        return Solved(None, share)
    rate = hourly_rate(photograph, inp.profile)
    if rate is None:
        slip, remainder = solve_gross(share, inp, before, params)
        return Solved(slip, remainder)
    slip, hours, remainder = solve_hours(share, rate, inp, before, params)
    return Solved(slip, remainder, hours if slip else None)


def _decimal(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)
