"""A coopérant's skills: where I am, who sees it, and what I saw my co-workers do."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts.forms.skills import AssessForm, DisplayForm
from cohorts.perms import skills as perms
from cohorts.selectors.skills import (
    OwnSkills,
    colleagues_skills,
    own_enrolment,
    own_skills,
)
from cohorts.services.skills import assess_oneself, choose_display
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in


def _own(request: ActorRequest) -> OwnSkills:
    allow(request.actor.is_cooperant)
    found = own_skills(request.actor, clock.today())
    if found is None:
        raise Http404
    return found


@reads
def mine(request: ActorRequest) -> HttpResponse:
    own = _own(request)
    page = {"own": own, "can_answer": perms.can_say_own_skills(request.actor, own.enrolment)}
    return render(request, "cohorts/skills/mine.html", page)


@form_page
def assess(request: ActorRequest) -> HttpResponse:
    own = _own(request)
    allow(perms.can_say_own_skills(request.actor, own.enrolment))
    form = AssessForm(
        request.POST if request.method == "POST" else None, lines=own.lines, moment=own.moment
    )
    if request.method == "POST" and form.is_valid():
        try:
            assess_oneself(
                enrolment=own.enrolment, levels=form.levels, actor=request.actor, at=clock.now()
            )
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("C’est noté. Tu peux changer tes réponses."))
            return redirect("cohorts:my_skills")
    return render(request, "cohorts/skills/assess.html", {"own": own, "form": form})


@form_page
def display(request: ActorRequest) -> HttpResponse:
    own = _own(request)
    form = DisplayForm(request.POST if request.method == "POST" else None, lines=own.lines)
    if request.method == "POST" and form.is_valid():
        try:
            choose_display(enrolment=own.enrolment, shown=form.shown, actor=request.actor)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("C’est noté. Tu peux changer quand tu veux."))
            return redirect("cohorts:my_skills")
    return render(request, "cohorts/skills/display.html", {"own": own, "form": form})


@reads
def colleagues(request: ActorRequest) -> HttpResponse:
    allow(request.actor.is_cooperant)
    own = own_enrolment(request.actor)
    if own is None:
        raise Http404
    page = {"people": colleagues_skills(own)}
    return render(request, "cohorts/skills/colleagues.html", page)
