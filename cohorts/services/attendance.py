"""Signing a half-day, noting who was absent, writing in what was signed on paper.

A signature is one person's, at one instant, around the half-day. Nobody signs for others, nor
afterwards: a sheet signed in bulk is rejected by audits (FSE+).
"""

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.enums.sessions import CAME, Presence, Way
from cohorts.models import (
    Attendance,
    AttendanceChange,
    AttendanceSignature,
    Enrolment,
    Session,
    SessionTrainer,
    SheetScan,
    Slot,
    TrainerSignature,
)
from cohorts.rules.attendance import comes_late
from cohorts.selectors.roll import expected_at, is_expected, members_of
from cohorts.services.absence_reasons import SUBJECT as REASON
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import format_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.scans import TYPES, suffix_of
from ct_platform.kit.templatetags.words import hour_fr
from members.models import AccessAct
from members.rules import clean_text
from members.services.access import record_access


@transaction.atomic
def sign(
    *, slot: Slot, enrolment: Enrolment, way: str, says_late: bool, actor: Actor, at: dt.datetime
) -> Attendance:
    """Sign a half-day for oneself, by phone or on the coordination's tablet.

    `says_late` counts only once the half-day began a quarter of an hour ago. Signing twice is quiet.
    Raises Refused outside the window (15 min before the start to 30 min after the end), for somebody
    not expected, for a cancelled session, in an archived cohort.
    """
    own, slot = _lock(slot, enrolment)
    signed = AttendanceSignature.objects.filter(slot=slot, enrolment=own).exists()
    standing: Attendance | None = _standing(slot, own)
    if signed and standing is not None:
        return standing
    _refuse_closed(slot, own)
    _refuse_outside(slot, at)
    late = says_late and comes_late(slot.starts_at, at)
    presence = Presence.LATE if late else Presence.PRESENT
    by_id = own.person_id if way == Way.TABLET else actor.person_id
    AttendanceSignature.objects.create(slot=slot, enrolment=own, way=way, at=at, by_id=by_id)
    sentence = _("Signé à %(hour)s, %(way)s : %(presence)s.") % {
        "hour": hour_fr(at),
        "way": Way(way).label,
        "presence": presence.label,
    }
    return write(slot, own, presence, way, by_id=by_id, at=at, sentence=sentence)


@transaction.atomic
def note_presence(
    *,
    slot: Slot,
    enrolment: Enrolment,
    presence: str,
    reason: str = "",
    actor: Actor,
    at: dt.datetime,
) -> Attendance:
    """Note, as coordinator, that somebody is there, late, absent or excused. It is no signature.

    `reason` (excused only) is read by the coordination and the person. Present and late only within
    the window; absent and excused from the start of the half-day (excused: any time, people warn).
    Noting the same again is quiet. Raises Refused: not expected, already signed, too early, too late.
    """
    own, slot = _lock(slot, enrolment)
    said = clean_text(reason) if presence == Presence.EXCUSED else ""
    standing: Attendance | None = _standing(slot, own)
    if standing is not None and (standing.presence, standing.reason) == (presence, said):
        return standing
    _refuse_closed(slot, own)
    if AttendanceSignature.objects.filter(slot=slot, enrolment=own).exists():
        raise Refused(
            _(
                "%(name)s a signé cette demi-journée. Demandez une correction : la personne répondra."
            )
            % {"name": own.person.full_name}
        )
    if presence in CAME:
        _refuse_outside(slot, at, after=_after_for_coordination())
    elif presence == Presence.ABSENT and at < slot.starts_at:
        raise Refused(_("La demi-journée n’a pas commencé : personne n’est encore absent."))
    sentence = _("Noté par la coordination : %s.") % Presence(presence).label
    noted = write(
        slot, own, presence, Way.NOTED, by_id=actor.person_id, at=at, sentence=sentence, reason=said
    )
    if said:
        record_access(
            person_ids=[own.person_id],
            act=AccessAct.WRITTEN,
            subject=REASON,
            why=_("raison d’une absence, %(title)s") % {"title": slot.session.title},
            actor=actor,
            at=at,
        )
    return noted


