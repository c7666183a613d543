"""*Mes heures*: the phone page where a coopérant notes the day, the week, and reads their own past."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit import clock
from ct_platform.kit.errors import Frozen, Refused, Stale
from ct_platform.kit.http import ActorRequest, allow, form_page, refuse_in, writes
from projects import perms, selectors
from projects.forms.hours import CorrectForm, DayOfWeekForm, NoteForm, RepeatForm, work_value
from projects.models import WorkEntry
from projects.pages import MyHoursPage, entry_page, my_hours_page, warnings_about
from projects.selectors.proposed import own_attendances
from projects.services import work
from projects.strip import day_url


@form_page
def my_hours(request: ActorRequest) -> HttpResponse:
    """The chosen day and its week; a POST notes hours on a day. A script may ask for the fragment alone."""
    allow(perms.may_open_my_hours(request.actor))
    own = selectors.own_enrolment(request.actor)
    if request.method == "POST":
        return _note(request, own)
    page = my_hours_page(
        request.actor, own, DayOfWeekForm.read(request.GET.get("jour", "")), clock.today()
    )
    form = NoteForm(
        projects=page.projects, initial={"day": page.day, "work": work_value(page.last_work)}
    )
    return _show(request, page, form)


def _note(request: ActorRequest, own: Enrolment) -> HttpResponse:
    allow(perms.may_note(request.actor, own))
    form = NoteForm(request.POST, projects=selectors.projects_of(own.cohort_id))
    if form.is_valid():
        try:
            entry = work.note_hours(
                enrolment=own,
                day=form.cleaned_data["day"],
                minutes=form.cleaned_data["duration"],
                kind=form.cleaned_data["kind"],
                project=form.cleaned_data["project"],
                starts_at=form.cleaned_data["start_minute"],
                client_uuid=form.cleaned_data["client_uuid"],
                actor=request.actor,
                at=clock.now(),
            )
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            _say_noted(request, [entry])
            return HttpResponseRedirect(day_url(entry.day))
    day = form.cleaned_data.get("day")
    return _show(request, my_hours_page(request.actor, own, day, clock.today()), form)


def _show(request: ActorRequest, page: MyHoursPage, form: NoteForm) -> HttpResponse:
    repeat = RepeatForm(initial={"day": page.day, "source": page.last_day and page.last_day.day})
    context = {"page": page, "form": form, "repeat": repeat}
    # Read already: the frame of the page need not ask again.
    request.page_cohort = page.enrolment.cohort
    request.page_trades = [one.trade for one in page.projects]
    fragment = bool(request.headers.get("HX-Request"))
    name = "projects/_my_hours_live.html" if fragment else "projects/my_hours.html"
    return render(request, name, context)


def _say_noted(request: ActorRequest, entries: list[WorkEntry]) -> None:
    for entry in entries:
        words = {"time": clock.format_minutes(entry.minutes), "work": entry.work_label}
        messages.success(request, _("C’est noté : %(time)s, %(work)s.") % words)
    for sentence in warnings_about(entries[0]):
        messages.warning(request, sentence)


@writes
def repeat(request: ActorRequest) -> HttpResponse:
    """ "Comme hier", in one tap."""
    allow(perms.may_open_my_hours(request.actor))
    own = selectors.own_enrolment(request.actor)
    allow(perms.may_note(request.actor, own))
    form = RepeatForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Cette page n’est plus à jour. Choisis tes heures ici."))
        return HttpResponseRedirect(day_url(clock.today()))
    day: dt.date = form.cleaned_data["day"]
    try:
        entries = work.repeat_day(
            enrolment=own, actor=request.actor, at=clock.now(), **form.cleaned_data
        )
        _say_noted(request, entries)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(day_url(day))


@writes
def complete(request: ActorRequest) -> HttpResponse:
    """ "Ma semaine est complète", with hours or with none."""
    allow(perms.may_open_my_hours(request.actor))
    own = selectors.own_enrolment(request.actor)
    allow(perms.may_note(request.actor, own))
    day = DayOfWeekForm.read(request.POST.get("jour", "")) or clock.today()
    try:
        work.declare_week(enrolment=own, monday=day, actor=request.actor, at=clock.now())
        messages.success(request, _("Merci. Ta semaine est complète."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(day_url(day))


@writes
def note_attended(request: ActorRequest, attendance_id: int) -> HttpResponse:
    """The hours of a half-day I signed, in one tap."""
    allow(perms.may_open_my_hours(request.actor))
    own = selectors.own_enrolment(request.actor)
    allow(perms.may_note(request.actor, own))
    row = get_object_or_404(own_attendances(own), pk=attendance_id)
    chosen = request.POST.get("project", "")
    projects = {str(one.pk): one for one in selectors.projects_of(own.cohort_id)}
    try:
        entry = work.note_attended(
            attendance=row,
            enrolment=own,
            project=projects.get(chosen),
            actor=request.actor,
            at=clock.now(),
        )
        _say_noted(request, [entry])
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(day_url(row.slot.session.day))


def _own_entry(request: ActorRequest, entry_id: int) -> WorkEntry:
    """One's own hours; those of a colleague are known but not one's to open (403)."""
    allow(perms.may_open_my_hours(request.actor))
    rows = WorkEntry.objects.visible_to(request.actor).for_page()
    entry: WorkEntry = get_object_or_404(rows, pk=entry_id)
    allow(perms.may_read(request.actor, entry))
    return entry


@form_page
def entry(request: ActorRequest, entry_id: int) -> HttpResponse:
    """One entry of mine: its history, and the form that corrects it."""
    row = _own_entry(request, entry_id)
    page = entry_page(request.actor, row)
    form = CorrectForm(
        request.POST or None, projects=page.projects, initial=CorrectForm.initial_of(row)
    )
    if request.method == "POST":
        allow(perms.may_change(request.actor, row))
        if form.is_valid() and _correct(request, row, form):
            return HttpResponseRedirect(day_url(row.day))
    return render(request, "projects/entry.html", {"page": page, "form": form})


def _correct(request: ActorRequest, row: WorkEntry, form: CorrectForm) -> bool:
    try:
        changed = work.change_hours(
            entry=row,
            minutes=form.cleaned_data["duration"],
            kind=form.cleaned_data["kind"],
            project=form.cleaned_data["project"],
            starts_at=form.cleaned_data["start_minute"],
            seen_version=form.cleaned_data["version"],
            actor=request.actor,
            at=clock.now(),
        )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    except (Frozen, Stale) as refusal:
        messages.error(request, str(refusal))
        return True
    _say_noted(request, [changed])
    return True


def _act_on_own(request: ActorRequest, entry_id: int, act: Any, done: str) -> HttpResponse:
    row = _own_entry(request, entry_id)
    allow(perms.may_change(request.actor, row))
    try:
        act(entry=row, actor=request.actor, at=clock.now())
        messages.success(request, done)
    except (Refused, Frozen) as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(day_url(row.day))


@writes
def withdraw(request: ActorRequest, entry_id: int) -> HttpResponse:
    return _act_on_own(request, entry_id, work.withdraw_hours, _("Ces heures sont retirées."))


@writes
def keep(request: ActorRequest, entry_id: int) -> HttpResponse:
    return _act_on_own(
        request, entry_id, work.keep_hours, _("Tes heures restent comme tu les as notées.")
    )
