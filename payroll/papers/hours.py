"""Relevé d'heures: what one pay counted for one person, entry by entry, with who confirmed each.

Issued with the pay, from the rows the run locked. It is the basis of the sharing: it says which kinds
of work the adopted rule counted. For a co-financed cohort it carries the emblem and two places to sign.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.actor import Actor, SeatKind
from ct_platform.kit.clock import Month
from ct_platform.kit.trades import TRADES
from documents.kinds import DocumentKind, PublicFact
from documents.models import Document
from documents.services.issue import Paper, issue_documents
from payroll.enums import SplitKind
from payroll.models import PayRun, Share
from projects.enums import WorkKind
from projects.models import WorkEntry
from projects.papers import kind_words

KIND = "hours_statement"


def issue_hours_statements(
    *,
    run: PayRun,
    shares: Sequence[Share],
    trades: Sequence[str],
    actor: Actor,
    at: dt.datetime,
) -> list[Document]:
    """Issue one statement per share of the run, whoever worked no hour included.

    One query for the entries and those of `issue_documents`; call it in the transaction that issues
    the pay. Issuing the same run again gives the statements already issued.
    """
    entries = _entries(run)
    month = Month(run.month)
    title = _("Relevé d’heures, %(month)s") % {"month": month}
    papers = [
        Paper(
            kind=KIND,
            title=title,
            issuer_key=run.cohort.host_id,
            issuer_name=run.cohort.host.name,
            subject=share.enrolment.person,
            snapshot=snapshot_of(
                run=run, share=share, entries=entries.get(share.enrolment_id, []), trades=trades
            ),
            effect_key=f"{KIND}:{share.pk}",
            cohort_key=run.cohort_id,
            territory_key=run.cohort.territory_id,
            batch=run.batch,
            period_from=run.month,
            period_to=month.last,
        )
        for share in shares
    ]
    return issue_documents(papers=papers, actor=actor, at=at)


def _entries(run: PayRun) -> dict[int, list[WorkEntry]]:
    found: dict[int, list[WorkEntry]] = {}
    rows = (
        WorkEntry.objects.filter(pay_run_key=run.pk)
        .select_related("project", "confirmed_by")
        .order_by("day", "pk")
    )
    for entry in rows:
        found.setdefault(entry.enrolment_id, []).append(entry)
    return found


def snapshot_of(
    *, run: PayRun, share: Share, entries: Sequence[WorkEntry], trades: Sequence[str]
) -> dict[str, Any]:
    """Write down everything one statement prints; minutes as integers, dates in ISO."""
    rule, host = run.photograph["rule"], run.cohort.host
    return {
        "person": share.enrolment.person.civil_name,
        "activity": share.enrolment.activity,
        "cohort": run.cohort.name,
        "host": {
            "name": host.name,
            "address": ", ".join(
                part for part in (host.address, f"{host.postcode} {host.city}".strip()) if part
            ),
            "city": host.city,
        },
        "weave": [TRADES[code].css for code in trades if code in TRADES],
        "month": run.month.isoformat(),
        "rule": {
            "version": rule["version"],
            "decision": rule["decision"],
            "decided_on": rule["decided_on"],
            "kind": rule["kind"],
            "counted_kinds": rule["counted_kinds"],
        },
        "counted": share.minutes,
        "entries": [_entry(entry) for entry in entries],
        "eu": run.cohort.eu_funded,
    }


def _entry(entry: WorkEntry) -> dict[str, Any]:
    by, at = entry.confirmed_by, entry.confirmed_at
    return {
        "day": entry.day.isoformat(),
        "work": entry.work_label,
        "note": entry.note,
        "kind": entry.kind,
        "minutes": entry.minutes,
        "confirmed_by": by.civil_name if by else "",
        "confirmed_on": clock.civil_day(at).isoformat() if at else "",
    }


def context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What templates/pdf/hours_statement.html prints, from the photograph alone."""
    first = dt.date.fromisoformat(snapshot["month"])
    entries = [_read_entry(entry, snapshot) for entry in snapshot["entries"]]
    rule = snapshot["rule"]
    return {
        **{key: snapshot[key] for key in ("person", "cohort", "host", "weave", "counted", "eu")},
        "month": first,
        "period": clock.format_period(first, Month(first).last),
        "entries": entries,
        "has_late": any(entry["is_late"] for entry in entries),
        "totals": _totals(snapshot),
        "total": sum(entry["minutes"] for entry in entries),
        "rule": {
            **rule,
            "label": SplitKind(rule["kind"]).label,
            "decided_on": dt.date.fromisoformat(rule["decided_on"]),
        },
        "issuer": {
            "name": snapshot["host"]["name"],
            "role": _("coopérative hôte"),
            "lines": [line for line in (snapshot["host"]["address"],) if line],
            "for": _("Coopérative de territoire « %s »") % snapshot["cohort"],
        },
        "who": {
            "name": snapshot["person"],
            "lines": [line for line in (snapshot["activity"],) if line],
        },
    }


def _read_entry(entry: Mapping[str, Any], snapshot: Mapping[str, Any]) -> dict[str, Any]:
    day = dt.date.fromisoformat(entry["day"])
    confirmed_on = entry["confirmed_on"]
    return {
        **entry,
        "day": day,
        "day_words": clock.format_day(day, weekday=True, year=False),
        "kind_words": WorkKind(entry["kind"]).label,
        "confirmed_on": dt.date.fromisoformat(confirmed_on) if confirmed_on else None,
        "is_counted": entry["kind"] in snapshot["rule"]["counted_kinds"],
        # Confirmed too late for the pay of their own month.
        "is_late": entry["day"] < snapshot["month"],
    }


def _totals(snapshot: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Minutes by kind of work, in the order of the kinds; whether the rule counts it."""
    minutes = dict.fromkeys(WorkKind.values, 0)
    for entry in snapshot["entries"]:
        minutes[entry["kind"]] += entry["minutes"]
    return [
        {
            "words": kind_words(kind),
            "minutes": total,
            "is_counted": kind in snapshot["rule"]["counted_kinds"],
        }
        for kind, total in minutes.items()
        if total
    ]


def filename(snapshot: Mapping[str, Any]) -> str:
    return f"releve-heures-{snapshot['month'][:7]}-{slugify(snapshot['person'])}.pdf"


def public_facts(snapshot: Mapping[str, Any]) -> list[PublicFact]:
    """The cohort, the month, the hours. Nobody's name."""
    total = sum(entry["minutes"] for entry in snapshot["entries"])
    return [
        PublicFact(_("Coopérative"), snapshot["cohort"]),
        PublicFact(_("Période"), str(Month(dt.date.fromisoformat(snapshot["month"])))),
        PublicFact(_("Heures confirmées"), clock.format_minutes(total)),
    ]


HOURS_STATEMENT = DocumentKind(
    code=KIND,
    label="Relevé d’heures",
    template="pdf/hours_statement.html",
    template_version="1",
    context=context,
    filename=filename,
    open_to=frozenset({SeatKind.COORDINATOR, SeatKind.HOST}),
    public_facts=public_facts,
    icon="horloge",
)
