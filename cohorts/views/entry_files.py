"""The file of one person, for who coordinates: what is known, what is missing, what was corrected."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.forms.entry_files import AddressForm, ContactForm, ExitForm, ProofForm, QuestionsForm
from cohorts.models import Cohort, Enrolment
from cohorts.perms import entry_files as perms
from cohorts.questionnaire import ADDRESS_STEP, CONTACT_STEP, after, question, step_of
from cohorts.selectors import entry_files as selectors
from cohorts.selectors.entry_files import PersonFile
from cohorts.services.entry_files import note_move, write_address, write_answers, write_contact
from cohorts.services.exits import note_exit
from cohorts.services.proofs import add_proof, open_proof
from cohorts.services.questionnaires import issue_questionnaire
from cohorts.views.scope import cohort_in_sight, enrolment_in, proof_in
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from documents.downloads import scan_of


def _found(request: ActorRequest, cohort_id: int, enrolment_id: int) -> tuple[Cohort, Enrolment]:
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_read_file(request.actor, cohort))
    request.page_cohort = cohort
    return cohort, enrolment_in(cohort, request.actor, enrolment_id)


@reads
def file(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    cohort, enrolment = _found(request, cohort_id, enrolment_id)
    kept = selectors.file_of(enrolment, clock.today())
    page = {
        "cohort": cohort,
        "file": kept,
        "steps": selectors.steps_of(kept),
        "said": selectors.said_of(kept),
        "corrections": selectors.corrections_of(enrolment),
        "has_sensitive": selectors.has_sensitive(enrolment),
        "records": selectors.access_of(enrolment.person_id),
        "proof_form": ProofForm(),
        "can_write": perms.can_write_file(request.actor, enrolment),
    }
    return render(request, "cohorts/file/person.html", page)


@form_page
def step(request: ActorRequest, cohort_id: int, enrolment_id: int, step: str) -> HttpResponse:
    """One page of the file."""
    cohort, enrolment = _found(request, cohort_id, enrolment_id)
    allow(perms.can_write_file(request.actor, enrolment))
    asked = step_of(step)
    if asked is None:
        raise Http404
    kept = selectors.file_of(enrolment, clock.today())
    form = bind_step(request, kept, step, own=False)
    if request.method == "POST" and form.is_valid() and keep_step(request, kept, form):
        messages.success(request, _("C’est enregistré."))
        return redirect(_next(request, kept, step))
    page = {"cohort": cohort, "file": kept, "step": asked, "form": form}
    return render(request, "cohorts/file/step.html", page)


def _next(request: ActorRequest, kept: PersonFile, step: str) -> str:
    """The following page when the button says so, else the file."""
    where = {"cohort_id": kept.enrolment.cohort_id, "enrolment_id": kept.enrolment.pk}
    following = after(step)
    if "next" in request.POST and following is not None:
        return reverse("cohorts:file_step", kwargs={**where, "step": following.code})
    return reverse("cohorts:file", kwargs=where)


StepForm = ContactForm | AddressForm | QuestionsForm


def bind_step(request: ActorRequest, kept: PersonFile, step: str, *, own: bool) -> StepForm:
    """The form of a page, for the person ("tu") or for the desk."""
    sent = request.POST if request.method == "POST" else None
    frozen = kept.is_frozen(clock.today())
    if step == CONTACT_STEP:
        return ContactForm(sent, file=kept, own=own)
    if step == ADDRESS_STEP:
        return AddressForm(sent, file=kept, own=own, frozen=frozen)
    asked = step_of(step)
    return QuestionsForm(
        sent,
        questions=[question(code) for code in asked.questions] if asked else [],
        answers=kept.answers,
        entered_on=kept.entered_on,
        own=own,
        frozen=frozen,
    )


def keep_step(request: ActorRequest, kept: PersonFile, form: StepForm) -> bool:
    """Hand a valid page to its service; False when it was refused, in words beside the field."""
    who = {"enrolment": kept.enrolment, "actor": request.actor}
    try:
        if isinstance(form, ContactForm):
            write_contact(**who, **form.cleaned_data, at=clock.now())
        elif isinstance(form, AddressForm):
            _keep_address(request, kept, form)
        else:
            write_answers(**who, answers=form.answers, reason=form.reason, at=clock.now())
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    return True


def _keep_address(request: ActorRequest, kept: PersonFile, form: AddressForm) -> None:
    where = form.where
    if form.is_move:
        where.pop("insee")
        note_move(enrolment=kept.enrolment, actor=request.actor, **where)
        messages.info(request, _("La nouvelle adresse est notée. Celle de l’entrée reste."))
        return
    write_address(
        enrolment=kept.enrolment,
        **where,
        reason=form.cleaned_data.get("reason", ""),
        actor=request.actor,
        at=clock.now(),
    )


@form_page
def leaving(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    """The situation upon leaving; its category is shown, never typed."""
    cohort, enrolment = _found(request, cohort_id, enrolment_id)
    allow(perms.can_correct_file(request.actor, enrolment))
    kept = selectors.file_of(enrolment, clock.today())
    form = ExitForm(
        request.POST if request.method == "POST" else None, file=kept, today=clock.today()
    )
    if request.method == "POST" and form.is_valid():
        try:
            note_exit(enrolment=enrolment, **form.facts, actor=request.actor, at=clock.now())
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("La sortie est notée."))
            return redirect("cohorts:file", cohort.pk, enrolment.pk)
    page = {"cohort": cohort, "file": kept, "form": form}
    return render(request, "cohorts/file/exit.html", page)


@writes
def keep_proof(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    cohort, enrolment = _found(request, cohort_id, enrolment_id)
    allow(perms.can_correct_file(request.actor, enrolment))
    form = ProofForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(
            request, " ".join(str(error) for errors in form.errors.values() for error in errors)
        )
        return redirect("cohorts:file", cohort.pk, enrolment.pk)
    add_proof(
        enrolment=enrolment,
        kind=form.cleaned_data["kind"],
        content=form.cleaned_data["file"],
        actor=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("La pièce est rangée."))
    return redirect("cohorts:file", cohort.pk, enrolment.pk)


@writes
def read_proof(
    request: ActorRequest, cohort_id: int, enrolment_id: int, proof_id: int
) -> HttpResponse:
    """POST: opening a scan is recorded, and what only looks does not write."""
    cohort, enrolment = _found(request, cohort_id, enrolment_id)
    proof = proof_in(enrolment, request.actor, proof_id)
    try:
        content = open_proof(proof=proof, actor=request.actor, at=clock.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("cohorts:file", cohort.pk, enrolment.pk)
    return scan_of(content, name=f"{proof.kind}-{enrolment.pk}-{proof.pk}", suffix=proof.suffix)


@writes
def print_questionnaire(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    _cohort, enrolment = _found(request, cohort_id, enrolment_id)
    allow(perms.can_correct_file(request.actor, enrolment))
    document = issue_questionnaire(enrolment=enrolment, actor=request.actor, at=clock.now())
    return redirect("documents:download", document.pk)
