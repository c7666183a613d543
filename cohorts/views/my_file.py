"""My own file, on a phone: short pages, each saved alone."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from cohorts.perms import entry_files as perms
from cohorts.questionnaire import after, step_of
from cohorts.selectors import entry_files as selectors
from cohorts.views.entry_files import bind_step, keep_step
from cohorts.views.scope import own_enrolment_of
from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, form_page, reads


def own_enrolment(request: ActorRequest) -> Enrolment:
    allow(request.actor.is_cooperant)
    return own_enrolment_of(request.actor)


@reads
def overview(request: ActorRequest) -> HttpResponse:
    """What is answered, what is missing, and who opened my sensitive answers."""
    enrolment = own_enrolment(request)
    kept = selectors.file_of(enrolment, clock.today())
    page = {
        "file": kept,
        "steps": selectors.steps_of(kept, own=True),
        "records": selectors.access_of(enrolment.person_id),
        "has_sensitive": selectors.has_sensitive(enrolment),
        "can_write": perms.can_write_file(request.actor, enrolment),
        "is_frozen": kept.is_frozen(clock.today()),
    }
    return render(request, "cohorts/file/mine.html", page)


@form_page
def step(request: ActorRequest, step: str) -> HttpResponse:
    """One short page, then the next that is not done."""
    enrolment = own_enrolment(request)
    allow(perms.can_write_file(request.actor, enrolment))
    asked = step_of(step)
    if asked is None:
        raise Http404
    kept = selectors.file_of(enrolment, clock.today())
    form = bind_step(request, kept, step, own=True)
    if request.method == "POST" and form.is_valid() and keep_step(request, kept, form):
        following = after(step)
        messages.success(request, _("C’est noté."))
        if following is None:
            return redirect("cohorts:my_file")
        return redirect("cohorts:my_file_step", step=following.code)
    return render(request, "cohorts/file/my_step.html", {"file": kept, "step": asked, "form": form})