@transaction.atomic
def note_absences(*, slot: Slot, actor: Actor, at: dt.datetime) -> int:
    """Note absent whoever neither signed nor was noted, once the window is over; how many.

    Raises Refused before. Repeating is quiet.
    """
    slot = _slot(slot)
    if at <= slot.closes_at:
        raise Refused(
            _("On peut signer jusqu’à %s. Notez les absences après.") % hour_fr(slot.closes_at)
        )
    known = set(Attendance.objects.filter(slot=slot).values_list("enrolment_id", flat=True))
    missing = [
        one
        for one in expected_at(slot.session, members_of(slot.session.cohort_id))
        if one.pk not in known
    ]
    for one in missing:
        note_presence(slot=slot, enrolment=one, presence=Presence.ABSENT, actor=actor, at=at)
    return len(missing)


@transaction.atomic
def write_in_paper(
    *,
    session: Session,
    content: bytes,
    sentence: str,
    signed: Sequence[tuple[int, int]],
    actor: Actor,
    at: dt.datetime,
) -> SheetScan:
    """Write in what people signed by hand, with the scan of the sheet that proves it.

    `signed`: pairs (slot, enrolment). The only way to sign after the window. The same file sent again
    adds what it names; who has signed is left as they are. Raises Refused: no sentence, a file that
    is neither PDF nor image, nobody named, a half-day that has not begun, somebody not expected.
    """
    said = clean_text(sentence)
    if not said:
        raise Refused(
            _("Dites en une phrase pourquoi la feuille est sur papier."), field="sentence"
        )
    suffix = suffix_of(content, field="scan")
    slots = {one.pk: one for one in Slot.objects.filter(session=session).select_related("session")}
    people = {one.pk: one for one in expected_at(session, members_of(session.cohort_id))}
    if not signed:
        raise Refused(_("Cochez qui a signé sur la feuille."))
    for slot_id, enrolment_id in signed:
        if slot_id not in slots or enrolment_id not in people:
            raise Refused(_("Cette personne n’est pas attendue à cette séance."))
        if at < slots[slot_id].starts_at:
            raise Refused(_("Cette demi-journée n’a pas commencé : personne ne l’a encore signée."))
    scan = _kept_scan(session, content, suffix, said, actor, at)
    for slot_id, enrolment_id in sorted(set(signed)):
        _sign_on_paper(slots[slot_id], people[enrolment_id], scan, actor, at)
    return scan


@transaction.atomic
def sign_as_trainer(
    *, slot: Slot, trainer: SessionTrainer, way: str, at: dt.datetime
) -> TrainerSignature:
    """The trainer signs the half-day, within the same window. Signing twice is quiet."""
    slot = _slot(slot)
    if trainer.session_id != slot.session_id:
        raise Refused(_("Ce nom n’est pas celui de la séance."))
    standing: TrainerSignature | None = TrainerSignature.objects.filter(
        slot=slot, trainer=trainer
    ).first()
    if standing is not None:
        return standing
    _refuse_over(slot)
    _refuse_outside(slot, at, after=_("La feuille est fermée : on ne signe plus après coup."))
    found: TrainerSignature
    found, _new = TrainerSignature.objects.get_or_create(
        slot=slot, trainer=trainer, defaults={"way": way, "at": at}
    )
    return found


@transaction.atomic
def renew_link(*, trainer: SessionTrainer) -> None:
    """Close the links given to this trainer so far; new ones are shown at once."""
    row = SessionTrainer.objects.select_for_update().get(pk=trainer.pk)
    row.link_version += 1
    row.save(update_fields=["link_version"])


