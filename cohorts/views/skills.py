"""Skills in a cohort: confirming them, the grid of the group, the attestations."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.forms.skills import ConfirmForm, GridForm, SkillPapersForm
from cohorts.models import Cohort, Enrolment, Skill
from cohorts.perms import skills as perms
from cohorts.rules.skills import write_grid
from cohorts.selectors import skills as read
from cohorts.services.skill_grids import note_grid
from cohorts.services.skill_papers import issue_skills, preview_skills
from cohorts.services.skills import confirm_skill, withdraw_confirmation
from cohorts.views.scope import cohort_in_sight, enrolment_in, enrolments_in
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.once import once


@form_page
def confirm(request: ActorRequest, enrolment_id: int) -> HttpResponse:
    """What I saw this person do."""
    enrolment = _to_confirm(request, enrolment_id)
    lines = read.lines_of([enrolment], enrolment.cohort)[enrolment.pk]
    form = ConfirmForm(request.POST if request.method == "POST" else None, lines=lines)
    if request.method == "POST" and form.is_valid():
        try:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _confirmed(request, enrolment, form))
        except Refused as refusal:
            refuse_in(form, refusal)
    page = {
        "enrolment": enrolment,
        "form": form,
        "lines": lines,
        "mine": read.confirmations_by(request.actor, enrolment.pk),
        "layout": "layouts/desk.html" if request.actor.is_coordinator else "layouts/phone.html",
        "cohort": enrolment.cohort,
    }
    return render(request, "cohorts/skills/confirm.html", page, status=422 if form.errors else 200)


def _to_confirm(request: ActorRequest, enrolment_id: int) -> Enrolment:
    rows = Enrolment.objects.visible_to(request.actor).select_related("person", "cohort__host")
    enrolment: Enrolment = get_object_or_404(rows, pk=enrolment_id)
    own = read.own_enrolment(request.actor)
    allow(perms.can_confirm_skills(request.actor, enrolment, own))
    return enrolment


def _confirmed(request: ActorRequest, enrolment: Enrolment, form: ConfirmForm) -> str:
    rows = Skill.objects.visible_to(request.actor).of_cohort(enrolment.cohort_id)
    confirm_skill(
        enrolment=enrolment,
        skill=get_object_or_404(rows, pk=form.cleaned_data["skill"]),
        level=form.cleaned_data["level"],
        evidence=form.cleaned_data["evidence"],
        actor=request.actor,
        at=clock.now(),
    )
    messages.success(
        request,
        _("C’est confirmé : %(name)s le voit.") % {"name": enrolment.person.full_name},
    )
    return reverse("cohorts:confirm_skills", args=[enrolment.pk])


@writes
def withdraw(request: ActorRequest, confirmation_id: int) -> HttpResponse:
    found = read.own_confirmation(request.actor, confirmation_id)
    if found is None:
        raise Http404
    withdraw_confirmation(confirmation=found, actor=request.actor, at=clock.now())
    messages.success(request, _("La confirmation est retirée."))
    return redirect("cohorts:confirm_skills", enrolment_id=found.enrolment_id)


@reads
def of_cohort(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_see_skills_of_cohort(request.actor, cohort))
    page = {
        "cohort": cohort,
        "grid": read.grid_of(cohort),
        "words": read.words_of(cohort.pk),
        "people": read.skills_of_cohort(cohort),
        "can_write": perms.can_write_grid(request.actor, cohort),
        "form": SkillPapersForm(),
    }
    return render(request, "cohorts/skills/of_cohort.html", page)


@form_page
def grid(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """The words that the group agreed on, noted by the coordinator."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_write_grid(request.actor, cohort))
    words = read.words_of(cohort.pk) or read.proposed_words()
    form = GridForm(
        request.POST if request.method == "POST" else None,
        initial={"words": write_grid(words), "adopted_on": clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            note_grid(
                cohort=cohort,
                words=form.cleaned_data["words"],
                adopted_on=form.cleaned_data["adopted_on"],
                actor=request.actor,
                at=clock.now(),
            )
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("La grille est notée. Chaque personne peut y répondre."))
            return redirect("cohorts:skills", cohort_id=cohort.pk)
    page = {"cohort": cohort, "form": form, "grid": read.grid_of(cohort)}
    return render(request, "cohorts/skills/grid.html", page, status=422 if form.errors else 200)


@writes
def issue(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """Give the attestations of the people ticked on the list."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_issue_skills(request.actor, cohort))
    form = SkillPapersForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Cochez au moins une personne."))
        return redirect("cohorts:skills", cohort_id=cohort.pk)
    return once(
        request, form.cleaned_data["submission_key"], lambda: _issued(request, cohort, form)
    )


def _issued(request: ActorRequest, cohort: Cohort, form: SkillPapersForm) -> str:
    given = issue_skills(
        cohort=cohort,
        enrolments=enrolments_in(cohort, form.cleaned_data["people"]),
        batch=str(form.cleaned_data["submission_key"]),
        actor=request.actor,
        at=clock.now(),
    )
    said = ngettext(
        "%(n)d attestation est émise. Elle est dans les papiers de la personne.",
        "%(n)d attestations sont émises. Elles sont dans les papiers de chaque personne.",
        len(given),
    )
    messages.success(request, said % {"n": len(given)})
    return reverse("cohorts:skills", args=[cohort.pk])


@reads
def preview(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_issue_skills(request.actor, cohort))
    enrolment = enrolment_in(cohort, request.actor, enrolment_id)
    content = preview_skills(cohort=cohort, enrolment=enrolment, at=clock.now())
    return HttpResponse(content, content_type="application/pdf")
