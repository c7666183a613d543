"""A report leaves: its partners are told, and the one it corrects is marked replaced."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cohorts.models import HostSeat, PartnerSeat, Partnership
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from reports.enums import OUT, REPORT_ALLOWED, STANDING, NoticeKind, ReportState
from reports.models import Recipient, Report, ReportNotice
from reports.services import notices


@transaction.atomic
def send_report(*, report: Report, actor: Actor, at: dt.datetime) -> None:
    """Send a report read again to every organisation that follows the cohort, and its host.

    Their people are told by mail, after commit. The report it corrects becomes replaced in the same
    transaction. Sending twice is a quiet no-op. Refused before it was read again, Stale when
    somebody moved it meanwhile.
    """
    current = (
        Report.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cohort", "replaces")
        .get(pk=report.pk)
    )
    if current.state in OUT:
        return
    move(
        current,
        ReportState.SENT,
        allowed=REPORT_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        sent_at=at,
    )
    if current.replaces is not None:
        if current.replaces.state not in STANDING:
            raise Refused(_("Le rapport à corriger a déjà été remplacé."))
        move(
            current.replaces,
            ReportState.REPLACED,
            allowed=REPORT_ALLOWED,
            by_person_id=actor.person_id,
            at=at,
            reason=current.reason,
        )
    keys = organisations_of(current, civil_day(at))
    Recipient.objects.bulk_create(
        Recipient(report=current, organisation_id=key) for key in sorted(keys)
    )
    _tell(current, keys, civil_day(at), at)


def organisations_of(report: Report, day: dt.date) -> set[int]:
    """Who follows the cohort or its territory that day, and the host. One query."""
    cohort = report.cohort
    rows = Partnership.objects.filter(
        Q(cohort_id=cohort.pk) | Q(territory_id=cohort.territory_id), starts_on__lte=day
    ).exclude(ends_on__lt=day)
    return {*rows.values_list("organisation_id", flat=True), cohort.host_id}


def _tell(report: Report, keys: set[int], day: dt.date, at: dt.datetime) -> None:
    written = [
        ReportNotice(
            report=report,
            organisation_id=organisation,
            person_id=person,
            kind=NoticeKind.SENT,
            sent_at=at,
        )
        for person, organisation in people_of(keys, day).items()
    ]
    made = ReportNotice.objects.bulk_create(written)
    notices.send_on_commit([one.pk for one in made])


def people_of(organisations: set[int], day: dt.date) -> dict[int, int]:
    """Person → organisation, for who sits there that day; one seat is enough. Two queries."""
    found: dict[int, int] = {}
    for seats in (PartnerSeat, HostSeat):
        rows = seats.objects.in_force(day).filter(organisation_id__in=organisations)
        found |= dict(rows.order_by("-pk").values_list("person_id", "organisation_id"))
    return found
