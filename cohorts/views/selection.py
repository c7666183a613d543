"""The board of a selection, one application, what is thought of it and what is decided."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts.forms.selection import DecisionForm, EntryForm, OpinionForm
from cohorts.models import Application
from cohorts.perms import recruiting as perms
from cohorts.selectors import recruiting, selection
from cohorts.services.application_readings import open_application
from cohorts.services.selection import decide as decide_application
from cohorts.services.selection import enrol as enrol_application
from cohorts.services.selection import give_opinion
from cohorts.views.scope import application_in, cohort_in_sight, voice_in
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, reads, refuse_in, writes


@reads
def board(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_see_selection(request.actor, cohort, clock.today()))
    page = {
        "cohort": cohort,
        "board": selection.board_of(cohort, request.actor),
        "can_recruit": perms.can_recruit(request.actor, cohort),
    }
    return render(request, "cohorts/selection/board.html", page)


@reads
def mine(request: ActorRequest) -> HttpResponse:
    """The selections a partner takes part in."""
    allow(request.actor.is_partner)
    found = selection.selections_of(request.actor, clock.today())
    return render(request, "cohorts/selection/mine.html", {"cohorts": found})


@reads
def application(request: ActorRequest, cohort_id: int, application_id: int) -> HttpResponse:
    found = _found(request, cohort_id, application_id)
    return _page(request, found)


def _found(request: ActorRequest, cohort_id: int, application_id: int) -> Application:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_see_selection(request.actor, cohort, clock.today()))
    return application_in(cohort, request.actor, application_id)


def _page(request: ActorRequest, found: Application, **forms) -> HttpResponse:  # type: ignore[no-untyped-def]
    said = selection.application_page(found, request.actor)
    own = {"stance": said.own.stance, "reasons": said.own.reasons} if said.own else None
    may_decide = perms.can_decide(request.actor, found)
    page = {
        "cohort": found.cohort,
        "application": found,
        "page": said,
        "is_opened": selection.is_opened(found, request.actor, clock.today()),
        "readings": selection.readings_of(found, request.actor),
        "can_give_opinion": perms.can_give_opinion(request.actor, found, clock.today()),
        "can_decide": may_decide,
        "opinion_form": OpinionForm(initial=own),
        "decision_form": DecisionForm(
            initial={"to": found.state, "note": found.note}, state=found.state
        ),
        "entry_form": _entry_form(request, found) if may_decide else None,
    }
    return render(request, "cohorts/selection/application.html", page | forms)


def _entry_form(request: ActorRequest, found: Application, sent=None) -> EntryForm:  # type: ignore[no-untyped-def]
    return EntryForm(
        sent,
        matches=selection.known_people(found, request.actor),
        for_minor=recruiting.needs_guardian(found),
    )


@writes
def read(request: ActorRequest, cohort_id: int, application_id: int) -> HttpResponse:
    """Opens the answers for today: an act, since the reading is recorded."""
    found = _found(request, cohort_id, application_id)
    open_application(application=found, actor=request.actor, at=clock.now())
    return redirect("cohorts:application", cohort_id, application_id)


@writes
def opine(request: ActorRequest, cohort_id: int, application_id: int) -> HttpResponse:
    found = _found(request, cohort_id, application_id)
    allow(perms.can_give_opinion(request.actor, found, clock.today()))
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, opinion_form=form)
    give_opinion(
        application=found,
        stance=form.cleaned_data["stance"],
        reasons=form.cleaned_data["reasons"],
        actor=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("Votre avis est noté."))
    return redirect("cohorts:applications", cohort_id=cohort_id)


@writes
def decide(request: ActorRequest, cohort_id: int, application_id: int) -> HttpResponse:
    found = _found(request, cohort_id, application_id)
    allow(perms.can_decide(request.actor, found))
    form = DecisionForm(request.POST, state=found.state)
    if form.is_valid():
        try:
            decide_application(
                application=found,
                to=form.cleaned_data["to"],
                note=form.cleaned_data["note"],
                actor=request.actor,
                at=clock.now(),
            )
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("La décision est notée. Rien n’est envoyé encore."))
            return redirect("cohorts:application", cohort_id, application_id)
    return _page(request, found, decision_form=form)


@writes
def enrol(request: ActorRequest, cohort_id: int, application_id: int) -> HttpResponse:
    found = _found(request, cohort_id, application_id)
    allow(perms.can_decide(request.actor, found))
    form = _entry_form(request, found, request.POST)
    if form.is_valid():
        try:
            enrol_application(
                application=found, entry=form.entry, actor=request.actor, at=clock.now()
            )
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("C’est fait : la personne attend d’entrer."))
            return redirect("cohorts:application", cohort_id, application_id)
    return _page(request, found, entry_form=form)


@reads
def voice(
    request: ActorRequest, cohort_id: int, application_id: int
) -> FileResponse | HttpResponse:
    """The recording, as what its first bytes say it is, and as nothing else."""
    application = _found(request, cohort_id, application_id)
    if not selection.is_opened(application, request.actor, clock.today()):
        return redirect("cohorts:application", cohort_id, application_id)
    found = voice_in(application)
    response = FileResponse(found.file.open("rb"), content_type=found.format)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
