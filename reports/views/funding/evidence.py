"""The proofs a control asks for: of a cohort, or of all those of an operation."""

from collections.abc import Sequence

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, reads
from reports.exports.evidence import bundle, workbook
from reports.exports.xlsx import Workbook
from reports.models import Operation
from reports.perms import funding as perms
from reports.poster import poster_of
from reports.selectors.evidence import evidence_of, papers_of
from reports.selectors.funding import cohorts_of_operation
from reports.views.funding.indicators import sheet_answer
from reports.views.funding.scope import operation_in_sight


def _cohort(request: ActorRequest, cohort_id: int) -> Cohort:
    rows = Cohort.objects.visible_to(request.actor).select_related("territory", "host")
    found: Cohort = get_object_or_404(rows, pk=cohort_id)
    allow(perms.can_prove(request.actor))
    return found


def _operation(request: ActorRequest, operation_id: int) -> Operation:
    found = operation_in_sight(request, operation_id)
    allow(perms.can_prove(request.actor))
    return found


def _book(request: ActorRequest, name: str, cohorts: Sequence[Cohort]) -> Workbook:
    today = clock.today()
    papers = papers_of(request.actor, cohorts)
    return workbook(slugify(name), cohorts, evidence_of(cohorts, today), papers, today)


@reads
def of_cohort(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = request.page_cohort = _cohort(request, cohort_id)
    found = evidence_of([cohort], clock.today())
    page = {"cohort": cohort, "evidence": found, "title": cohort.name, "is_eu": cohort.eu_funded}
    return render(request, "reports/funding/evidence.html", page)


@reads
def sheet_of_cohort(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = _cohort(request, cohort_id)
    return sheet_answer(_book(request, cohort.name, [cohort]))


@reads
def of_operation(request: ActorRequest, operation_id: int) -> HttpResponse:
    operation = _operation(request, operation_id)
    found = evidence_of(cohorts_of_operation(operation), clock.today())
    page = {"operation": operation, "evidence": found, "title": operation.name, "is_eu": True}
    return render(request, "reports/funding/evidence.html", page)


@reads
def sheet_of_operation(request: ActorRequest, operation_id: int) -> HttpResponse:
    operation = _operation(request, operation_id)
    return sheet_answer(_book(request, operation.number, cohorts_of_operation(operation)))


@reads
def bundle_of_operation(request: ActorRequest, operation_id: int) -> StreamingHttpResponse:
    """The list and every paper the coordination may open; slips stay with the host."""
    operation = _operation(request, operation_id)
    cohorts = cohorts_of_operation(operation)
    papers = [one for one in papers_of(request.actor, cohorts) if one.is_ready]
    pieces = bundle(_book(request, operation.number, cohorts), papers)
    answer = StreamingHttpResponse(pieces, content_type="application/zip")
    name = f"preuves-{slugify(operation.number)}-{clock.today().isoformat()}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@reads
def poster(request: ActorRequest, operation_id: int) -> HttpResponse:
    """For the coordination and whoever pays: the poster names nobody."""
    operation = operation_in_sight(request, operation_id)
    made = poster_of(operation, cohorts_of_operation(operation))
    headers = {"Content-Disposition": f'attachment; filename="{made.filename}"'}
    return HttpResponse(made.content, content_type="application/pdf", headers=headers)
