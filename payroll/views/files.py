"""What the host takes away from a run. Making a file writes who took it: it is asked by POST."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, reads, writes
from payroll import perms
from payroll.exports import offer
from payroll.services.exports import note_export
from payroll.views.freshness import fresh
from payroll.views.runs import find_run


@reads
def list_exports(request: ActorRequest, cohort_id: int, run_id: int) -> HttpResponse:
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_export(request.actor))
    context = {"run": run, "cohort": run.cohort, "offers": list(offer.offers(run, request.actor))}
    return render(request, "payroll/exports.html", context)


@fresh
@writes
def download(
    request: ActorRequest, cohort_id: int, run_id: int, export: str
) -> StreamingHttpResponse:
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_export(request.actor))
    if export not in offer.CODES:
        raise Http404
    made = offer.make(run, export, request.actor)
    note_export(run=run, code=export, filename=made.filename, actor=request.actor, at=clock.now())
    return StreamingHttpResponse(
        made.pieces,
        content_type=made.content_type,
        headers={"Content-Disposition": f'attachment; filename="{made.filename}"'},
    )
