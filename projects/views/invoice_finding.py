"""An invoice in sight, and what one may do with it: what every view of one begins with."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from ct_platform.kit.http import ActorRequest, allow
from projects import perms
from projects.models import Invoice


def invoice_url(invoice: Invoice) -> str:
    return reverse("projects:invoice", args=[invoice.cohort_id, invoice.pk])


def find_invoice(request: ActorRequest, cohort_id: int, invoice_id: int) -> Invoice:
    """An invoice in sight (404) that one may read (403): the coordination, and the host."""
    rows = Invoice.objects.visible_to(request.actor).select_related(
        "cohort__host", "cohort__territory", "host", "customer", "document", "corrects", "quote"
    )
    invoice: Invoice = get_object_or_404(rows, cohort_id=cohort_id, pk=invoice_id)
    allow(perms.may_read_sales(request.actor, invoice.cohort))
    request.page_cohort = invoice.cohort
    return invoice


def find_to_run(request: ActorRequest, cohort_id: int, invoice_id: int) -> Invoice:
    invoice = find_invoice(request, cohort_id, invoice_id)
    allow(perms.may_run(request.actor, invoice.cohort))
    return invoice


def find_to_correct(request: ActorRequest, cohort_id: int, invoice_id: int) -> Invoice:
    """To give back: an issued invoice, or the credit note on its way to the customer."""
    invoice = find_invoice(request, cohort_id, invoice_id)
    corrects = perms.may_correct_sales(request.actor, invoice.cohort)
    allow(corrects or perms.may_run(request.actor, invoice.cohort))
    return invoice


def find_to_validate(request: ActorRequest, cohort_id: int, invoice_id: int) -> Invoice:
    invoice = find_invoice(request, cohort_id, invoice_id)
    allow(perms.may_validate_sales(request.actor, invoice.cohort))
    return invoice
