"""Invoices of a cohort: the list, a draft to write or mend, from an accepted quote. Coordination."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Frozen, Refused, Stale
from ct_platform.kit.http import ActorRequest, form_page, reads, refuse_in
from ct_platform.kit.once import once
from projects.forms.invoices import (
    BillQuoteForm,
    DepositForm,
    EditInvoiceForm,
    NewInvoiceForm,
    retyped,
)
from projects.forms.lines import LinesForm, lines_form, shows_vat_included, wants_more
from projects.models import Invoice, Quote
from projects.selectors import projects_of
from projects.selectors.catalogue import catalogue_of
from projects.selectors.invoice_page import sold_lines
from projects.selectors.invoices import customers_to_invoice, deposits_of_cohort, invoices_page
from projects.services import invoices as services
from projects.services.lines import LineRefused, build_lines
from projects.views.cohort_hours import cohort_to_run
from projects.views.invoice_finding import find_to_run, invoice_url


@reads
def invoices(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    page = invoices_page(
        cohort,
        tab=request.GET.get("vue", ""),
        number=request.GET.get("page", ""),
        today=clock.today(),
    )
    return render(request, "projects/invoices/invoices.html", {"page": page, "cohort": cohort})


@form_page
def add_invoice(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    customers = customers_to_invoice(cohort.pk)
    if not customers or not projects_of(cohort.pk):
        messages.info(request, _("Il faut d’abord une activité et un client."))
        missing = "activities" if customers else "add_customer"
        return redirect(f"projects:{missing}", cohort_id=cohort.pk)
    catalogue = catalogue_of(cohort, clock.today())
    data = request.POST if request.method == "POST" else None
    lines = lines_form(data, catalogue=catalogue)
    offered: Any = {"customers": customers, "deposits": deposits_of_cohort(cohort.pk)}
    if data is not None and not wants_more(data):
        form = NewInvoiceForm(data, **offered)
        if done := _saved(request, cohort, form, lines):
            return done
    else:
        begun = {"customer": request.GET.get("client", ""), "sold_from": clock.today()}
        form = NewInvoiceForm(initial=retyped(data) if data else begun, **offered)
    context = {"form": form, "lines": lines, "cohort": cohort}
    return render(request, "projects/invoices/write.html", context)


def _saved(
    request: ActorRequest,
    cohort: Cohort,
    form: Any,
    lines: LinesForm,
    invoice: Invoice | None = None,
) -> HttpResponse | None:
    """The answer once written; None while it is not, each sentence beside its field."""
    is_valid = form.is_valid()
    if not (lines.is_valid() and is_valid):
        return None
    try:
        if invoice is None:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _written(request, cohort, form, lines))
        services.change_draft(
            invoice=invoice, seen_version=form.cleaned_data["version"],
            lines=_built(form, lines), actor=request.actor, at=clock.now(), **form.values(),
        )  # fmt: skip
        messages.success(request, _("Le brouillon est enregistré."))
    except LineRefused as refusal:
        lines.refuse(refusal)
        return None
    except Refused as refusal:
        refuse_in(form, refusal)
        return None
    except (Frozen, Stale) as refusal:
        messages.error(request, str(refusal))
    return redirect(invoice_url(invoice)) if invoice else None


def _built(form: Any, lines: LinesForm) -> Any:
    catalogue = lines.form_kwargs["catalogue"]
    return build_lines(asked=lines.asked(with_vat=form.with_vat), catalogue=catalogue)


def _written(request: ActorRequest, cohort: Cohort, form: Any, lines: LinesForm) -> str:
    made = services.write_draft(
        cohort=cohort, lines=_built(form, lines), actor=request.actor, at=clock.now(),
        client_uuid=form.cleaned_data["submission_key"], **form.values(),
    )  # fmt: skip
    messages.success(request, _("Le brouillon est écrit. Relisez-le : émis, il ne change plus."))
    return invoice_url(made)


@form_page
def edit_invoice(request: ActorRequest, cohort_id: int, invoice_id: int) -> HttpResponse:
    invoice = find_to_run(request, cohort_id, invoice_id)
    if not invoice.is_editable:
        return redirect(invoice_url(invoice))
    cohort, stored = invoice.cohort, sold_lines(invoice)
    with_vat = shows_vat_included(stored, invoice.customer)
    taken = services.taken_off(invoice)
    data = request.POST if request.method == "POST" else None
    catalogue = catalogue_of(cohort, clock.today())
    lines = lines_form(data, catalogue=catalogue, lines=stored, with_vat=with_vat)
    offered: Any = {
        "customers": customers_to_invoice(cohort.pk, also=invoice.customer_id),
        "deposits": deposits_of_cohort(cohort.pk, also=invoice),
    }
    if data is not None and not wants_more(data):
        form = EditInvoiceForm(data, **offered)
        if done := _saved(request, cohort, form, lines, invoice):
            return done
    else:
        begun = EditInvoiceForm.initial_of(invoice, taken, with_vat=with_vat)
        form = EditInvoiceForm(initial=retyped(data) if data else begun, **offered)
    context = {"form": form, "lines": lines, "cohort": cohort, "invoice": invoice}
    return render(request, "projects/invoices/write.html", context)


@form_page
def invoice_of_quote(request: ActorRequest, cohort_id: int, quote_id: int) -> HttpResponse:
    """An accepted quote: ask a deposit, or invoice it all."""
    cohort = cohort_to_run(request, cohort_id)
    rows = Quote.objects.of_cohort(cohort.pk).select_related("customer")
    quote: Quote = get_object_or_404(rows, pk=quote_id)
    data = request.POST if request.method == "POST" else None
    asks_deposit = data is not None and "acompte" in data
    whole = BillQuoteForm(
        None if asks_deposit else data, initial={"sold_from": clock.today()}, prefix="tout"
    )
    part = DepositForm(data if asks_deposit else None, initial={"percent": 30}, prefix="acompte")
    form: Any = part if asks_deposit else whole
    if data is not None and form.is_valid():
        try:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _billed(request, quote, form, asks_deposit))
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"quote": quote, "cohort": cohort, "whole": whole, "part": part}
    return render(request, "projects/invoices/from_quote.html", context)


def _billed(request: ActorRequest, quote: Quote, form: Any, asks_deposit: bool) -> str:
    typed = dict(form.cleaned_data)
    key = typed.pop("submission_key")
    act: Any = services.ask_deposit if asks_deposit else services.invoice_quote
    made = act(quote=quote, client_uuid=key, actor=request.actor, at=clock.now(), **typed)
    messages.success(request, _("Le brouillon est écrit. Relisez-le : émis, il ne change plus."))
    return invoice_url(made)
