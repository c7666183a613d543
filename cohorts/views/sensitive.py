"""Sensitive answers: a page that shows nothing until somebody opens it, and says that it is recorded."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from cohorts.forms.entry_files import QuestionsForm
from cohorts.models import Enrolment
from cohorts.perms import entry_files as perms
from cohorts.questionnaire import SENSITIVE_QUESTIONS
from cohorts.selectors.entry_files import PersonFile, file_of
from cohorts.services.sensitive import open_answers, write_sensitive
from cohorts.views.my_file import own_enrolment
from cohorts.views.scope import cohort_in_sight, enrolment_in
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, refuse_in


@never_cache
@sensitive_post_parameters()
@form_page
def of_person(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    """GET explains; "open" reads, recorded; "save" writes, recorded."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_open_sensitive(request.actor, cohort))
    enrolment = enrolment_in(cohort, request.actor, enrolment_id)
    kept = file_of(enrolment, clock.today())
    page: dict[str, Any] = {"cohort": cohort, "file": kept, "questions": SENSITIVE_QUESTIONS}
    page["can_write"] = perms.can_write_file(request.actor, enrolment)
    if request.method == "POST":
        answers = open_answers(enrolment=enrolment, actor=request.actor, at=clock.now())
        form = _form(request, kept, answers, own=False)
        if form.is_bound and _kept(request, enrolment, form):
            messages.success(
                request, _("C’est enregistré. La personne peut voir que vous l’avez fait.")
            )
            return redirect("cohorts:file", cohort.pk, enrolment.pk)
        page["form"] = form
    return render(request, "cohorts/file/sensitive.html", page)


@never_cache
@sensitive_post_parameters()
@form_page
def mine(request: ActorRequest) -> HttpResponse:
    """The person's own answers, all optional."""
    enrolment = own_enrolment(request)
    allow(perms.can_write_file(request.actor, enrolment))
    kept = file_of(enrolment, clock.today())
    answers = open_answers(enrolment=enrolment, actor=request.actor, at=clock.now())
    form = _form(request, kept, answers, own=True)
    if form.is_bound and _kept(request, enrolment, form):
        messages.success(request, _("C’est noté. Merci."))
        return redirect("cohorts:my_file")
    return render(request, "cohorts/file/my_sensitive.html", {"file": kept, "form": form})


def _form(
    request: ActorRequest, kept: PersonFile, answers: dict[str, str], *, own: bool
) -> QuestionsForm:
    """Bound by "save" only: opening shows, and changes nothing."""
    return QuestionsForm(
        request.POST if "save" in request.POST else None,
        questions=list(SENSITIVE_QUESTIONS),
        answers=answers,
        entered_on=kept.entered_on,
        own=own,
        frozen=kept.is_frozen(clock.today()),
    )


def _kept(request: ActorRequest, enrolment: Enrolment, form: QuestionsForm) -> bool:
    if not form.is_valid():
        return False
    try:
        write_sensitive(
            enrolment=enrolment,
            answers=form.answers,
            reason=form.reason,
            actor=request.actor,
            at=clock.now(),
        )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    return True
