"""The calendar of a cohort: reading a month, planning, changing, cancelling."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.forms.sessions import CancelForm, DayForm, MonthForm, SessionEditForm, SessionForm
from cohorts.models import Cohort, Session
from cohorts.perms import sessions as perms
from cohorts.selectors.calendar import calendar_page, conflicts_of, nearest_day
from cohorts.selectors.feeds import feed_address
from cohorts.selectors.roll import people_choices
from cohorts.services.sessions import cancel_session, edit_session, plan_sessions
from cohorts.views.scope import cohort_in_sight, session_in
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from ct_platform.kit.once import once


@reads
def calendar(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_see_calendar(request.actor, cohort))
    asked = MonthForm.read(request.GET.get("mois", ""))
    page = {
        "cohort": cohort,
        "page": calendar_page(cohort, asked, clock.today()),
        "can_plan": perms.can_plan(request.actor, cohort),
        "feed": feed_address(request.actor.person_id),
    }
    return render(request, "cohorts/sessions/calendar.html", page)


@form_page
def plan(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_plan(request.actor, cohort))
    sent = request.POST if request.method == "POST" else None
    day = nearest_day(DayForm.read(request.GET.get("jour", "")) or clock.today(), cohort)
    form = SessionForm(sent, people=people_choices(cohort.pk), initial=SessionForm.usual(day))
    if sent is not None and form.is_valid():
        try:
            return once(
                request,
                form.cleaned_data["submission_key"],
                lambda: _planned(request, cohort, form),
            )
        except Refused as refusal:
            refuse_in(form, refusal)
    return render(request, "cohorts/sessions/plan.html", {"cohort": cohort, "form": form})


def _planned(request: ActorRequest, cohort: Cohort, form: SessionForm) -> str:
    planned = plan_sessions(
        cohort=cohort, wishes=form.wishes, repeat=form.repeat, actor=request.actor, at=clock.now()
    )
    said = ngettext("La séance est prévue.", "%(n)d séances sont prévues.", len(planned))
    messages.success(request, said % {"n": len(planned)})
    for sentence in conflicts_of(planned[0]):
        messages.warning(request, sentence)
    return reverse("cohorts:session", args=[cohort.pk, planned[0].pk])


@form_page
def edit(request: ActorRequest, cohort_id: int, session_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    session = session_in(cohort, request.actor, session_id)
    allow(perms.can_plan(request.actor, cohort))
    sent = request.POST if request.method == "POST" else None
    form = SessionEditForm(
        sent,
        session=session,
        people=people_choices(cohort.pk),
        initial=SessionEditForm.initial_of(session),
    )
    if sent is not None and form.is_valid() and _edited(request, session, form):
        return redirect("cohorts:session", cohort.pk, session.pk)
    page = {"cohort": cohort, "session": session, "form": form}
    return render(request, "cohorts/sessions/edit.html", page)


def _edited(request: ActorRequest, session: Session, form: SessionEditForm) -> bool:
    try:
        changed = edit_session(
            session=session,
            wishes=form.wishes,
            with_following=form.cleaned_data.get("with_following", False),
            seen_version=form.cleaned_data["version"],
            actor=request.actor,
            at=clock.now(),
        )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    said = ngettext("C’est enregistré.", "C’est enregistré, pour %(n)d séances.", len(changed))
    messages.success(request, said % {"n": len(changed)})
    return True


@form_page
def cancel(request: ActorRequest, cohort_id: int, session_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    session = session_in(cohort, request.actor, session_id)
    allow(perms.can_plan(request.actor, cohort))
    form = CancelForm(request.POST if request.method == "POST" else None, session=session)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_session(
                session=session,
                reason=form.cleaned_data["reason"],
                with_following=form.cleaned_data.get("with_following", False),
                actor=request.actor,
                at=clock.now(),
            )
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(
                request, _("C’est annulé. La raison est écrite dans l’agenda de chacun.")
            )
            return redirect("cohorts:session", cohort.pk, session.pk)
    page = {"cohort": cohort, "session": session, "form": form}
    return render(request, "cohorts/sessions/cancel.html", page)
