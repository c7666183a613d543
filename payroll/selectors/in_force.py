"""What is in force for the pay of a month: rule, settings, profile. The last day of the month decides."""

import datetime as dt
from dataclasses import dataclass

from cohorts.enums import ContractKind
from cohorts.models import Contract
from ct_platform.kit.clock import Month
from payroll.models import ContributionProfile, HostSettings, PayRun, SplitRule
from payroll.selectors.rules import rule_in_force

EMPLOYEE, CAPE = "employee", "cape"
# The parameters know these two: another kind of contract has no profile, and its pay is refused.
_PROFILES = {ContractKind.CAPE: CAPE, ContractKind.CDD: EMPLOYEE}


@dataclass(frozen=True, slots=True)
class InForce:
    """What a draft would be frozen with today; None for what is missing."""

    rule: SplitRule | None
    settings: HostSettings | None
    profile: ContributionProfile | None


def of_draft(run: PayRun, day: dt.date) -> InForce:
    """What freezing would take, were it pressed on `day`. Costs four or five queries."""
    codes = profile_codes_of_month(run.cohort_id, run.month)
    return InForce(
        rule=rule_of_month(run.cohort_id, run.month, day),
        settings=settings_of_month(run.cohort.host_id, run.month),
        profile=profile_of_month(run.cohort.host_id, codes[0], run.month)
        if len(codes) == 1
        else None,
    )


def rule_of_month(cohort_id: int, month: dt.date, day: dt.date) -> SplitRule | None:
    """The sharing rule in force on the month's last day; failing that, the first adopted since.

    A group may well vote in October how to share what September earned: that decision, in force by
    `day`, is then the only authority there is. Costs one or two queries.
    """
    in_force = rule_in_force(cohort_id, Month(month).last)
    if in_force is not None:
        return in_force
    since: SplitRule | None = (
        SplitRule.objects.of_cohort(cohort_id)
        .filter(in_force_from__lte=day)
        .order_by("version")
        .first()
    )
    return since


def settings_of_month(host_id: int, month: dt.date) -> HostSettings | None:
    """The host's settings on the month's last day. Costs one query."""
    found: HostSettings | None = (
        HostSettings.objects.filter(host_id=host_id).in_force(Month(month).last).first()
    )
    return found


def settings_of_run(run: PayRun) -> HostSettings | None:
    """Photographed with the run; those of its month for a draft, which costs one query."""
    if run.is_draft:
        return settings_of_month(run.cohort.host_id, run.month)
    photographed: HostSettings | None = run.settings
    return photographed


def profile_of_month(host_id: int, code: str, month: dt.date) -> ContributionProfile | None:
    """The host's contribution profile on the month's last day, confirmed or not. Costs one query."""
    found: ContributionProfile | None = (
        ContributionProfile.objects.filter(host_id=host_id, code=code)
        .in_force(Month(month).last)
        .select_related("confirmed_by")
        .first()
    )
    return found


def profile_codes_of_month(cohort_id: int, month: dt.date) -> list[str]:
    """Which profiles of the engine the contracts of the month ask for: CAPE when there is none.

    Costs one query.
    """
    kinds = set(
        Contract.objects.of_cohort(cohort_id)
        .counted()
        .reaching(month, Month(month).last)
        .exclude(enrolment__left_on__lt=month)
        .values_list("kind", flat=True)
    )
    codes = {_PROFILES.get(kind, kind) for kind in kinds}
    return sorted(codes) or [CAPE]
