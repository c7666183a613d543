"""What comes next: the person on their phone, who coordinates at a desk, organisations that help."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.forms.own_projects import HelperForm, OwnProjectForm, SettleForm, StepForm
from cohorts.models import Enrolment, OwnHelper, OwnStep
from cohorts.perms import afterwards as perms
from cohorts.selectors import follow_ups as after
from cohorts.selectors import own_projects as read
from cohorts.services import own_projects as act
from cohorts.views.scope import cohort_in_sight, enrolment_in, own_enrolment_of
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.once import once


@dataclass(frozen=True, slots=True)
class Room:
    """One person's room, from their own door ("my_next…") or that of the coordinator ("next…")."""

    enrolment: Enrolment
    own: bool

    def url(self, name: str, **keys: int) -> str:
        if self.own:
            return reverse(f"cohorts:my_{name}", kwargs=keys)
        where = {"cohort_id": self.enrolment.cohort_id, "enrolment_id": self.enrolment.pk}
        return reverse(f"cohorts:{name}", kwargs={**where, **keys})

    @property
    def layout(self) -> str:
        return "layouts/phone.html" if self.own else "layouts/desk.html"

    @property
    def here(self) -> str:
        return self.url("next")

    @property
    def project_url(self) -> str:
        return self.url("next_project")

    @property
    def step_url(self) -> str:
        return self.url("next_step")

    @property
    def helper_url(self) -> str:
        return self.url("next_helper")

    @property
    def news_url(self) -> str:
        return self.url("next_news")


def room_of(request: ActorRequest, cohort_id: int | None, enrolment_id: int | None) -> Room:
    """The room that may be written in; a stranger 404, a known seat without right 403."""
    if cohort_id is None or enrolment_id is None:
        allow(request.actor.is_cooperant)
        enrolment, own = own_enrolment_of(request.actor), True
    else:
        cohort = cohort_in_sight(request.actor, cohort_id)
        allow(perms.can_follow_up(request.actor, cohort))
        request.page_cohort = cohort
        enrolment, own = enrolment_in(cohort, request.actor, enrolment_id), False
    allow(perms.can_write_next(request.actor, enrolment))
    return Room(enrolment, own)


@reads
def overview(
    request: ActorRequest, cohort_id: int | None = None, enrolment_id: int | None = None
) -> HttpResponse:
    room = room_of(request, cohort_id, enrolment_id)
    found = read.next_of(room.enrolment)
    page = {
        "room": room,
        "cohort": room.enrolment.cohort,
        "enrolment": room.enrolment,
        "next": found,
        "steps": [(one, room.url("next_settle", step_id=one.pk)) for one in found.steps],
        "helpers": [
            (one, room.url("next_remove_helper", helper_id=one.pk)) for one in found.helpers
        ],
        "interviews": after.interviews_of(room.enrolment),
        "leaver": after.leaver_of(room.enrolment, clock.today()),
        "can_choose": perms.can_choose_who_sees(request.actor, room.enrolment),
        "today": clock.today(),
    }
    return render(request, "cohorts/next/overview.html", page)


@form_page
def project(
    request: ActorRequest, cohort_id: int | None = None, enrolment_id: int | None = None
) -> HttpResponse:
    room = room_of(request, cohort_id, enrolment_id)
    kept = read.next_of(room.enrolment).project
    form = OwnProjectForm(request.POST if request.method == "POST" else None, project=kept)
    if request.method == "POST" and form.is_valid():
        try:
            act.write_project(
                enrolment=room.enrolment,
                **form.cleaned_data,
                actor=request.actor,
                at=clock.now(),
            )
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("C’est noté."))
            return redirect(room.here)
    return _form(request, room, form, _("Mon projet") if room.own else _("Son projet"))


