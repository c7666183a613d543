"""The situation upon leaving, as it is learnt; the entry is never touched."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums.entry_files import MISSING, REFUSED, ExitStatus, YesNo
from cohorts.models import Enrolment, ExitSituation
from cohorts.rules.exits import TIMED
from cohorts.rules.stays import back_on
from cohorts.services.closing import refuse_archived
from cohorts.services.file_versions import (
    SHORTEST_REASON,
    current,
    entered_on,
    follow,
    hold,
)
from cohorts.services.follow_ups import plan
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused

MOST_MONTHS = 60


@transaction.atomic
def note_exit(
    *,
    enrolment: Enrolment,
    left_on: dt.date,
    status: str,
    known_on: dt.date,
    contract_months: int | None = None,
    contract_days: int = 0,
    qualification: str = MISSING,
    evidence: str = "",
    reason: str = "",
    actor: Actor,
    at: dt.datetime,
) -> ExitSituation:
    """Keep what somebody does upon leaving: raw situation, length of the contract, date, evidence.

    `left_on` is the last day (counted), `known_on` the day it was learnt; lengths are whole months
    and days beyond them, kept for fixed-term and interim jobs only. A later version says why
    (`reason`). The same facts again change nothing. Raises Refused, naming the field, for dates that
    cannot be, and for anybody but the coordinator.
    """
    refuse_archived(enrolment.cohort)
    enrolment = hold(enrolment, actor)
    if not actor.is_coordinator:
        raise Refused(_("La sortie se note par la coordination."))
    today = civil_day(at)
    returned = back_on(enrolment.away)
    _require_dates(left_on, known_on, returned or entered_on(enrolment, today), today)
    if qualification not in (MISSING, REFUSED, *YesNo.values):
        raise Refused(_("Choisissez une des réponses proposées."), field="qualification")
    timed = ExitStatus(status) in TIMED
    if timed and contract_months is not None and contract_months > MOST_MONTHS:
        raise Refused(_("Écrivez la durée du contrat en mois."), field="contract_months")
    facts = {
        "left_on": left_on,
        "status": status,
        "contract_months": contract_months if timed else None,
        "contract_days": contract_days if timed and contract_months is not None else 0,
        "qualification": qualification,
        "known_on": known_on,
        "evidence": evidence.strip(),
    }
    before = current(ExitSituation, enrolment)
    if before is not None:
        if all(getattr(before, name) == value for name, value in facts.items()):
            return before
        # After a return it is another exit, not a correction of the one before.
        corrects = returned is None or before.left_on >= returned
        if corrects and len(reason.strip()) < SHORTEST_REASON:
            raise Refused(_("Une sortie est déjà notée : dites ce qui a changé."), field="reason")
    noted = follow(
        ExitSituation,
        enrolment=enrolment,
        before=before,
        columns=facts,
        reason=reason if before is not None else "",
        actor=actor,
        at=at,
    )
    plan(enrolment=enrolment, by_person_id=actor.person_id, at=at)
    return noted


def _require_dates(left_on: dt.date, known_on: dt.date, entry: dt.date, today: dt.date) -> None:
    if left_on < entry:
        raise Refused(_("Le dernier jour précède l’entrée."), field="left_on")
    if left_on > today:
        raise Refused(_("Ce jour n’est pas encore venu."), field="left_on")
    if known_on > today:
        raise Refused(_("Ce jour n’est pas encore venu."), field="known_on")
