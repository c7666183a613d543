"""The envelope: every figure of the pot, opened on its evidence."""

from django.http import HttpResponse
from django.shortcuts import render

from ct_platform.kit.http import ActorRequest, allow, reads
from payroll import perms
from payroll.selectors import in_force
from payroll.selectors.envelope import evidence_of
from payroll.selectors.pot import pot_of
from payroll.views.runs import find_run


@reads
def show_pot(request: ActorRequest, cohort_id: int, run_id: int) -> HttpResponse:
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_read_runs(request.actor))
    settings = in_force.settings_of_run(run)
    pot = pot_of(run, settings)
    context = {
        "run": run,
        "cohort": run.cohort,
        "pot": pot,
        "evidence": evidence_of(run, pot, settings),
        "may_edit": run.is_draft and perms.may_prepare_pay(request.actor),
    }
    return render(request, "payroll/pot.html", context)
