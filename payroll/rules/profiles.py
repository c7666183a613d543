"""A host's version of a profile, laid over the one of the engine. Pure."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal

from payroll.engine.types import CAPE, EMPLOYEE, Profile

PROFILES: dict[str, Profile] = {"cape": CAPE, "employee": EMPLOYEE}
# What the engine calls the contract of each profile.
CONTRACTS = {"cape": "CAPE", "employee": "CDD"}


def profile_of(
    code: str,
    *,
    disabled: Collection[str] = (),
    enabled: Collection[str] = (),
    rgdu: bool | None = None,
    tdelta: Decimal | None = None,
) -> Profile:
    """Lay a host's answers over the engine's profile: lines on and off, reduction, Tdelta.

    `enabled` brings back lines the engine's profile leaves out; a line both on and off is off.
    `rgdu` None keeps the engine's answer; `tdelta` None the dated coefficient.
    """
    base = PROFILES[code]
    return replace(
        base,
        disabled_lines=(base.disabled_lines - frozenset(enabled)) | frozenset(disabled),
        rgdu=base.rgdu if rgdu is None else rgdu,
        tdelta_override=tdelta,
    )


def differences(
    code: str, *, shown: Collection[str], due: Collection[str], disabled: Collection[str],
    enabled: Collection[str],
) -> tuple[list[str], list[str]]:  # fmt: skip
    """From boxes ticked among `shown` lines to (disabled, enabled) beside the engine's profile.

    Lines that were not shown (they depend on a headcount the host does not have) stay as they were.
    """
    left_out = PROFILES[code].disabled_lines
    off = {line for line in shown if line not in due and line not in left_out}
    on = {line for line in due if line in left_out}
    kept_off, kept_on = set(disabled) - set(shown), set(enabled) - set(shown)
    return sorted(off | kept_off), sorted(on | kept_on)


def is_expired(in_force_from: date, month: date) -> bool:
    """Whether a version is too old for a month: rates and rules change each 1 January.

    A profile stands for the calendar year it begins in. Whoever confirmed it did so for the law of
    that year; the next one asks for a new version, confirmed again.
    """
    return in_force_from.year < month.year
