"""The host's own pages: settings in force, profiles, what waits for its agreement."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.kit.actor import Actor
from payroll.engine.codes import RGDU
from payroll.engine.errors import MonthNotCovered
from payroll.engine.params import LineRule, load_params
from payroll.engine.trace import explain
from payroll.engine.types import ZERO, Line, Profile
from payroll.models import ContributionProfile, HostSettings
from payroll.rules.profiles import CONTRACTS, profile_of
from payroll.selectors.in_force import settings_of_month


@dataclass(frozen=True, slots=True)
class HostPay:
    """`current` may be None, before the first version; `coming` starts later than today."""

    current: HostSettings | None
    coming: tuple[HostSettings, ...]
    earlier: tuple[HostSettings, ...]
    profiles: tuple[ContributionProfile, ...]
    cohorts: tuple[Cohort, ...]


def host_pay(actor: Actor, today: dt.date) -> HostPay:
    """Every version of the settings and every profile of the actor's host. Costs three queries."""
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
        cohorts=tuple(
            Cohort.objects.visible_to(actor)
            .exclude(state=CohortState.ARCHIVED)
            .order_by("-starts_on", "name")
        ),
    )


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One contribution and whether the profile owes it; rate in percent, None when given apart."""

    code: str
    label: str
    side: str
    rate: Decimal | None
    is_due: bool
    source: str


def engine_profile(profile: ContributionProfile) -> Profile:
    """What the engine will be asked under this version."""
    return profile_of(
        profile.code,
        disabled=profile.disabled_lines,
        enabled=profile.enabled_lines,
        rgdu=profile.rgdu,
        tdelta=profile.tdelta_override,
    )


def lines_of(profile: ContributionProfile, month: dt.date | None = None) -> list[ProfileLine]:
    """What a profile switches on and off, line by line, at the rates of `month` (its first one).

    Of the lines that depend on the headcount, those of the host's own. Nothing when no confirmed
    parameters cover that month. Costs one query.
    """
    asked = engine_profile(profile)
    month = (month or profile.in_force_from).replace(day=1)
    try:
        params = load_params(month)
    except MonthNotCovered:
        return []
    settings = settings_of_month(profile.host_id, month)
    headcount = settings.headcount if settings else 0
    return [
        ProfileLine(
            code=rule.code,
            label=name_of(rule),
            side=rule.side,
            rate=rule.rate,
            is_due=rule.code not in asked.disabled_lines and (rule.code != RGDU or asked.rgdu),
            source=rule.source,
        )
        for rule in params.rules
        if rule.is_owed(headcount, CONTRACTS[profile.code])
        # A cover is that of an employment contract: nothing of it is ever asked for a CAPE.
        and (asked.working_time or rule.base not in ("health_cover", "cover"))
    ]


def lines_to_choose(profile: ContributionProfile, today: dt.date) -> list[ProfileLine]:
    """The same for a new version, at today's rates; the reduction has its own question."""
    lines = lines_of(profile, today) or lines_of(profile)
    return [line for line in lines if line.code != RGDU]


def by_side(lines: list[ProfileLine]) -> list[tuple[str, list[ProfileLine]]]:
    """Under their headings: withheld from the person, then paid by the host."""
    titles = (("ee", _("Retenues sur la personne")), ("er", _("Payées par l’hôte")))
    return [
        (title, [line for line in lines if line.side == side]) for side, title in titles if lines
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
