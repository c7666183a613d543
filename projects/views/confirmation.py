"""What colleagues do: "oui, c'était bien ça", or a small open question."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from projects import perms, selectors
from projects.forms.hours import QuestionForm, seen_versions
from projects.models import WorkEntry
from projects.services import work


@reads
def to_confirm(request: ActorRequest) -> HttpResponse:
    """The hours of the others that wait, day by day."""
    allow(perms.may_open_my_hours(request.actor))
    own = selectors.own_enrolment(request.actor)
    context = {
        "days": selectors.days_to_confirm(own),
        "can_confirm": perms.may_confirm_with(request.actor, own),
    }
    return render(request, "projects/to_confirm.html", context)


@writes
def confirm(request: ActorRequest) -> HttpResponse:
    """Confirm one entry, or all those of a day; never one's own."""
    allow(perms.may_open_my_hours(request.actor))
    allow(perms.may_confirm_with(request.actor, selectors.own_enrolment(request.actor)))
    confirm_seen(request)
    return redirect("projects:to_confirm")


def confirm_seen(request: ActorRequest) -> None:
    """Confirm what the page showed, and say how it went. Rows out of sight make a 404."""
    try:
        seen = seen_versions(request.POST.getlist("entry"))
        rows = selectors.entries_in_sight(request.actor, seen)
        if len(rows) != len(seen):
            raise Http404
        count = work.confirm_hours(entries=rows, seen=seen, actor=request.actor, at=clock.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return
    if count:
        said = ngettext("C’est confirmé.", "C’est confirmé : %(count)s lignes.", count)
        messages.success(request, said % {"count": count})
    else:
        messages.info(request, _("C’était déjà confirmé."))


@form_page
def question(request: ActorRequest, entry_id: int) -> HttpResponse:
    """ "Ce n'est pas ça": a question to its author, in one sentence."""
    allow(perms.may_open_my_hours(request.actor))
    allow(perms.may_confirm_with(request.actor, selectors.own_enrolment(request.actor)))
    row = get_object_or_404(WorkEntry.objects.visible_to(request.actor).for_page(), pk=entry_id)
    allow(perms.may_question(request.actor, row))
    form = QuestionForm(request.POST or None, initial={"version": row.version})
    if form.is_valid() and ask(request, row, form):
        return redirect("projects:to_confirm")
    return render(request, "projects/question.html", {"entry": row, "form": form})


def ask(request: ActorRequest, row: WorkEntry, form: QuestionForm) -> bool:
    """Ask; False when the sentence of refusal stands in the form."""
    try:
        work.question_hours(
            entry=row,
            sentence=form.cleaned_data["question"],
            seen_version=form.cleaned_data["version"],
            actor=request.actor,
            at=clock.now(),
        )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return True
    name = row.enrolment.person.called
    messages.success(request, _("La question est posée à %s.") % name)
    return True
