"""*Mes dépenses*: a coopérant photographs a receipt, sends it, and reads what became of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.money import euros
from ct_platform.kit.once import once
from documents.downloads import scan_of
from projects import perms, selectors
from projects.forms.spending import ClaimForm, today_first
from projects.models import ExpenseClaim, Receipt
from projects.selectors.spending import limits_of, own_claims
from projects.services import spending


@reads
def my_expenses(request: ActorRequest) -> HttpResponse:
    allow(perms.may_open_my_hours(request.actor))
    own = selectors.own_enrolment(request.actor)
    context = {
        "claims": own_claims(request.actor),
        "may_send": perms.may_send_expense(request.actor, own),
    }
    return render(request, "projects/my_expenses.html", context)


@form_page
def send(request: ActorRequest) -> HttpResponse:
    allow(perms.may_open_my_hours(request.actor))
    own = selectors.own_enrolment(request.actor)
    allow(perms.may_send_expense(request.actor, own))
    today = clock.today()
    form = ClaimForm(
        request.POST or None,
        request.FILES or None,
        projects=selectors.projects_of(own.cohort_id),
        limits=limits_of(own.cohort_id, day=today, holder_id=own.pk),
        own=True,
        initial=today_first(today),
    )
    done = _sent(request, own, form) if form.is_valid() else None
    return done or render(request, "projects/send_expense.html", {"form": form})


def _sent(request: ActorRequest, own: Enrolment, form: ClaimForm) -> HttpResponse | None:
    def act() -> str:
        claim = spending.send_claim(
            enrolment=own, actor=request.actor, at=clock.now(), **form.values()
        )
        words = {"what": claim.label, "amount": euros(claim.total)}
        messages.success(request, _("C’est envoyé : %(what)s, %(amount)s.") % words)
        return reverse("projects:my_expenses")

    try:
        return once(request, form.cleaned_data["submission_key"], act)
    except Refused as refusal:
        refuse_in(form, refusal)
        return None


@writes
def take_back(request: ActorRequest, claim_id: int) -> HttpResponse:
    rows = ExpenseClaim.objects.visible_to(request.actor).select_related("enrolment")
    claim = get_object_or_404(rows, pk=claim_id)
    allow(request.actor.enrolment_id == claim.enrolment_id)
    try:
        spending.take_back_claim(claim=claim, actor=request.actor, at=clock.now())
        messages.success(request, _("C’est repris. La coordination ne la verra plus."))
    except Refused:
        messages.error(request, _("La coordination a déjà répondu. Lis sa réponse ici."))
    return redirect("projects:my_expenses")


@reads
def receipt(request: ActorRequest, receipt_id: int) -> HttpResponse:
    """Who sent it, the coordination, the host: nobody else of the group."""
    found = get_object_or_404(Receipt.objects.visible_to(request.actor), pk=receipt_id)
    try:
        content = spending.read_receipt(found)
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal
    return scan_of(content, name=f"justificatif-{found.pk}", suffix=found.suffix)
