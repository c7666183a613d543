"""The evidence an attestation of participation is built from, person by person."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, prefetch_related_objects

from cohorts.enums.contracts import ContractState
from cohorts.models import Cohort, Contract, CoordinatorSeat, Enrolment, Mandate, Partnership
from cohorts.papers.parties import host_of, identity_of
from cohorts.papers.skills import level_words
from cohorts.rules.contract_kinds import is_employment
from cohorts.selectors.skills import attested_skills
from ct_platform.kit import trades
from projects.enums import WorkKind
from projects.evidence import LedDecision, decisions_led
from projects.models import Project, WorkEntry
from projects.papers import kind_words
from projects.selectors.verified import minutes_by_month

# What tells nothing by itself: somebody with none of these has nothing to attest.
EVIDENCE = ("hours", "mandates", "decisions", "skills")


def snapshots_of(
    cohort: Cohort, people: Sequence[Enrolment], day: dt.date
) -> list[tuple[Enrolment, dict[str, Any]]]:
    """Each person with everything their attestation prints, in their order. Eleven queries.

    `people`: enrolments of the cohort, with their person at hand.
    """
    prefetch_related_objects(list(people), "contracts")
    keys = [one.pk for one in people]
    done, proved, common = (
        _projects_of(keys),
        evidence_of(people, cohort, day),
        _common(cohort, day),
    )
    return [
        (
            one,
            common
            | {
                "person": one.person.civil_name,
                "from": cohort.starts_on.isoformat(),
                "to": last_day(one, cohort, day).isoformat(),
                "projects": done.get(one.pk, []),
                "is_cape": _is_cape(one.contracts.all()),
                **proved[one.pk],
            },
        )
        for one in people
    ]


def evidence_of(
    people: Sequence[Enrolment], cohort: Cohort, day: dt.date
) -> dict[int, dict[str, Any]]:
    """What is proved of each, by enrolment key. Five queries.

    Hours are the verified minutes to date, by month and kind; the totals by kind are sums of those
    lines. Mandates are those begun by `day`; decisions those the person carried to the vote; skills
    those confirmed by both sides that the person chose to show.
    """
    keys = [one.pk for one in people]
    minutes, mandates, led = minutes_by_month(keys), _mandates_of(keys, day), decisions_led(keys)
    skills = attested_skills(keys)
    return {
        one.pk: {
            **_hours(minutes.get(one.pk, {})),
            "mandates": [
                _mandate(row, last_day(one, cohort, day), day) for row in mandates.get(one.pk, ())
            ],
            "decisions": [_decision(row) for row in led.get(one.pk, ())],
            "skills": [
                {"title": row.title, "level": level_words(row.level)}
                for row in skills.get(one.pk, ())
            ],
        }
        for one in people
    }


def has_evidence(proved: dict[str, Any]) -> bool:
    """Whether there is anything to attest besides having been there."""
    return any(proved[name] for name in EVIDENCE)


def last_day(enrolment: Enrolment, cohort: Cohort, day: dt.date) -> dt.date:
    """The last day of the participation known on `day`."""
    last = min(cohort.ends_on, enrolment.left_on or cohort.ends_on, day)
    return max(last, cohort.starts_on)


def _hours(months: dict[dt.date, dict[str, int]]) -> dict[str, Any]:
    totals = {
        kind: sum(minutes.get(kind, 0) for minutes in months.values()) for kind in WorkKind.values
    }
    return {
        "months": [
            {"month": month.isoformat(), "minutes": dict(sorted(minutes.items()))}
            for month, minutes in months.items()
        ],
        "hours": [
            {"kind": kind, "words": kind_words(kind), "minutes": total}
            for kind, total in totals.items()
            if total
        ],
    }


def _mandates_of(keys: Sequence[int], day: dt.date) -> dict[int, list[Mandate]]:
    found: dict[int, list[Mandate]] = {}
    for one in Mandate.objects.filter(enrolment_id__in=keys, starts_on__lte=day):
        found.setdefault(one.enrolment_id, []).append(one)
    return found


def _mandate(one: Mandate, known: dt.date, day: dt.date) -> dict[str, str]:
    """`known`: the last day of the person. A charge that still runs has no last day on the paper."""
    last = min(one.ends_on or known, known)
    is_over = last < day or one.ends_on == day
    return {
        "title": one.title,
        "from": one.starts_on.isoformat(),
        "to": max(last, one.starts_on).isoformat() if is_over else "",
    }


def _decision(one: LedDecision) -> dict[str, Any]:
    return {
        "number": one.number,
        "title": one.title,
        "outcome": one.outcome,
        "on": one.decided_on.isoformat(),
    }


def _common(cohort: Cohort, day: dt.date) -> dict[str, Any]:
    territory, host = cohort.territory, host_of(cohort)
    codes = Project.objects.of_cohort(cohort.pk).order_by("pk").values_list("trade", flat=True)
    coordinators = (
        CoordinatorSeat.objects.in_force(day)
        .filter(territory_id=cohort.territory_id)
        .select_related("person")
    )
    partners = (
        Partnership.objects.filter(Q(cohort=cohort) | Q(territory=territory), starts_on__lte=day)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        .order_by("organisation__name")
        .values_list("organisation__name", flat=True)
    )
    return {
        "cohort": cohort.name,
        "territory": territory.name,
        "territory_kind": territory.get_kind_display(),
        "place": territory.city,
        "host": {"name": host["name"], "lines": identity_of(host), "city": host["city"]},
        "coordinators": sorted({seat.person.civil_name for seat in coordinators}),
        "partners": list(dict.fromkeys(partners)),
        "weave": [
            trades.TRADES[code].css for code in dict.fromkeys(codes) if code in trades.TRADES
        ],
        "as_of": day.isoformat(),
        "eu": cohort.eu_funded,
    }


def _projects_of(enrolment_ids: Sequence[int]) -> dict[int, list[str]]:
    """The lines of business each person has verified hours in. One query."""
    found: dict[int, list[str]] = {}
    rows = (
        WorkEntry.objects.verified()
        .filter(enrolment_id__in=enrolment_ids, project__isnull=False)
        .order_by("enrolment_id", "project__name")
        .values_list("enrolment_id", "project__name", "project__trade")
        .distinct()
    )
    for key, name, trade in rows:
        found.setdefault(key, []).append(Project(name=name, trade=trade).full_label)
    return found


def _is_cape(contracts: Iterable[Contract]) -> bool:
    rows = [one for one in contracts if one.state != ContractState.CANCELLED]
    return bool(rows) and not any(is_employment(one.kind) for one in rows)
