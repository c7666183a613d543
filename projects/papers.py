"""Attestation de participation: what somebody did in a cohort, from verified hours.

It has no legal model; it says that it is not an employment certificate. Titles, dates and hours are
photographed at issue: what is confirmed later goes on a later paper.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohorts.enums.contracts import ContractState
from cohorts.models import Cohort, Contract, CoordinatorSeat, Enrolment, Partnership
from cohorts.rules.contract_kinds import is_employment
from ct_platform.kit import clock, trades
from ct_platform.kit.actor import Actor, SeatKind
from documents import kinds
from documents.models import Document
from documents.services.issue import Paper, issue_documents
from projects.enums import WorkKind
from projects.models import Project, WorkEntry
from projects.selectors import minutes_by_kind

KIND = "participation"


def kind_words(kind: str) -> str:
    """What a kind of work is called on a paper that strangers read."""
    return {
        WorkKind.PRODUCTION: _("Activité : production, vente, services"),
        WorkKind.TRAINING: _("Formation"),
        WorkKind.MEETING: _("Réunions et décisions du groupe"),
        WorkKind.COMMITTEE: _("Commissions (vie du groupe, vente, comptes)"),
    }[WorkKind(kind)]


def issue_participation(
    *,
    enrolments: Iterable[Enrolment],
    batch: str,
    cohort: Cohort,
    actor: Actor,
    at: dt.datetime,
) -> list[Document]:
    """Issue one attestation per enrolment of the cohort, in the name of its host.

    Hours are the verified minutes to date, by kind. The same enrolment in the same batch gives the
    paper already issued; a co-financed cohort's carries the EU emblem. Nine queries and those of
    `issue_documents`, whatever the number of people; call it in a transaction.
    """
    keys = [one.pk for one in enrolments]
    people = list(
        Enrolment.objects.of_cohort(cohort.pk)
        .filter(pk__in=keys)
        .select_related("person")
        .prefetch_related("contracts")
    )
    day = clock.civil_day(at)
    minutes, done = minutes_by_kind(keys), _projects_of(keys)
    common = _common(cohort, day)
    papers = [
        Paper(
            kind=KIND,
            title=_("Attestation de participation"),
            issuer_key=cohort.host_id,
            issuer_name=cohort.host.name,
            subject=one.person,
            snapshot=common
            | {
                "person": one.person.civil_name,
                "from": cohort.starts_on.isoformat(),
                "to": _last_day(one, cohort, day).isoformat(),
                "projects": done.get(one.pk, []),
                "hours": [
                    {"kind": kind, "words": kind_words(kind), "minutes": minutes[one.pk][kind]}
                    for kind in WorkKind.values
                    if minutes.get(one.pk, {}).get(kind)
                ],
                "is_cape": _is_cape(one.contracts.all()),
            },
            effect_key=f"{KIND}:{one.pk}:{batch}",
            cohort_key=cohort.pk,
            territory_key=cohort.territory_id,
            batch=batch,
            period_from=cohort.starts_on,
            period_to=_last_day(one, cohort, day),
        )
        for one in people
    ]
    return issue_documents(papers=papers, actor=actor, at=at)


def _common(cohort: Cohort, day: dt.date) -> dict[str, Any]:
    host, territory = cohort.host, cohort.territory
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
    siret = _("SIRET %s") % host.printed_siret if host.siret else ""
    return {
        "cohort": cohort.name,
        "territory": territory.name,
        "territory_kind": territory.get_kind_display(),
        "place": territory.city,
        "host": {
            "name": host.name,
            "lines": [
                line
                for line in (
                    f"{host.address}, {host.postcode} {host.city}".strip(", "),
                    ", ".join(filter(None, [host.legal_form, siret])),
                )
                if line
            ],
            "city": host.city or territory.city,
        },
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


def _last_day(enrolment: Enrolment, cohort: Cohort, day: dt.date) -> dt.date:
    last = min(cohort.ends_on, enrolment.left_on or cohort.ends_on, day)
    return max(last, cohort.starts_on)


def _is_cape(contracts: Iterable[Contract]) -> bool:
    rows = [one for one in contracts if one.state != ContractState.CANCELLED]
    return bool(rows) and not any(is_employment(one.kind) for one in rows)


def context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What templates/pdf/participation.html prints, from the photograph alone."""
    total = sum(row["minutes"] for row in snapshot["hours"])
    return {
        "person": snapshot["person"],
        "cohort": snapshot["cohort"],
        "territory": snapshot["territory"],
        "territory_kind": snapshot["territory_kind"],
        "place": snapshot["place"],
        "host": snapshot["host"],
        "coordinators": snapshot["coordinators"],
        "partners": snapshot["partners"],
        "period": _period(snapshot),
        "as_of": dt.date.fromisoformat(snapshot["as_of"]),
        "projects": snapshot["projects"],
        "hours": snapshot["hours"],
        "total_minutes": total,
        "is_cape": snapshot["is_cape"],
        "weave": snapshot["weave"],
        "eu": snapshot["eu"],
        "issuer": {
            "name": snapshot["host"]["name"],
            "role": _("coopérative hôte"),
            "lines": snapshot["host"]["lines"],
        },
        "who": {"name": snapshot["person"], "lines": [snapshot["cohort"]], "label": _("Pour")},
    }


def filename(snapshot: Mapping[str, Any]) -> str:
    return f"attestation-participation-{slugify(snapshot['person'])}-{snapshot['as_of']}.pdf"


def public_facts(snapshot: Mapping[str, Any]) -> list[kinds.PublicFact]:
    """What the check page repeats: the cohort, the dates, the hours. Nobody's name."""
    hours = [
        kinds.PublicFact(row["words"], clock.format_minutes(row["minutes"]))
        for row in snapshot["hours"]
    ]
    return [
        kinds.PublicFact(_("Coopérative"), snapshot["cohort"]),
        kinds.PublicFact(_("Participation"), _period(snapshot)),
        *hours,
    ]


def _period(snapshot: Mapping[str, Any]) -> str:
    return clock.format_period(
        dt.date.fromisoformat(snapshot["from"]), dt.date.fromisoformat(snapshot["to"])
    )


def register() -> None:
    kinds.register(
        kinds.DocumentKind(
            code=KIND,
            label="Attestation de participation",
            template="pdf/participation.html",
            template_version="1",
            context=context,
            filename=filename,
            open_to=frozenset({SeatKind.COORDINATOR, SeatKind.HOST}),
            public_facts=public_facts,
            icon="attestation",
        )
    )
