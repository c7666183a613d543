"""Sensitive answers: sealed at rest, opened by one seat, each reading and writing recorded."""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Enrolment, SensitiveAnswers
from cohorts.perms.entry_files import can_export_participants, can_open_sensitive, is_own
from cohorts.questionnaire import SENSITIVE, question
from cohorts.rules.files import corrections, is_frozen
from cohorts.services.closing import refuse_archived
from cohorts.services.file_versions import (
    current,
    entered_on,
    follow,
    hold,
    require_correction,
)
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.crypto import seal, unseal
from ct_platform.kit.errors import Refused
from members.models import AccessAct
from members.services.access import record_access

SUBJECT = "sensitive_answers"


@transaction.atomic
def open_answers(*, enrolment: Enrolment, actor: Actor, at: dt.datetime) -> dict[str, str]:
    """Read the sensitive answers of a person, by question code; the reading is recorded.

    The person reading their own is not. Raises Refused to any other seat than the coordinator's.
    """
    if not (can_open_sensitive(actor, enrolment.cohort) or is_own(actor, enrolment)):
        raise Refused(_("Ces réponses ne s’ouvrent pas d’ici."))
    record_access(
        person_ids=[enrolment.person_id], act=AccessAct.READ, subject=SUBJECT, actor=actor, at=at
    )
    return opened(current(SensitiveAnswers, enrolment))


@transaction.atomic
def write_sensitive(
    *,
    enrolment: Enrolment,
    answers: Mapping[str, str],
    reason: str = "",
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Keep some sensitive answers; what is left blank stays as it was. The writing is recorded.

    All are optional. After the entry, an answer given is corrected by the coordinator with a
    `reason`. The same answers again change nothing. Raises Refused, naming the field, for an answer
    that is not offered; KeyError for another question.
    """
    refuse_archived(enrolment.cohort)
    enrolment = hold(enrolment, actor)
    before = current(SensitiveAnswers, enrolment)
    today = civil_day(at)
    was, entry = opened(before), entered_on(enrolment, today)
    given = {code: answer for code, answer in answers.items() if answer}
    for code, answer in given.items():
        if code not in SENSITIVE:
            raise KeyError(code)
        if not question(code).accepts(answer, entry):
            raise Refused(_("Choisissez une des réponses proposées."), field=code)
    if all(was.get(code) == answer for code, answer in given.items()):
        return
    corrected = bool(corrections(was, given)) and is_frozen(entry, today)
    if corrected:
        require_correction(enrolment, actor, reason)
    key = uuid.uuid4()
    sealed = seal(_place(key), json.dumps({**was, **given}, sort_keys=True))
    follow(
        SensitiveAnswers,
        enrolment=enrolment,
        before=before,
        columns={"key": key, "sealed": sealed},
        reason=reason if corrected else "",
        actor=actor,
        at=at,
    )
    record_access(
        person_ids=[enrolment.person_id],
        act=AccessAct.WRITTEN,
        subject=SUBJECT,
        why=reason if corrected else "",
        actor=actor,
        at=at,
    )


@transaction.atomic
def export_sensitive(
    *, cohort: Cohort, enrolments: Iterable[Enrolment], actor: Actor, at: dt.datetime
) -> dict[int, dict[str, str]]:
    """The sensitive answers of these enrolments, by enrolment key, for the FSE+ file. Two queries.

    Recorded for each person, answered or not. Raises Refused to another seat than the coordinator's.
    """
    if not can_export_participants(actor, cohort):
        raise Refused(_("Ces réponses ne s’ouvrent pas d’ici."))
    asked = list(enrolments)
    record_access(
        person_ids=sorted({one.person_id for one in asked}),
        act=AccessAct.EXPORTED,
        subject=SUBJECT,
        why=_("fichier des participants, %(cohort)s") % {"cohort": cohort.name},
        actor=actor,
        at=at,
    )
    rows = SensitiveAnswers.objects.filter(enrolment__in=[one.pk for one in asked]).current()
    return {row.enrolment_id: opened(row) for row in rows}


def opened(row: SensitiveAnswers | None) -> dict[str, str]:
    """The answers of one version, recorded by nobody: for services, and for `check_consistency`, which
    says that they open and never what they are. Raises ValueError when they do not.
    """
    if row is None:
        return {}
    found: dict[str, str] = json.loads(unseal(_place(row.key), row.sealed))
    return found


def _place(key: uuid.UUID) -> str:
    return f"cohorts_sensitiveanswers|sealed|{key}"
