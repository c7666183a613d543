"""After the exit: the interview, the yes or no, the page of the cohort, an answer heard by phone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cohorts.enums.follow_ups import ChoiceSaid
from cohorts.forms.follow_ups import BackForm, CallForm, ChoiceForm, InterviewForm
from cohorts.models import Cohort, Enrolment, FollowUp
from cohorts.perms import afterwards as perms
from cohorts.selectors import follow_ups as read
from cohorts.selectors.entry_files import file_of
from cohorts.services.exit_interviews import hold_interview
from cohorts.services.follow_up_choices import choose
from cohorts.services.follow_ups import note_call
from cohorts.services.returns import take_back
from cohorts.views.own_projects import room_of
from cohorts.views.scope import cohort_in_sight, enrolment_in
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in


def _cohort(request: ActorRequest, cohort_id: int) -> Cohort:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_follow_up(request.actor, cohort))
    request.page_cohort = cohort
    return cohort


@reads
def of_cohort(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """Raw figures, for who coordinates only: no threshold is needed here, and nobody else reads it."""
    cohort = _cohort(request, cohort_id)
    page = {
        "cohort": cohort,
        "followed": read.followed(cohort, clock.today()),
        "today": clock.today(),
    }
    return render(request, "cohorts/after/of_cohort.html", page)


@form_page
def interview(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    """One page in three parts, filled in together."""
    cohort = _cohort(request, cohort_id)
    allow(perms.can_hold_interview(request.actor, cohort))
    enrolment = enrolment_in(cohort, request.actor, enrolment_id)
    before = read.interviews_of(enrolment)
    form = InterviewForm(
        request.POST if request.method == "POST" else None,
        file=file_of(enrolment, clock.today()),
        last=before[0] if before else None,
        choice=read.choice_of(enrolment),
        today=clock.today(),
    )
    if request.method == "POST" and form.is_valid() and _held(request, enrolment, form):
        messages.success(request, _("L’entretien est noté."))
        return redirect("cohorts:next", cohort.pk, enrolment.pk)
    page = {"cohort": cohort, "enrolment": enrolment, "form": form, "before": before}
    return render(request, "cohorts/after/interview.html", page, status=422 if form.errors else 200)


def _held(request: ActorRequest, enrolment: Enrolment, form: InterviewForm) -> bool:
    try:
        hold_interview(
            enrolment=enrolment,
            left=form.facts,
            heard=form.heard,
            wish=form.wish,
            actor=request.actor,
            at=clock.now(),
        )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    return True


@form_page
def news(
    request: ActorRequest, cohort_id: int | None = None, enrolment_id: int | None = None
) -> HttpResponse:
    """Yes or no to being asked for news, how, and at which number."""
    room = room_of(request, cohort_id, enrolment_id)
    form = ChoiceForm(
        request.POST if request.method == "POST" else None,
        choice=read.choice_of(room.enrolment),
        person=room.enrolment.person,
        today=clock.today(),
    )
    if request.method == "POST" and form.is_valid():
        said = ChoiceSaid.SELF if room.own else ChoiceSaid.COORDINATION
        try:
            choose(
                enrolment=room.enrolment,
                wish=form.wish,
                said=said,
                actor=request.actor,
                at=clock.now(),
            )
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("C’est noté."))
            return redirect(room.here)
    title = _("Donner de mes nouvelles") if room.own else _("Donner de ses nouvelles")
    page = {"room": room, "cohort": room.enrolment.cohort, "form": form, "title": title}
    return render(request, "cohorts/next/form.html", page, status=422 if form.errors else 200)


@form_page
def call(request: ActorRequest, cohort_id: int, follow_up_id: int) -> HttpResponse:
    """An answer heard on the telephone."""
    cohort = _cohort(request, cohort_id)
    rows = FollowUp.objects.visible_to(request.actor).of_cohort(cohort.pk)
    row = get_object_or_404(rows.select_related("enrolment__person", "enrolment__cohort"), pk=follow_up_id)  # fmt: skip
    told = read.answers_of(row)
    form = CallForm(
        request.POST if request.method == "POST" else None,
        answer=told[0] if told else None,
        worked_before=read.worked_at_entry(row.enrolment_id),
        today=clock.today(),
    )
    if request.method == "POST" and form.is_valid() and _noted(request, row, form):
        messages.success(request, _("La réponse est notée."))
        return redirect("cohorts:after", cohort.pk)
    page = {
        "cohort": cohort, "row": row, "form": form, "told": told,
        "choice": read.choice_of(row.enrolment),
    }  # fmt: skip
    return render(request, "cohorts/after/call.html", page, status=422 if form.errors else 200)


def _noted(request: ActorRequest, row: FollowUp, form: CallForm) -> bool:
    try:
        note_call(
            follow_up=row,
            said=form.said,
            said_on=form.cleaned_data["said_on"],
            reason=form.cleaned_data.get("reason", ""),
            actor=request.actor,
            at=clock.now(),
        )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    return True


@form_page
def back(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    """Take back somebody who left."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_take_back(request.actor, cohort))
    enrolment = enrolment_in(cohort, request.actor, enrolment_id)
    form = BackForm(
        request.POST if request.method == "POST" else None, initial={"back_on": clock.today()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            take_back(
                enrolment=enrolment,
                back_on=form.cleaned_data["back_on"],
                actor=request.actor,
                at=clock.now(),
            )
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Le retour est noté."))
            return redirect("cohorts:people", cohort_id=cohort.pk)
    page = {"form": form, "cohort": cohort, "enrolment": enrolment}
    return render(request, "cohorts/after/back.html", page, status=422 if form.errors else 200)