@form_page
def add_step(
    request: ActorRequest, cohort_id: int | None = None, enrolment_id: int | None = None
) -> HttpResponse:
    room = room_of(request, cohort_id, enrolment_id)
    form = StepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _stepped(request, room, form))
        except Refused as refusal:
            refuse_in(form, refusal)
    return _form(request, room, form, _("Une étape"))


def _stepped(request: ActorRequest, room: Room, form: StepForm) -> str:
    typed = {name: form.cleaned_data[name] for name in ("words", "doer", "due_on")}
    act.add_step(enrolment=room.enrolment, **typed, actor=request.actor)
    messages.success(request, _("L’étape est ajoutée."))
    return room.here


@form_page
def add_helper(
    request: ActorRequest, cohort_id: int | None = None, enrolment_id: int | None = None
) -> HttpResponse:
    room = room_of(request, cohort_id, enrolment_id)
    form = HelperForm(
        request.POST if request.method == "POST" else None,
        offered=read.helpers_offered(room.enrolment.cohort),
    )
    if request.method == "POST" and form.is_valid():
        try:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _helped(request, room, form))
        except Refused as refusal:
            refuse_in(form, refusal)
    return _form(request, room, form, _("Qui m’aide") if room.own else _("Qui aide"))


def _helped(request: ActorRequest, room: Room, form: HelperForm) -> str:
    act.add_helper(
        enrolment=room.enrolment,
        organisation=form.chosen,
        name=form.cleaned_data["name"],
        helps_with=form.cleaned_data["helps_with"],
        actor=request.actor,
    )
    messages.success(request, _("C’est noté."))
    return room.here


def _form(request: ActorRequest, room: Room, form: Any, title: str) -> HttpResponse:
    page = {"room": room, "cohort": room.enrolment.cohort, "form": form, "title": title}
    return render(request, "cohorts/next/form.html", page, status=422 if form.errors else 200)


@writes
def settle(
    request: ActorRequest,
    step_id: int,
    cohort_id: int | None = None,
    enrolment_id: int | None = None,
) -> HttpResponse:
    room = room_of(request, cohort_id, enrolment_id)
    step = get_object_or_404(
        OwnStep.objects.visible_to(request.actor).select_related("enrolment"),
        pk=step_id,
        enrolment_id=room.enrolment.pk,
    )
    form = SettleForm(request.POST)
    if form.is_valid():
        try:
            act.settle_step(
                step=step, to=form.cleaned_data["to"], actor=request.actor, at=clock.now()
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(room.here)


@writes
def remove_helper(
    request: ActorRequest,
    helper_id: int,
    cohort_id: int | None = None,
    enrolment_id: int | None = None,
) -> HttpResponse:
    room = room_of(request, cohort_id, enrolment_id)
    act.remove_helper(helper=_helper(request, room, helper_id), actor=request.actor, at=clock.now())
    messages.success(request, _("C’est retiré."))
    return redirect(room.here)


@writes
def show(request: ActorRequest, helper_id: int) -> HttpResponse:
    """The person alone says which organisation sees their project."""
    room = room_of(request, None, None)
    helper = _helper(request, room, helper_id)
    sees = request.POST.get("sees") == "yes"
    try:
        act.choose_who_sees(helper=helper, sees=sees, actor=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("%(name)s voit ton projet.") if sees else _("%(name)s ne voit plus ton projet.")
        messages.success(request, said % {"name": helper.said})
    return redirect(room.here)


def _helper(request: ActorRequest, room: Room, helper_id: int) -> OwnHelper:
    rows = OwnHelper.objects.visible_to(request.actor).present()
    joined = rows.select_related("enrolment__cohort", "organisation")
    return get_object_or_404(joined, pk=helper_id, enrolment_id=room.enrolment.pk)


@reads
def helped(request: ActorRequest) -> HttpResponse:
    """The projects that people chose to show to the organisation of this seat."""
    allow(perms.can_see_helped(request.actor))
    page = {"page": read.helped_by(request.actor, request.GET.get("page"))}
    return render(request, "cohorts/next/helped.html", page)