def write(
    slot: Slot,
    own: Enrolment,
    presence: str,
    way: str,
    *,
    by_id: int,
    at: dt.datetime,
    sentence: str,
    reason: str = "",
) -> Attendance:
    """Keep a presence and its line of history, under the lock of the person."""
    found: Attendance
    found, _new = Attendance.objects.update_or_create(
        slot=slot,
        enrolment=own,
        defaults={
            "presence": presence,
            "way": way,
            "reason": reason,
            "noted_at": at,
            "noted_by_id": by_id,
        },
    )
    AttendanceChange.objects.create(slot=slot, enrolment=own, at=at, by_id=by_id, sentence=sentence)
    return found


def lock_person(enrolment_id: int) -> Enrolment:
    """One act at a time on the presences of a person: every act begins here."""
    own: Enrolment = (
        Enrolment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cohort", "person")
        .get(pk=enrolment_id)
    )
    return own


def _standing(slot: Slot, own: Enrolment) -> Attendance | None:
    found: Attendance | None = Attendance.objects.filter(slot=slot, enrolment=own).first()
    return found


def _lock(slot: Slot, enrolment: Enrolment) -> tuple[Enrolment, Slot]:
    return lock_person(enrolment.pk), _slot(slot)


def _slot(slot: Slot) -> Slot:
    """As it is now: hours may have moved since the page was shown."""
    found: Slot = Slot.objects.select_related("session__cohort").get(pk=slot.pk)
    return found


def _kept_scan(
    session: Session, content: bytes, suffix: str, sentence: str, actor: Actor, at: dt.datetime
) -> SheetScan:
    sha256 = hashlib.sha256(content).hexdigest()
    known: SheetScan | None = SheetScan.objects.filter(session=session, sha256=sha256).first()
    if known is not None:
        return known
    scan = SheetScan(
        session=session,
        mime=TYPES[suffix],
        sha256=sha256,
        sentence=sentence,
        uploaded_by_id=actor.person_id,
        uploaded_at=at,
    )
    scan.file.save(f"{sha256}.{suffix}", ContentFile(content), save=False)
    scan.save()
    return scan


def _sign_on_paper(
    slot: Slot, enrolment: Enrolment, scan: SheetScan, actor: Actor, at: dt.datetime
) -> None:
    own, slot = _lock(slot, enrolment)
    if AttendanceSignature.objects.filter(slot=slot, enrolment=own).exists():
        return
    _refuse_over(slot)
    AttendanceSignature.objects.create(
        slot=slot, enrolment=own, way=Way.PAPER, at=at, by_id=actor.person_id, scan=scan
    )
    sentence = _("Signé sur papier, relevé le %(day)s à %(hour)s : %(why)s") % {
        "day": format_day(timezone.localdate(at)),
        "hour": hour_fr(at),
        "why": scan.sentence,
    }
    write(slot, own, Presence.PRESENT, Way.PAPER, by_id=actor.person_id, at=at, sentence=sentence)


def _refuse_over(slot: Slot) -> None:
    if slot.session.is_cancelled:
        raise Refused(_("Cette séance est annulée."))
    if slot.session.cohort.state == CohortState.ARCHIVED:
        raise Refused(_("La coopérative est archivée : ses feuilles ne changent plus."))


def _refuse_closed(slot: Slot, own: Enrolment) -> None:
    _refuse_over(slot)
    if not is_expected(slot.session, own):
        raise Refused(_("Cette personne n’est pas attendue à cette séance."))


def _after_for_coordination() -> str:
    return _(
        "La feuille est fermée. Une présence se note par une correction, ou avec la feuille de papier signée."
    )


def _refuse_outside(slot: Slot, at: dt.datetime, *, after: str = "") -> None:
    if at < slot.opens_at:
        raise Refused(_("On signe à partir de %s.") % hour_fr(slot.opens_at))
    if at > slot.closes_at:
        closed = _("C’est fermé depuis %s. Si tu étais là, demande une correction.")
        raise Refused(after or closed % hour_fr(slot.closes_at))
