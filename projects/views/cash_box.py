"""Where the cash of a cohort is: its counts, what was carried to the host."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.money import euros
from projects import perms
from projects.forms.cash import HandoverForm
from projects.models import CashHandover
from projects.selectors.cash import cash_box, counts_page, handovers_of
from projects.services import cash
from projects.views.cohort_hours import cohort_to_run
from projects.views.payments import cohort_of_money


@reads
def cohort_cash(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """The box, the counts, the handovers."""
    cohort = cohort_of_money(request, cohort_id)
    context = {
        "cohort": cohort,
        "box": cash_box(cohort.pk),
        "page": counts_page(request.actor, cohort.pk, request.GET.get("page", "")),
        "handovers": handovers_of(cohort.pk),
        "may_run": perms.may_run(request.actor, cohort),
    }
    return render(request, "projects/cash/cohort.html", context)


@form_page
def hand_over(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """Cash carried to the host: how much, when, from whom, to whom."""
    cohort = cohort_to_run(request, cohort_id)
    box = cash_box(cohort.pk)
    form = HandoverForm(request.POST or None, initial={"handed_on": clock.today()})
    if form.is_valid():
        try:
            made = cash.hand_over(
                cohort=cohort, actor=request.actor, at=clock.now(), **form.values()
            )
            messages.success(request, _("C’est noté : %s remis.") % euros(made.amount))
            return redirect("projects:cohort_cash", cohort.pk)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"cohort": cohort, "form": form, "box": box}
    return render(request, "projects/cash/hand_over.html", context)


@writes
def take_back(request: ActorRequest, cohort_id: int, handover_id: int) -> HttpResponse:
    """A handover that was wrong."""
    cohort = cohort_to_run(request, cohort_id)
    rows = CashHandover.objects.of_cohort(cohort.pk)
    handover: CashHandover = get_object_or_404(rows, pk=handover_id)
    allow(perms.may_run(request.actor, cohort))
    try:
        cash.take_back(handover=handover, actor=request.actor, at=clock.now())
        messages.success(request, _("La ligne est annulée par une autre."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:cohort_cash", cohort.pk)
