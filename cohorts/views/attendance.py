"""Presences, as the coordination reads and notes them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.forms.sessions import AnswerForm, CorrectionForm, NoteForm
from cohorts.perms import sessions as perms
from cohorts.selectors.attendance import cell_page
from cohorts.selectors.session_page import session_page
from cohorts.services.absence_reasons import open_reason
from cohorts.services.attendance import note_absences, note_presence
from cohorts.services.corrections import answer_correction, ask_correction
from cohorts.views.scope import (
    cohort_in_sight,
    correction_in_sight,
    enrolment_in,
    session_in,
    slot_in,
)
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes


@reads
def session(request: ActorRequest, cohort_id: int, session_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    found = session_in(cohort, request.actor, session_id)
    allow(perms.can_see_calendar(request.actor, cohort))
    request.page_cohort = cohort
    page = {
        "cohort": cohort,
        "session": found,
        "page": session_page(found, clock.now()),
        "can_plan": perms.can_plan(request.actor, cohort),
    }
    return render(request, "cohorts/sessions/session.html", page)


@form_page
def cell(
    request: ActorRequest, cohort_id: int, session_id: int, slot_id: int, enrolment_id: int
) -> HttpResponse:
    """One person on one half-day: its history, noting it, or asking the person."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    slot = slot_in(session_in(cohort, request.actor, session_id), slot_id)
    own = enrolment_in(cohort, request.actor, enrolment_id)
    allow(perms.can_see_calendar(request.actor, cohort))
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        allow(perms.can_note_attendance(request.actor, cohort))
        if form.is_valid():
            try:
                note_presence(
                    slot=slot,
                    enrolment=own,
                    actor=request.actor,
                    at=clock.now(),
                    **form.cleaned_data,
                )
            except Refused as refusal:
                refuse_in(form, refusal)
            else:
                messages.success(request, _("C’est noté."))
                return redirect("cohorts:session", cohort.pk, session_id)
    page = {
        "cohort": cohort,
        "page": cell_page(slot, own),
        "form": form,
        "ask_form": CorrectionForm(),
        "can_note": perms.can_note_attendance(request.actor, cohort),
    }
    return render(request, "cohorts/sessions/cell.html", page)


@writes
def reason(
    request: ActorRequest, cohort_id: int, session_id: int, slot_id: int, enrolment_id: int
) -> HttpResponse:
    """Opens the private reason: a POST, since the reading is recorded."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    slot = slot_in(session_in(cohort, request.actor, session_id), slot_id)
    own = enrolment_in(cohort, request.actor, enrolment_id)
    allow(perms.can_see_calendar(request.actor, cohort))
    page = {
        "cohort": cohort,
        "page": cell_page(slot, own),
        "form": NoteForm(),
        "ask_form": CorrectionForm(),
        "can_note": perms.can_note_attendance(request.actor, cohort),
        "reason": open_reason(slot=slot, enrolment=own, actor=request.actor, at=clock.now()),
    }
    return render(request, "cohorts/sessions/cell.html", page)


@writes
def ask(
    request: ActorRequest, cohort_id: int, session_id: int, slot_id: int, enrolment_id: int
) -> HttpResponse:
    """The coordination asks the person to agree to a correction."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    slot = slot_in(session_in(cohort, request.actor, session_id), slot_id)
    own = enrolment_in(cohort, request.actor, enrolment_id)
    allow(perms.can_note_attendance(request.actor, cohort))
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choisissez ce qui est juste, et dites pourquoi en une phrase."))
    else:
        try:
            ask_correction(
                slot=slot, enrolment=own, actor=request.actor, at=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("C’est demandé. La personne répond depuis son agenda."))
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("cohorts:attendance_cell", cohort.pk, session_id, slot_id, own.pk)


@writes
def answer(request: ActorRequest, cohort_id: int, request_id: int) -> HttpResponse:
    """The coordination answers a person."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    asked = correction_in_sight(request.actor, request_id)
    allow(
        asked.slot.session.cohort_id == cohort.pk
        and perms.can_note_attendance(request.actor, cohort)
    )
    _answered(request, asked)
    slot = asked.slot
    return redirect(
        "cohorts:attendance_cell", cohort.pk, slot.session_id, slot.pk, asked.enrolment_id
    )


def _answered(request: ActorRequest, asked) -> None:  # type: ignore[no-untyped-def]
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choisissez oui ou non."))
        return
    try:
        answer_correction(request=asked, actor=request.actor, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("C’est répondu."))
    except DomainError as refusal:
        messages.error(request, str(refusal))


@writes
def absences(request: ActorRequest, cohort_id: int, session_id: int, slot_id: int) -> HttpResponse:
    """After the window: absent, whoever neither signed nor was noted."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    slot = slot_in(session_in(cohort, request.actor, session_id), slot_id)
    allow(perms.can_note_attendance(request.actor, cohort))
    try:
        number = note_absences(slot=slot, actor=request.actor, at=clock.now())
        said = ngettext("%(n)d absence est notée.", "%(n)d absences sont notées.", number)
        messages.success(request, said % {"n": number})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("cohorts:session", cohort.pk, session_id)
