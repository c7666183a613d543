"""The rules of voting: adopted by the group with its coordinator, read by everybody."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from decisions import perms
from decisions.forms.statutes import StatutesForm
from decisions.models import Statutes
from decisions.selectors.running import voters_today
from decisions.selectors.statutes import may_still_adopt, statutes_in_force, voting_rules
from decisions.services.statutes import adopt_statutes


@reads
def read(request: ActorRequest) -> HttpResponse:
    allow(perms.may_take_part(request.actor))
    cohort_id, today = request.actor.cohort_id or 0, clock.today()
    rules = voting_rules(cohort_id, today, voters_today(cohort_id, today))
    return render(request, "decisions/rules.html", {"rules": rules})


@form_page
def adopt(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """The guided page while the group may still adopt its rules; afterwards the rules themselves."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.actor), pk=cohort_id)
    allow(perms.may_run_votes(request.actor, cohort))
    today = clock.today()
    voters = voters_today(cohort_id, today)
    shown = statutes_in_force(cohort_id, today) or Statutes()
    form = StatutesForm(_typed(request), voters=voters, shown=shown)
    if form.is_bound and form.is_valid():
        try:
            adopt_statutes(
                cohort=cohort,
                rules=form.rules,
                agreed=form.cleaned_data["agreed"],
                actor=request.actor,
                at=clock.now(),
            )
            return redirect("decisions:statutes", cohort_id)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {
        "cohort": cohort,
        "form": form,
        "voters": voters,
        "open": may_still_adopt(cohort_id),
        "rules": voting_rules(cohort_id, today, voters),
    }
    return render(request, "decisions/statutes.html", context)


def _typed(request: ActorRequest) -> object:
    return request.POST if request.method == "POST" else None
