"""Finding, within what the seat may see, what an address or a form names. A stranger gets 404."""

from collections.abc import Sequence

from django.http import Http404
from django.shortcuts import get_object_or_404

from cohorts.models import (
    Application,
    Cohort,
    Contact,
    CorrectionRequest,
    Enrolment,
    EnrolmentImport,
    Event,
    EventGuest,
    FileProof,
    InformationMeeting,
    Programme,
    Session,
    SessionTrainer,
    SheetScan,
    Slot,
    Voice,
)
from cohorts.selectors.people import enrolments_of, waiting_of
from ct_platform.kit.actor import Actor


def cohort_in_sight(actor: Actor, cohort_id: int) -> Cohort:
    return get_object_or_404(
        Cohort.objects.visible_to(actor).select_related("territory", "host", "programme"),
        pk=cohort_id,
    )


def programme_in_sight(actor: Actor, programme_id: int) -> Programme:
    return get_object_or_404(Programme.objects.visible_to(actor), pk=programme_id)


def application_in(cohort: Cohort, actor: Actor, application_id: int) -> Application:
    rows = Application.objects.visible_to(actor).of_cohort(cohort.pk)
    joined = rows.select_related("cohort__programme", "cohort__territory", "voice", "enrolment")
    return get_object_or_404(joined, pk=application_id)


def voice_in(application: Application) -> Voice:
    found: Voice | None = getattr(application, "voice", None)
    if found is None:
        raise Http404
    return found


def meeting_in(cohort: Cohort, actor: Actor, meeting_id: int) -> InformationMeeting:
    rows = InformationMeeting.objects.visible_to(actor).of_cohort(cohort.pk)
    return get_object_or_404(rows, pk=meeting_id)


def selected_in(cohort: Cohort, keys: Sequence[int]) -> list[Enrolment]:
    """All of these, waiting to enter or just entered, of a cohort already found in sight."""
    found = waiting_of(cohort, keys)
    if len(found) != len(set(keys)):
        raise Http404
    return found


def enrolment_in(cohort: Cohort, actor: Actor, enrolment_id: int) -> Enrolment:
    rows = (
        Enrolment.objects.visible_to(actor).of_cohort(cohort.pk).select_related("person", "cohort")
    )
    return get_object_or_404(rows, pk=enrolment_id)


def import_in(cohort: Cohort, actor: Actor, import_id: int) -> EnrolmentImport:
    rows = EnrolmentImport.objects.visible_to(actor).of_cohort(cohort.pk)
    return get_object_or_404(rows, pk=import_id)


def enrolments_in(cohort: Cohort, keys: Sequence[int]) -> list[Enrolment]:
    """All of these enrolments, of a cohort already found in sight."""
    found = enrolments_of(cohort, keys)
    if len(found) != len(set(keys)):
        raise Http404
    return found


def own_enrolment_of(actor: Actor) -> Enrolment:
    """That of the coopérant's seat."""
    rows = Enrolment.objects.visible_to(actor).select_related("person", "cohort")
    return get_object_or_404(rows, pk=actor.enrolment_id)


def proof_in(enrolment: Enrolment, actor: Actor, proof_id: int) -> FileProof:
    rows = FileProof.objects.visible_to(actor).select_related("enrolment__cohort")
    return get_object_or_404(rows, pk=proof_id, enrolment_id=enrolment.pk)


def session_in(cohort: Cohort, actor: Actor, session_id: int) -> Session:
    rows = (
        Session.objects.visible_to(actor)
        .of_cohort(cohort.pk)
        .select_related("cohort__territory", "cohort__host")
        .prefetch_related("slots", "trainers", "invited")
    )
    return get_object_or_404(rows, pk=session_id)


def slot_in(session: Session, slot_id: int) -> Slot:
    """One of the half-days of a session already found in sight."""
    for slot in session.slots.all():
        if slot.pk == slot_id:
            slot.session = session
            return slot
    raise Http404


def slot_in_sight(actor: Actor, slot_id: int) -> Slot:
    rows = Slot.objects.visible_to(actor).select_related("session__cohort")
    return get_object_or_404(rows, pk=slot_id)


def correction_in_sight(actor: Actor, request_id: int) -> CorrectionRequest:
    rows = CorrectionRequest.objects.visible_to(actor).select_related(
        "slot__session__cohort", "enrolment"
    )
    return get_object_or_404(rows, pk=request_id)


def trainer_in(session: Session, trainer_id: int) -> SessionTrainer:
    for trainer in session.trainers.all():
        if trainer.pk == trainer_id:
            return trainer
    raise Http404


def scan_in(session: Session, scan_id: int) -> SheetScan:
    return get_object_or_404(session.scans, pk=scan_id)


def event_in(cohort: Cohort, actor: Actor, event_id: int) -> Event:
    rows = (
        Event.objects.visible_to(actor)
        .of_cohort(cohort.pk)
        .select_related("cohort__territory", "cohort__host")
    )
    return get_object_or_404(rows, pk=event_id)


def event_in_sight(actor: Actor, event_id: int) -> Event:
    rows = Event.objects.visible_to(actor).select_related("cohort")
    return get_object_or_404(rows, pk=event_id)


def guest_in(event: Event, actor: Actor, guest_id: int) -> EventGuest:
    """Somebody invited and not erased, of an event already found in sight."""
    rows = EventGuest.objects.visible_to(actor).standing().select_related("event__cohort")
    return get_object_or_404(rows, pk=guest_id, event_id=event.pk)


def contact_in(cohort: Cohort, actor: Actor, contact_id: int) -> Contact:
    rows = (
        Contact.objects.visible_to(actor)
        .of_cohort(cohort.pk)
        .standing()
        .select_related("cohort", "event", "met_by", "added_by", "consent_noted_by")
    )
    return get_object_or_404(rows, pk=contact_id)


def contact_in_sight(actor: Actor, contact_id: int) -> Contact:
    rows = Contact.objects.visible_to(actor).standing().select_related("cohort")
    return get_object_or_404(rows, pk=contact_id)


def contact_held_by(actor: Actor, contact_id: int) -> Contact:
    """Of the group, or kept from an earlier one."""
    return get_object_or_404(Contact.objects.held_by(actor), pk=contact_id)
