"""Creating a cohort, editing it, and moving it on."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts import perms
from cohorts.forms.cohort import CohortEditForm, CohortForm
from cohorts.models import Organisation
from cohorts.selectors.cohorts import next_step_of, steps_of
from cohorts.selectors.programmes import programmes_for
from cohorts.selectors.recruiting import before_start, outside_ages
from cohorts.services.cohorts import STEPS, CohortChanged, create_cohort, edit_cohort
from cohorts.views.scope import cohort_in_sight
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, refuse_in, writes
from ct_platform.kit.once import once


@form_page
def create(request: ActorRequest) -> HttpResponse:
    """A new cohort, from the template, in the coordinator's territory."""
    allow(perms.can_create_cohort(request.actor))
    form = CohortForm(
        request.POST if request.method == "POST" else None,
        hosts=Organisation.objects.visible_to(request.actor).hosts(),
        programmes=programmes_for(request.actor),
    )
    if request.method == "POST" and form.is_valid():
        try:
            return once(
                request, form.cleaned_data["submission_key"], lambda: _created(request, form)
            )
        except Refused as refusal:
            refuse_in(form, refusal)
    return render(request, "cohorts/create.html", {"form": form})


def _created(request: ActorRequest, form: CohortForm) -> str:
    cohort = create_cohort(wishes=form.wishes, actor=request.actor, at=clock.now())
    _warn_of_size(request, form)
    messages.success(
        request,
        _("La coopérative est créée, avec ses cinq phases. Ajoutez maintenant les personnes."),
    )
    return reverse(settings.COHORT_PAGE, kwargs={"cohort_id": cohort.pk})


@form_page
def edit(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_edit_cohort(request.actor, cohort))
    hosts = Organisation.objects.visible_to(request.actor).hosts()
    programmes = programmes_for(request.actor, cohort)
    sent = request.POST if request.method == "POST" else None
    form = CohortEditForm(sent, cohort=cohort, hosts=hosts, programmes=programmes)
    if sent is not None and form.is_valid() and _saved(request, form, cohort):
        return redirect(settings.COHORT_PAGE, cohort_id=cohort.pk)
    page = {
        "form": form,
        "cohort": cohort,
        "steps": steps_of(cohort),
        "next_step": next_step_of(cohort),
        "warnings": before_start(cohort),
    }
    return render(request, "cohorts/edit.html", page)


def _saved(request: ActorRequest, form: CohortEditForm, cohort) -> bool:  # type: ignore[no-untyped-def]
    """Save, or leave in the form why not."""
    try:
        saved = edit_cohort(
            cohort=cohort,
            wishes=form.wishes,
            seen_version=form.cleaned_data["version"],
            actor=request.actor,
            at=clock.now(),
        )
    except CohortChanged as changed:
        form.rebase(changed.current)
        form.add_error(None, str(changed))
        return False
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    _warn_of_size(request, form)
    for sentence in outside_ages(saved) if saved.starts_on != cohort.starts_on else []:
        messages.warning(request, sentence)
    messages.success(request, _("C’est enregistré."))
    return True


def _warn_of_size(request: ActorRequest, form: CohortForm | CohortEditForm) -> None:
    if form.has_unusual_size:
        messages.warning(
            request,
            _("%(name)s : de %(fewest)d à %(most)d places le plus souvent. Vérifiez ce nombre.")
            % form.usual_size,
        )


@writes
def step(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """Move the cohort to the state the button names."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_move_cohort(request.actor, cohort))
    act = STEPS.get(request.POST.get("to", ""))
    if act is None:
        raise Http404
    try:
        act(cohort=cohort, actor=request.actor, at=clock.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("cohorts:edit", cohort_id=cohort.pk)
    messages.success(
        request,
        _("La coopérative est maintenant « %(state)s ».") % {"state": cohort.get_state_display()},
    )
    return redirect(settings.COHORT_PAGE, cohort_id=cohort.pk)
