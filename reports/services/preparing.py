"""A report is prepared: frozen for the coordination to read again. Nothing is sent."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.states import move
from reports.enums import REPORT_ALLOWED, STANDING, Occasion, ReportState
from reports.models import Report, ReportRequest
from reports.rules.exchange import CAUGHT_UP_WITHIN, due_reports
from reports.services.freeze import freeze_snapshot


@transaction.atomic
def prepare_report(
    *,
    cohort: Cohort,
    occasion: Occasion = Occasion.BY_HAND,
    seen: str = "",
    due_key: str = "",
    actor: Actor | None,
    at: dt.datetime,
) -> Report:
    """Freeze today's figures as a report to read again; answers the requests of partners.

    The same figures on the same day are the same report. Raises what freezing raises.
    """
    snapshot = freeze_snapshot(cohort=cohort, seen=seen, actor=actor, at=at)
    found, created = Report.objects.get_or_create(
        snapshot=snapshot,
        defaults={
            "cohort": cohort,
            "occasion": occasion,
            "due_key": due_key,
            "prepared_at": at,
            "prepared_by_id": actor.person_id if actor else None,
            "document_id": snapshot.document_id,
        },
    )
    report: Report = found
    if not created and report.state == ReportState.DROPPED:
        # What it was to correct may have been corrected meanwhile: it comes back as any report.
        Report.objects.filter(pk=report.pk).update(replaces=None, reason="")
        _move(report, ReportState.PREPARED, actor, at)
        report.refresh_from_db()
    if not created and due_key:
        Report.objects.filter(pk=report.pk, due_key="").update(due_key=due_key)
    _answer_requests(report)
    return report


@transaction.atomic
def correct_report(*, report: Report, reason: str, actor: Actor, at: dt.datetime) -> Report:
    """Prepare the report that will take the place of one already sent, and say why.

    The old one stays readable, and is marked replaced when the new one is sent. Its own figures are
    what the engine compares with: a correction that moves a few people stays masked. Repeating gives
    the correction already begun. Raises Refused without a reason, before it is sent, or when
    nothing changed since.
    """
    reason = reason.strip()
    if not 1 <= len(reason) <= 300:
        raise Refused(_("Dites pourquoi, en 300 lettres au plus."), field="reason")
    current = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    begun = current.successors.exclude(state=ReportState.DROPPED).first()
    if begun is not None:
        return Report.objects.get(pk=begun.pk)
    if current.state not in STANDING:
        raise Refused(_("Seul un rapport envoyé se corrige. Celui-ci ne l’est pas, ou plus."))
    new = prepare_report(cohort=current.cohort, occasion=Occasion.CORRECTION, actor=actor, at=at)
    if new.pk == current.pk:
        raise Refused(_("Aucun chiffre n’a changé depuis ce rapport : il n’y a rien à corriger."))
    if new.sent_at is not None or new.replaces_id:
        raise Refused(_("Un autre rapport porte déjà ces chiffres. Envoyez celui-là."))
    Report.objects.filter(pk=new.pk).update(replaces=current, reason=reason)
    new.refresh_from_db()
    return new


@transaction.atomic
def ask_for_report(
    *, cohort: Cohort, text: str = "", actor: Actor, at: dt.datetime
) -> ReportRequest:
    """A partner or host asks for a report; asking twice is the same request. Refused before it is public."""
    if cohort.state == CohortState.DRAFT:
        raise Refused(_("Cette coopérative n’est pas encore annoncée."))
    mine = ReportRequest.objects.filter(cohort=cohort, organisation_id=actor.organisation_id or 0)
    found: ReportRequest | None = mine.unsent().first()
    if found is not None:
        return found
    asked, _created = ReportRequest.objects.get_or_create(
        cohort=cohort,
        organisation_id=actor.organisation_id or 0,
        report=None,
        defaults={"text": text.strip()[:300], "asked_by_id": actor.person_id, "asked_at": at},
    )
    return asked


def prepare_due(*, at: dt.datetime) -> int:
    """Prepare what the calendar asks for; how many are new. Sends nothing; run twice, prepares once."""
    today = civil_day(at)
    rows = Cohort.objects.filter(
        starts_on__lt=today, ends_on__gte=today - CAUGHT_UP_WITHIN
    ).exclude(state__in=[CohortState.DRAFT, CohortState.RECRUITING])
    done = 0
    for cohort in rows.select_related("territory", "host").order_by("pk"):
        for occasion, key in due_reports(cohort.starts_on, cohort.ends_on, today):
            if Report.objects.filter(cohort=cohort, due_key=key).exists():
                continue
            try:
                prepare_report(
                    cohort=cohort, occasion=Occasion(occasion), due_key=key, actor=None, at=at
                )
            except (DomainError, IntegrityError):
                continue  # somebody else prepared it, or there is nothing to freeze yet
            done += 1
    return done


def _answer_requests(report: Report) -> None:
    waiting = ReportRequest.objects.filter(cohort_id=report.cohort_id).waiting()
    if report.sent_at is None and waiting.update(report=report):
        Report.objects.filter(pk=report.pk, occasion=Occasion.BY_HAND).update(
            occasion=Occasion.ASKED
        )
        report.refresh_from_db(fields=["occasion"])


def _move(report: Report, to: ReportState, actor: Actor | None, at: dt.datetime) -> None:
    move(
        report,
        to,
        allowed=REPORT_ALLOWED,
        by_person_id=actor.person_id if actor else None,
        at=at,
    )
