"""The host's own pages: settings in force, profiles, what waits for its agreement."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ct_platform.kit.actor import Actor
from payroll.engine.errors import MonthNotCovered
from payroll.engine.params import LineRule, load_params
from payroll.engine.trace import explain
from payroll.engine.types import CAPE, EMPLOYEE, ZERO, Line
from payroll.enums import PayRunState
from payroll.models import ContributionProfile, HostSettings, PayRun
from payroll.selectors.in_force import settings_of_month

PROFILES = {"cape": CAPE, "employee": EMPLOYEE}
CONTRACTS = {"cape": "CAPE", "employee": "CDI"}


@dataclass(frozen=True, slots=True)
class HostPay:
    """`current` may be None, before the first version; `coming` starts later than today."""

    current: HostSettings | None
    coming: tuple[HostSettings, ...]
    earlier: tuple[HostSettings, ...]
    profiles: tuple[ContributionProfile, ...]


def host_pay(actor: Actor, today: dt.date) -> HostPay:
    """Every version of the settings and every profile of the actor's host. Costs two queries."""
    versions = list(HostSettings.objects.visible_to(actor).order_by("-in_force_from", "-id"))
    begun = [version for version in versions if version.in_force_from <= today]
    return HostPay(
        current=begun[0] if begun else None,
        coming=tuple(version for version in versions if version.in_force_from > today),
        earlier=tuple(begun[1:]),
        profiles=tuple(
            ContributionProfile.objects.visible_to(actor)
            .select_related("confirmed_by")
            .order_by("code", "-version")
        ),
    )


def runs_awaiting(actor: Actor) -> list[PayRun]:
    """Runs the actor can move on: for a host, to approve or issue; for a coordinator, the others.

    Oldest month first. Costs one query.
    """
    states = [PayRunState.REVIEWED, PayRunState.APPROVED]
    if actor.is_coordinator:
        states = [
            PayRunState.DRAFT, PayRunState.FROZEN, PayRunState.COMPUTED, PayRunState.APPROVED,
        ]  # fmt: skip
    return list(
        PayRun.objects.visible_to(actor)
        .filter(state__in=states)
        .select_related("cohort__host", "reviewed_by", "profile")
        .order_by("month", "pk")
    )


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One contribution and whether the profile owes it; rate in percent, None when given apart."""

    label: str
    side: str
    rate: Decimal | None
    is_due: bool
    source: str


def lines_of(profile: ContributionProfile) -> list[ProfileLine]:
    """What a profile switches on and off, line by line, at the rates of its first month.

    Of the lines that depend on the headcount, those of the host's own. Nothing when no confirmed
    parameters cover that month. Costs one query.
    """
    base, month = PROFILES[profile.code], profile.in_force_from.replace(day=1)
    off = base.disabled_lines | frozenset(profile.disabled_lines)
    try:
        params = load_params(month)
    except MonthNotCovered:
        return []
    settings = settings_of_month(profile.host_id, month)
    headcount = settings.headcount if settings else 0
    return [
        ProfileLine(
            label=name_of(rule),
            side=rule.side,
            rate=rule.rate,
            is_due=rule.code not in off and (rule.code != "rgdu" or base.rgdu),
            source=rule.source,
        )
        for rule in params.rules
        if rule.is_owed(headcount, CONTRACTS[profile.code])
    ]


def name_of(rule: LineRule) -> str:
    """What a line is called alone: several share one label on the bulletin."""
    nothing = Line(
        code=rule.code,
        side=rule.side,
        base=ZERO,
        rate=rule.rate or ZERO,
        amount=ZERO,
        group=rule.group,
        label=rule.label,
        rule_date=rule.since,
        source=rule.source,
    )
    return explain(nothing).name
