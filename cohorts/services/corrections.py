"""A presence that one side holds to be wrong: it asks, the other side answers, both stay written."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.enums.sessions import (
    CORRECTION_ALLOWED,
    CorrectionSide,
    CorrectionState,
    Presence,
    Way,
)
from cohorts.models import Attendance, AttendanceChange, CorrectionRequest, Enrolment, Slot
from cohorts.selectors.roll import is_expected
from cohorts.services.attendance import lock_person, write
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from members.rules import clean_text


@transaction.atomic
def ask_correction(
    *, slot: Slot, enrolment: Enrolment, wanted: str, sentence: str, actor: Actor, at: dt.datetime
) -> CorrectionRequest:
    """Ask that a presence be changed to `wanted`; the side is that of the actor.

    Asking the same again while it waits is quiet. Raises Refused: no sentence, nothing to change,
    the half-day not begun, another request waiting, somebody not expected, an archived cohort.
    """
    own = lock_person(enrolment.pk)
    slot = Slot.objects.select_related("session__cohort").get(pk=slot.pk)
    said = clean_text(sentence)
    side = CorrectionSide.COORDINATION if actor.is_coordinator else CorrectionSide.PERSON
    waiting: CorrectionRequest | None = CorrectionRequest.objects.filter(
        slot=slot, enrolment=own, state=CorrectionState.OPEN
    ).first()
    if waiting is not None:
        if (waiting.side, waiting.wanted) == (side, wanted):
            return waiting
        raise Refused(_("Une demande attend déjà une réponse pour cette demi-journée."))
    _refuse_impossible(slot, own, wanted, said, at)
    found: CorrectionRequest = CorrectionRequest.objects.create(
        slot=slot,
        enrolment=own,
        side=side,
        wanted=wanted,
        sentence=said,
        asked_by_id=actor.person_id,
        asked_at=at,
    )
    return found


@transaction.atomic
def answer_correction(
    *, request: CorrectionRequest, accept: bool, answer: str, actor: Actor, at: dt.datetime
) -> CorrectionRequest:
    """Accept (the presence changes, without becoming a signature) or refuse, with a sentence.

    Answering the same again is quiet. Raises Refused: one's own request, already answered otherwise,
    a refusal without a sentence.
    """
    own = lock_person(request.enrolment_id)
    row: CorrectionRequest = CorrectionRequest.objects.select_related("slot__session__cohort").get(
        pk=request.pk
    )
    to = CorrectionState.ACCEPTED if accept else CorrectionState.REFUSED
    if row.state == to:
        return row
    if row.state != CorrectionState.OPEN:
        raise Refused(_("Cette demande a déjà sa réponse."))
    asked_by_coordination = row.side == CorrectionSide.COORDINATION
    if actor.is_coordinator == asked_by_coordination:
        raise Refused(_("C’est à l’autre de répondre."))
    if row.slot.session.cohort.state == CohortState.ARCHIVED:
        raise Refused(_("La coopérative est archivée : ses feuilles ne changent plus."))
    said = clean_text(answer)
    if not accept and not said:
        raise Refused(_("Dites pourquoi, en une phrase."), field="answer")
    move(
        row,
        to,
        allowed=CORRECTION_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        answer=said,
        answered_by_id=actor.person_id,
        answered_at=at,
    )
    _tell(row, own, accept, actor, at)
    return row


def _tell(
    row: CorrectionRequest, own: Enrolment, accept: bool, actor: Actor, at: dt.datetime
) -> None:
    wanted = Presence(row.wanted).label
    if accept:
        sentence = _("Correction acceptée, demandée par %(side)s : %(wanted)s. « %(said)s »") % {
            "side": CorrectionSide(row.side).label,
            "wanted": wanted,
            "said": row.sentence,
        }
        write(
            row.slot, own, row.wanted, Way.AGREED, by_id=actor.person_id, at=at, sentence=sentence
        )
        return
    AttendanceChange.objects.create(
        slot=row.slot,
        enrolment=own,
        at=at,
        by_id=actor.person_id,
        sentence=_("Correction refusée (%(wanted)s). « %(said)s »")
        % {"wanted": wanted, "said": row.answer},
    )


def _refuse_impossible(slot: Slot, own: Enrolment, wanted: str, said: str, at: dt.datetime) -> None:
    if slot.session.is_cancelled:
        raise Refused(_("Cette séance est annulée."))
    if slot.session.cohort.state == CohortState.ARCHIVED:
        raise Refused(_("La coopérative est archivée : ses feuilles ne changent plus."))
    if at < slot.starts_at:
        raise Refused(_("Cette demi-journée n’a pas commencé : il n’y a rien à corriger."))
    if not is_expected(slot.session, own):
        raise Refused(_("Cette personne n’est pas attendue à cette séance."))
    if not said:
        raise Refused(_("Dites ce qui s’est passé, en une phrase."), field="sentence")
    standing = Attendance.objects.filter(slot=slot, enrolment=own).first()
    if standing is not None and standing.presence == wanted:
        raise Refused(_("C’est déjà ce qui est noté."), field="wanted")
