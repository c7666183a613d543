"""The coordinator's side of recruiting: answers to everybody, letters, information meetings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.forms.people import PeopleForm
from cohorts.forms.selection import AnswersForm, CameForm, MeetingForm, PostedForm
from cohorts.models import Cohort
from cohorts.perms import recruiting as perms
from cohorts.selectors import recruiting
from cohorts.services import answers as answering
from cohorts.services import meetings as meeting_acts
from cohorts.services.enrolments import welcome as welcome_people
from cohorts.services.letters import letters_pdf
from cohorts.views.scope import cohort_in_sight, meeting_in, selected_in
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.once import once


@form_page
def answers(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_answer(request.actor, cohort))
    form = AnswersForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _answered(request, cohort, form))
        except Refused as refusal:
            refuse_in(form, refusal)
    page = {"cohort": cohort, "form": form, "answers": answering.standing_of(cohort)}
    return render(request, "cohorts/selection/answers.html", page)


def _answered(request: ActorRequest, cohort: Cohort, form: AnswersForm) -> str:
    written = answering.answer_all(
        cohort=cohort,
        keys=form.cleaned_data["people"],
        word=form.cleaned_data["word"],
        at=clock.now(),
    )
    words = ngettext("%(n)s réponse est écrite.", "%(n)s réponses sont écrites.", len(written))
    messages.success(request, words % {"n": len(written)})
    return reverse("cohorts:answers", kwargs={"cohort_id": cohort.pk})


@reads
def letters(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """One PDF for the printer, a letter a page."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_answer(request.actor, cohort))
    content = letters_pdf(cohort=cohort, at=clock.now())
    if content is None:
        return redirect("cohorts:answers", cohort_id=cohort.pk)
    return HttpResponse(content, content_type="application/pdf")


@writes
def posted(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_answer(request.actor, cohort))
    form = PostedForm(request.POST)
    if form.is_valid():
        keys = form.cleaned_data["letters"]
        answering.note_posted(cohort=cohort, keys=keys, at=clock.now())
        messages.success(request, _("C’est noté : ces lettres sont parties."))
    else:
        messages.error(request, _("Cochez au moins une lettre."))
    return redirect("cohorts:answers", cohort_id=cohort.pk)


@writes
def again(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """What did not leave: once more, or on paper."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_answer(request.actor, cohort))
    if "paper" in request.POST:
        answering.put_on_paper(cohort=cohort)
        messages.success(request, _("Ces réponses sont maintenant des lettres à imprimer."))
    else:
        answering.try_again(cohort=cohort, at=clock.now())
        messages.success(request, _("Nouvel essai en cours."))
    return redirect("cohorts:answers", cohort_id=cohort.pk)


@form_page
def meetings(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_recruit(request.actor, cohort))
    form = MeetingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _called(request, cohort, form))
        except Refused as refusal:
            refuse_in(form, refusal)
    page = {"cohort": cohort, "form": form, "meetings": recruiting.all_meetings(cohort)}
    return render(request, "cohorts/selection/meetings.html", page | {"now": clock.now()})


def _called(request: ActorRequest, cohort: Cohort, form: MeetingForm) -> str:
    meeting_acts.call_meeting(
        cohort=cohort,
        starts_at=form.starts_at,
        place=form.cleaned_data["place"],
        seats=form.cleaned_data["seats"],
        at=clock.now(),
    )
    messages.success(request, _("La réunion est annoncée sur la page publique."))
    return reverse("cohorts:meetings", kwargs={"cohort_id": cohort.pk})


@form_page
def meeting(request: ActorRequest, cohort_id: int, meeting_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_recruit(request.actor, cohort))
    found = meeting_in(cohort, request.actor, meeting_id)
    form = CameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        meeting_acts.note_who_came(meeting=found, came=form.cleaned_data["came"], at=clock.now())
        messages.success(request, _("Les présences sont notées."))
        return redirect("cohorts:meeting", cohort.pk, found.pk)
    page = {
        "cohort": cohort,
        "meeting": found,
        "guests": recruiting.guests_of(found),
        "is_past": found.starts_at <= clock.now(),
    }
    return render(request, "cohorts/selection/meeting.html", page)


@writes
def call_off(request: ActorRequest, cohort_id: int, meeting_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_recruit(request.actor, cohort))
    found = meeting_in(cohort, request.actor, meeting_id)
    meeting_acts.call_off(meeting=found, at=clock.now())
    messages.success(request, _("La réunion est annulée. Prévenez les personnes inscrites."))
    return redirect("cohorts:meeting", cohort.pk, found.pk)


@writes
def welcome(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """Let in, before the start, who was selected."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_welcome(request.actor, cohort))
    form = PeopleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choisissez au moins une personne."))
        return redirect("cohorts:people", cohort_id=cohort.pk)
    chosen = selected_in(cohort, form.cleaned_data["people"])
    welcome_people(enrolments=chosen, actor=request.actor, at=clock.now())
    messages.success(request, _("C’est fait. Il reste à imprimer les cartes d’entrée."))
    return redirect("cohorts:people", cohort_id=cohort.pk)
