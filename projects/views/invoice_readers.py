"""Who only reads: the group its own invoices, a customer with a link, a statement of account."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, reads
from documents.downloads import file_of
from members.limits import Limit, address_of
from members.middleware import public
from projects import perms
from projects.forms.invoices import StatementForm
from projects.models import Customer
from projects.papers.statement import draw_statement
from projects.selectors.invoices import invoice_by_key, own_invoices
from projects.selectors.statements import Statement, statement_of
from projects.services.invoices.links import invoice_of
from projects.views.cohort_hours import cohort_to_run

# Addresses that are not links of ours.
WRONG = Limit("invoice-link", tries=20, seconds=600)


@reads
def my_invoices(request: ActorRequest) -> HttpResponse:
    """What one's cooperative invoiced: to whom, how much, paid or not. No address of anybody."""
    allow(perms.may_read_own_invoices(request.actor))
    page = own_invoices(
        request.actor.cohort_id or 0, number=request.GET.get("page", ""), today=clock.today()
    )
    return render(request, "projects/invoices/mine.html", {"page": page})


@public
@reads
def invoice_link(request: HttpRequest, token: str) -> HttpResponse | FileResponse:
    """The customer, without an account: the PDF of one invoice, and nothing else."""
    if not WRONG.take(address_of(request)):
        return render(request, "429.html", status=429)
    key = invoice_of(token)
    invoice = invoice_by_key(key) if key is not None else None
    if invoice is None or invoice.document is None:
        raise Http404
    WRONG.give_back(address_of(request))
    answer: HttpResponse | FileResponse
    if invoice.document.is_ready:
        answer = file_of(invoice.document)
    else:
        answer = render(request, "projects/invoices/not_ready.html", status=202)
    answer.headers["Cache-Control"] = "no-store, private"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _statement(request: ActorRequest, cohort_id: int, customer_id: int) -> Statement:
    cohort = cohort_to_run(request, cohort_id)
    rows = Customer.objects.of_cohort(cohort.pk).select_related("cohort__host")
    customer: Customer = get_object_or_404(rows, pk=customer_id)
    form = StatementForm(request.GET)
    asked = form.cleaned_data["until"] if form.is_valid() else None
    return statement_of(customer, asked or clock.today())


@reads
def statement(request: ActorRequest, cohort_id: int, customer_id: int) -> HttpResponse:
    """The account of a customer who pays by the month."""
    told = _statement(request, cohort_id, customer_id)
    context = {
        "statement": told,
        "cohort": told.customer.cohort,
        "form": StatementForm(initial={"until": told.until}),
    }
    return render(request, "projects/invoices/statement.html", context)


@reads
def statement_pdf(request: ActorRequest, cohort_id: int, customer_id: int) -> HttpResponse:
    """The same on paper. It is no invoice: no number, no code."""
    content = draw_statement(_statement(request, cohort_id, customer_id))
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="releve-client-{customer_id}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
