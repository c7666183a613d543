"""The entry situation: answers, contact, address. Frozen the day after the entry."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.communes import commune_of
from cohorts.enums.entry_files import MISSING, REFUSED
from cohorts.models import Enrolment, EntryPlace, EntrySituation
from cohorts.questionnaire import DAY, ORDINARY, question
from cohorts.rules.completeness import reaches
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
from ct_platform.kit.errors import Refused
from members.services.people import update_contact

_LONGEST = 100  # of a birth place; codes are shorter
_OLDEST_SEARCH = dt.date(1950, 1, 1)
_PLACE = ("address", "postcode", "city", "insee")
_UNLOCATED = {
    "longitude": None, "latitude": None, "quarter_status": "", "quarter_code": "",
    "quarter_name": "", "vintage": None, "located_how": "", "evidence": "",
}  # fmt: skip


@transaction.atomic
def write_answers(
    *,
    enrolment: Enrolment,
    answers: Mapping[str, str],
    reason: str = "",
    actor: Actor,
    at: dt.datetime,
) -> EntrySituation | None:
    """Keep some answers of the entry situation, by question code; None while there is none at all.

    A blank never erases an answer; "refused" is one. From the day after the entry a missing answer
    may still be given, one already given is corrected by the coordinator with a `reason`, and the
    version before stays. The same answers again change nothing. Raises Refused, naming the field,
    for an answer that is not in the list of that day, a date to come, or a correction without right
    or reason; KeyError for a question that is not asked here.
    """
    refuse_archived(enrolment.cohort)
    enrolment = hold(enrolment, actor)
    before = current(EntrySituation, enrolment)
    entry = entered_on(enrolment, civil_day(at))
    given = {code: _readable(code, answer, entry) for code, answer in answers.items() if answer}
    return _follow_situation(enrolment, before, entry, given, reason, actor, at)


@transaction.atomic
def write_contact(
    *,
    enrolment: Enrolment,
    phone: str,
    email: str,
    referent: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Keep how to reach the person: on themself, and their referent in the file.

    Raises Refused when nothing is left to reach them by (FSE+: they must be found six months later).
    Contact is never frozen: it is of use as long as it is true.
    """
    refuse_archived(enrolment.cohort)
    enrolment = hold(enrolment, actor)
    if not reaches(phone, email, referent):
        raise Refused(
            _("Il faut un téléphone, un e-mail, ou une personne relais : au moins un des trois."),
            field="phone",
        )
    update_contact(person=enrolment.person, texts={"phone": phone, "email": email}, actor=actor)
    before = current(EntrySituation, enrolment)
    if referent.strip() != (before.referent if before else ""):
        entry = entered_on(enrolment, civil_day(at))
        follow(
            EntrySituation,
            enrolment=enrolment,
            before=before,
            columns={**_columns(before), "entered_on": entry, "referent": referent.strip()},
            reason="",
            actor=actor,
            at=at,
        )


@transaction.atomic
def write_address(
    *,
    enrolment: Enrolment,
    address: str,
    postcode: str,
    city: str,
    insee: str = "",
    reason: str = "",
    actor: Actor,
    at: dt.datetime,
) -> EntryPlace:
    """Keep the address at entry; it becomes that of the person too.

    Another address must be located again. After the entry, one already given is corrected by the
    coordinator with a `reason`; a move is `note_move`. `insee` may be empty (the commune is then
    only a name). Raises Refused for a code nobody has, or a correction without right or reason.
    """
    refuse_archived(enrolment.cohort)
    enrolment = hold(enrolment, actor)
    if insee and commune_of(insee) is None:
        raise Refused(
            _("Ce code INSEE n’existe pas : cinq signes, par exemple 93066."), field="insee"
        )
    wanted = {"address": address, "postcode": postcode, "city": city, "insee": insee}
    wanted = {name: text.strip() for name, text in wanted.items()}
    before = current(EntryPlace, enrolment)
    was = {name: getattr(before, name) for name in _PLACE} if before else {}
    if before and was == wanted:
        return before
    changed = corrections(was, wanted)
    today = civil_day(at)
    if changed and is_frozen(entered_on(enrolment, today), today):
        require_correction(enrolment, actor, reason)
    update_contact(
        person=enrolment.person,
        texts={name: wanted[name] for name in ("address", "postcode", "city")},
        actor=actor,
    )
    return follow(
        EntryPlace,
        enrolment=enrolment,
        before=before,
        columns={**wanted, **_UNLOCATED},
        reason=reason if changed else "",
        actor=actor,
        at=at,
    )


@transaction.atomic
def note_move(
    *,
    enrolment: Enrolment,
    address: str,
    postcode: str,
    city: str,
    actor: Actor,
) -> None:
    """The person lives elsewhere now. What was true on entering, quarter included, stays."""
    enrolment = hold(enrolment, actor)
    update_contact(
        person=enrolment.person,
        texts={"address": address, "postcode": postcode, "city": city},
        actor=actor,
    )


def _follow_situation(
    enrolment: Enrolment,
    before: EntrySituation | None,
    entry: dt.date,
    given: Mapping[str, str],
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> EntrySituation | None:
    was = _columns(before)
    changed = {code: answer for code, answer in given.items() if was.get(code) != answer}
    if not changed:
        return before
    corrected = corrections({code: str(was.get(code, MISSING)) for code in changed}, changed)
    frozen = is_frozen(entry, civil_day(at))
    if corrected and frozen:
        require_correction(enrolment, actor, reason)
    return follow(
        EntrySituation,
        enrolment=enrolment,
        before=before,
        columns={**was, "entered_on": entry, **changed},
        reason=reason if corrected and frozen else "",
        actor=actor,
        at=at,
    )


def _columns(before: EntrySituation | None) -> dict[str, object]:
    return {name: getattr(before, name) for name in (*ORDINARY, "referent")} if before else {}


def _readable(code: str, answer: str, entry: dt.date) -> str:
    if code not in ORDINARY:
        raise KeyError(code)
    asked = question(code)
    answer = answer.strip()
    if not asked.accepts(answer, entry):
        raise Refused(_("Choisissez une des réponses proposées."), field=code)
    if asked.kind == DAY and answer != REFUSED:
        return _past_day(code, answer, entry)
    if len(answer) > _LONGEST:
        raise Refused(_("C’est trop long : %(n)d signes au plus.") % {"n": _LONGEST}, field=code)
    return answer


def _past_day(code: str, answer: str, entry: dt.date) -> str:
    try:
        day = dt.date.fromisoformat(answer)
    except ValueError as error:
        raise Refused(_("Écrivez une date, par exemple 25/11/2026."), field=code) from error
    if not _OLDEST_SEARCH <= day < entry:
        raise Refused(_("Cette date doit venir avant le premier jour."), field=code)
    return day.isoformat()
