"""Issuing the sheet of some half-days, as they stand: empty boxes to sign, or what was signed."""

import datetime as dt
import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Session
from cohorts.papers.attendance_sheets import KIND, MOST_COLUMNS, snapshot_of, title
from cohorts.selectors.attendance import Table, table_of_cohort, table_of_session
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from documents.engine.render import canonical_json
from documents.models import Document
from documents.services.issue import issue_document


@transaction.atomic
def issue_sheet(
    *,
    cohort: Cohort,
    first: dt.date,
    last: dt.date,
    session: Session | None,
    actor: Actor,
    at: dt.datetime,
) -> Document:
    """Issue the sheet of the half-days between two days (both included), or of one session.

    Nothing new since the last one gives that paper again. Raises Refused: no half-day there, nobody
    expected, or more than twenty half-days.
    """
    table = table_of_session(session) if session else table_of_cohort(cohort, first, last)
    _refuse_unprintable(table)
    snapshot = snapshot_of(cohort=cohort, table=table, day=civil_day(at))
    mark = hashlib.sha256(canonical_json(snapshot).encode()).hexdigest()[:24]
    days = [column.slot.session.day for column in table.columns]
    return issue_document(
        kind=KIND,
        title=title(),
        issuer_key=cohort.host_id,
        issuer_name=cohort.host.name,
        subject=None,
        snapshot=snapshot,
        effect_key=f"{KIND}:{cohort.pk}:{mark}",
        cohort_key=cohort.pk,
        territory_key=cohort.territory_id,
        period_from=min(days),
        period_to=max(days),
        actor=actor,
        at=at,
    )


def _refuse_unprintable(table: Table) -> None:
    if not table.columns:
        raise Refused(_("Aucune demi-journée n’est prévue à ces dates."))
    if not table.lines:
        raise Refused(_("Personne n’est attendu à ces dates."))
    if len(table.columns) > MOST_COLUMNS:
        raise Refused(
            _(
                "Une feuille porte %(most)d demi-journées au plus, et il y en a %(n)d. Coupez en deux."
            )
            % {"most": MOST_COLUMNS, "n": len(table.columns)}
        )
