"""Taking the photograph of a run: the rows it has just locked, written down with their keys."""

import datetime as dt
from typing import Any

from django.db.models import Prefetch

from cohorts.models import Contract, Enrolment
from ct_platform.kit.clock import Month, civil_day
from payroll.models import ContributionProfile, HostSettings, PayRun, PersonalTerms, SplitRule
from payroll.rules.months import presence, rank
from payroll.rules.photographs import VERSION
from payroll.selectors.idle import idle_months
from payroll.selectors.people import sharing_people
from payroll.selectors.personal_terms import terms_in_force
from projects.models import Expense, Sale, WorkEntry


def take_photograph(
    *, run: PayRun, rule: SplitRule, settings: HostSettings, profile: ContributionProfile
) -> dict[str, Any]:
    """Write down everything the pay will be computed from; amounts as text, minutes as integers.

    Reads only rows already locked by this run, so a confirmation that arrives meanwhile is either
    wholly in or wholly left to the next run. A withholding rate is written sealed, never in clear.
    Costs ten queries.
    """
    return {
        "version": VERSION,
        "month": run.month.isoformat(),
        "cohort_month": rank(run.month, run.cohort.starts_on),
        "reserve": str(run.reserve),
        "reserve_decision": _decision(run),
        "waived_people": run.waived_people,
        "rule": {
            "id": rule.pk,
            "version": rule.version,
            "kind": rule.kind,
            "counted_kinds": sorted(rule.counted_kinds),
            "in_force_from": rule.in_force_from.isoformat(),
            "decision": rule.outcome.number,
            "decided_on": civil_day(rule.outcome.decided_at).isoformat(),
        },
        "settings": _settings(settings),
        "profile": profile_facts(profile),
        "people": _people(run),
        "sales": _movements(Sale, run),
        "expenses": _movements(Expense, run),
        "idle": _idle(run, settings),
    }


def profile_facts(profile: ContributionProfile) -> dict[str, Any]:
    """What is written of a profile, in a photograph as in a correction."""
    return {
        "id": profile.pk,
        "code": profile.code,
        "version": profile.version,
        "disabled_lines": sorted(profile.disabled_lines),
        "enabled_lines": sorted(profile.enabled_lines),
        "rgdu": profile.rgdu,
        "tdelta_override": _text(profile.tdelta_override),
    }


def _settings(settings: HostSettings) -> dict[str, Any]:
    return {
        "id": settings.pk,
        "in_force_from": settings.in_force_from.isoformat(),
        "contribution_base": settings.contribution_base,
        "contribution_rate": str(settings.contribution_rate),
        "contribution_fixed": str(settings.contribution_fixed),
        "contribution_fixed_per": settings.contribution_fixed_per,
        "contribution_waived_months": settings.contribution_waived_months,
        "idle_month_cost": str(settings.idle_month_cost),
        "atmp_rate": str(settings.atmp_rate),
        "mobility_rate": str(settings.mobility_rate),
        "headcount": settings.headcount,
        "health_cover": str(settings.health_cover),
        "health_cover_employer_share": str(settings.health_cover_employer_share),
        "hourly_rate": _text(settings.hourly_rate),
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _decision(run: PayRun) -> dict[str, Any] | None:
    """The vote the reserve rests on: number and day, as the register gives them."""
    outcome = run.reserve_decision
    if outcome is None:
        return None
    return {
        "id": outcome.pk,
        "number": outcome.number,
        "decided_on": civil_day(outcome.decided_at).isoformat(),
    }


def _idle(run: PayRun, settings: HostSettings) -> list[dict[str, Any]]:
    return [
        {
            "enrolment": idle.enrolment_id,
            "person": idle.person_id,
            "name": idle.name,
            "month": idle.month.isoformat(),
            "amount": str(settings.idle_month_cost),
        }
        for idle in idle_months(run.cohort, run.month)
    ]


def _movements(model: type[Sale] | type[Expense], run: PayRun) -> list[dict[str, Any]]:
    rows = model.objects.of_cohort(run.cohort_id).filter(pay_run_key=run.pk).order_by("pk")
    return [
        {
            "id": row.pk,
            "project": row.project_id,
            "label": row.label,
            "amount": str(row.amount),
            "on": row.moved_on.isoformat(),
        }
        for row in rows
    ]


def _people(run: PayRun) -> list[dict[str, Any]]:
    entries: dict[int, list[WorkEntry]] = {}
    for entry in WorkEntry.objects.filter(pay_run_key=run.pk).order_by("day", "pk"):
        entries.setdefault(entry.enrolment_id, []).append(entry)
    found = list(
        sharing_people(run.cohort_id, run.month, list(entries))
        .select_related("person")
        .prefetch_related(
            Prefetch("contracts", Contract.objects.counted().order_by("starts_on", "id"))
        )
        .order_by("pk")
    )
    terms = terms_in_force([enrolment.pk for enrolment in found], Month(run.month).last)
    return [_person(one, run.month, entries.get(one.pk, []), terms.get(one.pk)) for one in found]


def _person(
    enrolment: Enrolment, month: dt.date, entries: list[WorkEntry], terms: PersonalTerms | None
) -> dict[str, Any]:
    by_kind: dict[str, int] = {}
    for entry in entries:
        by_kind[entry.kind] = by_kind.get(entry.kind, 0) + entry.minutes
    contracts = list(enrolment.contracts.all())
    last, left = Month(month).last, enrolment.left_on
    inside = [c for c in contracts if c.starts_on <= last and c.last_day >= month]
    # The contract of the month, else the last one that ever was; two of one kind make one presence.
    contract = next(reversed(inside or contracts), None)
    part = presence(month, ((c.starts_on, min(c.last_day, left or c.last_day)) for c in inside))
    return {
        "enrolment": enrolment.pk,
        "person": enrolment.person_id,
        "name": enrolment.person.civil_name,
        "contract": {
            "kind": contract.kind,
            "starts_on": contract.starts_on.isoformat(),
            "ends_on": contract.last_day.isoformat(),
        }
        if contract
        else None,
        # Late hours paid after the contract: the month counts whole (to confirm with the host).
        "presence": str(part or 1),
        "terms": {
            "key": str(terms.key),
            "in_force_from": terms.in_force_from.isoformat(),
            "sealed_pas_rate": terms.sealed_pas_rate,
            "health_waived": terms.health_waived,
        }
        if terms
        else None,
        "minutes_by_kind": dict(sorted(by_kind.items())),
        "entries": [[e.pk, e.day.isoformat(), e.minutes, e.kind] for e in entries],
    }
