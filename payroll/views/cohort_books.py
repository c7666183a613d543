"""The books of a cohort for a period. Making a file writes who took it: it is asked by POST."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError
from ct_platform.kit.http import ActorRequest, allow, reads, writes
from payroll import perms
from payroll.exports.cohort import offer
from payroll.forms.cohort_books import PeriodForm, whole_cohort
from payroll.selectors.exports import books_taken
from payroll.services.exports import note_book


def _cohort(request: ActorRequest, cohort_id: int) -> Cohort:
    rows = Cohort.objects.visible_to(request.actor).select_related("host")
    cohort: Cohort = get_object_or_404(rows, pk=cohort_id)
    allow(perms.may_take_books(request.actor))
    return cohort


@reads
def cohort_books(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = _cohort(request, cohort_id)
    default = whole_cohort(cohort, clock.today())
    form = PeriodForm(request.GET if "du" in request.GET else default)
    period = form.period if form.is_valid() else None
    taken = books_taken(cohort.pk)
    rows = [(one, taken.get(one.code)) for one in offer.offers()]
    context = {"cohort": cohort, "form": form, "period": period, "rows": rows}
    return render(request, "payroll/cohort_books.html", context)


@writes
def download(request: ActorRequest, cohort_id: int, book: str) -> HttpResponseBase:
    cohort = _cohort(request, cohort_id)
    if book not in offer.CODES:
        raise Http404
    form = PeriodForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choisissez d’abord deux jours, le premier puis le dernier."))
        return redirect("payroll:cohort_books", cohort_id=cohort.pk)
    try:
        made = offer.make(book, cohort, form.period)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("payroll:cohort_books", cohort_id=cohort.pk)
    note_book(
        cohort=cohort, code=book, filename=made.filename, person_ids=made.person_ids,
        actor=request.actor, at=clock.now(),
    )  # fmt: skip
    return StreamingHttpResponse(
        made.pieces,
        content_type=made.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{made.filename}"',
            "Cache-Control": "private, no-store",
        },
    )
