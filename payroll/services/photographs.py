"""Taking the photograph of a run: the rows it has just locked, written down with their keys."""

import datetime as dt
from typing import Any

from django.db.models import Prefetch, Q

from cohorts.enums import EnrolmentState
from cohorts.models import Cohort, Contract, Enrolment
from ct_platform.kit.clock import Month, civil_day
from payroll.models import ContributionProfile, HostSettings, PayRun, SplitRule
from payroll.rules.photographs import VERSION, presence
from projects.models import Expense, Sale, WorkEntry


def take_photograph(
    *, run: PayRun, rule: SplitRule, settings: HostSettings, profile: ContributionProfile
) -> dict[str, Any]:
    """Write down everything the pay will be computed from; amounts as text, minutes as integers.

    Reads only rows already locked by this run, so a confirmation that arrives meanwhile is either
    wholly in or wholly left to the next run. Costs five queries.
    """
    return {
        "version": VERSION,
        "month": run.month.isoformat(),
        "reserve": str(run.reserve),
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
        "profile": {
            "id": profile.pk,
            "code": profile.code,
            "version": profile.version,
            "disabled_lines": sorted(profile.disabled_lines),
        },
        "people": _people(run),
        "sales": _movements(Sale, run),
        "expenses": _movements(Expense, run),
    }


def _settings(settings: HostSettings) -> dict[str, Any]:
    return {
        "id": settings.pk,
        "in_force_from": settings.in_force_from.isoformat(),
        "contribution_base": settings.contribution_base,
        "contribution_rate": str(settings.contribution_rate),
        "contribution_fixed": str(settings.contribution_fixed),
        "atmp_rate": str(settings.atmp_rate),
        "mobility_rate": str(settings.mobility_rate),
        "headcount": settings.headcount,
    }


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
    found = (
        _sharing(run.cohort, run.month, list(entries))
        .select_related("person")
        .prefetch_related(Prefetch("contracts", Contract.objects.order_by("starts_on", "id")))
        .order_by("pk")
    )
    return [_person(enrolment, run.month, entries.get(enrolment.pk, [])) for enrolment in found]


def _sharing(cohort: Cohort, month: dt.date, with_hours: list[int]) -> Any:
    """Who takes part in the pot: under contract in the month, or with hours counted in this run."""
    last = Month(month).last
    under_contract = Q(contracts__starts_on__lte=last, contracts__ends_on__gte=month)
    no_paper_yet = Q(contracts__isnull=True, state=EnrolmentState.ACTIVE)
    still_there = Q(left_on__isnull=True) | Q(left_on__gte=month)
    return (
        Enrolment.objects.of_cohort(cohort.pk)
        .exclude(state=EnrolmentState.SELECTED)
        .filter(Q(pk__in=with_hours) | (still_there & (under_contract | no_paper_yet)))
        .distinct()
    )


def _person(enrolment: Enrolment, month: dt.date, entries: list[WorkEntry]) -> dict[str, Any]:
    by_kind: dict[str, int] = {}
    for entry in entries:
        by_kind[entry.kind] = by_kind.get(entry.kind, 0) + entry.minutes
    contract = _contract(list(enrolment.contracts.all()), month)
    part = presence(month, contract.starts_on, contract.ends_on) if contract else None
    return {
        "enrolment": enrolment.pk,
        "person": enrolment.person_id,
        "name": enrolment.person.civil_name,
        "contract": {
            "kind": contract.kind,
            "starts_on": contract.starts_on.isoformat(),
            "ends_on": contract.ends_on.isoformat(),
        }
        if contract
        else None,
        # Late hours paid after the contract: the month counts whole (to confirm with the host).
        "presence": str(part or 1),
        "minutes_by_kind": dict(sorted(by_kind.items())),
        "entries": [[e.pk, e.day.isoformat(), e.minutes, e.kind] for e in entries],
    }


def _contract(contracts: list[Contract], month: dt.date) -> Contract | None:
    """The contract of the month, else the last one that ever was."""
    last = Month(month).last
    inside = [c for c in contracts if c.starts_on <= last and c.ends_on >= month]
    found = inside or contracts
    return found[-1] if found else None
