"""Expenses sent from phones: the coordination looks at the receipt, then accepts or says why not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, form_page, reads, refuse_in, writes
from ct_platform.kit.money import euros
from projects import selectors
from projects.forms.spending import AcceptForm, RefuseForm
from projects.models import ExpenseClaim
from projects.selectors.spending import claims_waiting, limits_of
from projects.services import spending
from projects.views.cohort_hours import cohort_to_run


@reads
def claims(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    context = {"cohort": cohort, "claims": claims_waiting(cohort.pk)}
    return render(request, "projects/claims.html", context)


def _claim(cohort: Cohort, claim_id: int) -> ExpenseClaim:
    rows = ExpenseClaim.objects.of_cohort(cohort.pk).for_page()
    found: ExpenseClaim = get_object_or_404(rows, pk=claim_id)
    return found


@form_page
def claim(request: ActorRequest, cohort_id: int, claim_id: int) -> HttpResponse:
    """The receipt beside what was typed; accepting notes the expense."""
    cohort = cohort_to_run(request, cohort_id)
    found = _claim(cohort, claim_id)
    form = AcceptForm(
        request.POST or None,
        projects=selectors.projects_of(cohort.pk),
        limits=limits_of(cohort.pk, day=clock.today()),
        initial=AcceptForm.initial_of(found),
    )
    if form.is_valid():
        try:
            expense = spending.accept_claim(
                claim=found, actor=request.actor, at=clock.now(), **form.values()
            )
            words = {"what": expense.label, "amount": euros(expense.total)}
            messages.success(request, _("Acceptée : %(what)s, %(amount)s TVA comprise.") % words)
            return redirect("projects:claims", cohort_id=cohort.pk)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"cohort": cohort, "claim": found, "form": form, "refuse_form": RefuseForm()}
    return render(request, "projects/claim.html", context)


@writes
def refuse(request: ActorRequest, cohort_id: int, claim_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    found = _claim(cohort, claim_id)
    form = RefuseForm(request.POST)
    because = form.cleaned_data["because"] if form.is_valid() else ""
    try:
        spending.refuse_claim(claim=found, because=because, actor=request.actor, at=clock.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("projects:claim", cohort_id=cohort.pk, claim_id=found.pk)
    messages.success(request, _("La réponse est envoyée. La personne la lira sur sa page."))
    return redirect("projects:claims", cohort_id=cohort.pk)
