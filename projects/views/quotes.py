"""Quotes of a cohort: the room of selling, the list, a draft to write. Coordination."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Frozen, Refused, Stale
from ct_platform.kit.http import ActorRequest, form_page, reads, refuse_in
from ct_platform.kit.once import once
from projects import selectors
from projects.forms.lines import LinesForm, lines_form, shows_vat_included, wants_more
from projects.forms.quotes import EditQuoteForm, NewQuoteForm, QuoteFields, retyped
from projects.models import Quote
from projects.selectors.catalogue import catalogue_of
from projects.selectors.customers import customers_to_choose
from projects.selectors.quotes import hub, lines_of, quotes_page
from projects.services import quotes as services
from projects.services.lines import LineRefused
from projects.views.cohort_hours import cohort_to_run


@reads
def selling(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """The room of selling: customers, products, quotes, invoices."""
    cohort = cohort_to_run(request, cohort_id)
    return render(request, "projects/selling/hub.html", {"hub": hub(cohort), "cohort": cohort})


@reads
def quotes(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    page = quotes_page(cohort, tab=request.GET.get("vue", ""), number=request.GET.get("page", ""))
    return render(request, "projects/selling/quotes.html", {"page": page, "cohort": cohort})


@form_page
def add_quote(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    customers = customers_to_choose(cohort.pk)
    if not customers or not selectors.projects_of(cohort.pk):
        return _first_of_all(request, cohort, has_customers=bool(customers))
    catalogue = catalogue_of(cohort, clock.today())
    data = request.POST if request.method == "POST" else None
    lines = lines_form(data, catalogue=catalogue)
    if data is not None and not wants_more(data):
        form = NewQuoteForm(data, customers=customers)
        if done := _saved(request, cohort, form, lines):
            return done
    else:
        initial = retyped(data) if data else {"customer": request.GET.get("client", "")}
        form = NewQuoteForm(initial=initial, customers=customers)
    context = {"form": form, "lines": lines, "cohort": cohort}
    return render(request, "projects/selling/write_quote.html", context)


def _first_of_all(request: ActorRequest, cohort: Cohort, *, has_customers: bool) -> HttpResponse:
    if has_customers:
        messages.info(request, _("Ouvrez d’abord une activité."))
        return redirect("projects:add_project", cohort_id=cohort.pk)
    messages.info(request, _("Notez d’abord à qui : un client."))
    return redirect("projects:add_customer", cohort_id=cohort.pk)


def _saved(
    request: ActorRequest,
    cohort: Cohort,
    form: Any,
    lines: LinesForm,
    quote: Quote | None = None,
) -> HttpResponse | None:
    """The answer once written; None while it is not, each sentence beside its field."""
    is_valid = form.is_valid()
    if not (lines.is_valid() and is_valid):
        return None
    try:
        if quote is not None:
            return _changed(request, quote, form, lines)
        key = form.cleaned_data["submission_key"]
        return once(request, key, lambda: _written(request, cohort, form, lines))
    except LineRefused as refusal:
        lines.refuse(refusal)
    except Refused as refusal:
        refuse_in(form, refusal)
    return None


def _changed(request: ActorRequest, quote: Quote, form: Any, lines: LinesForm) -> HttpResponse:
    try:
        services.change_quote(
            quote=quote, said=form.said(lines), seen_version=form.cleaned_data["version"],
            actor=request.actor, at=clock.now(),
        )  # fmt: skip
        messages.success(request, _("Le brouillon est enregistré."))
    except (Frozen, Stale) as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:quote", cohort_id=quote.cohort_id, quote_id=quote.pk)


def _written(request: ActorRequest, cohort: Cohort, form: QuoteFields, lines: LinesForm) -> str:
    made = services.write_quote(
        cohort=cohort, said=form.said(lines), actor=request.actor, at=clock.now(),
        key=form.cleaned_data["submission_key"],
    )  # fmt: skip
    messages.success(request, _("Le brouillon est écrit. Relisez-le avant de l’envoyer."))
    return reverse("projects:quote", args=[cohort.pk, made.pk])


@form_page
def edit_quote(request: ActorRequest, cohort_id: int, quote_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    rows = Quote.objects.of_cohort(cohort.pk).select_related("cohort__host", "customer")
    quote: Quote = get_object_or_404(rows, pk=quote_id)
    if not quote.is_draft:
        return redirect("projects:quote", cohort_id=cohort.pk, quote_id=quote.pk)
    stored = lines_of(quote)
    with_vat = shows_vat_included(stored, quote.customer)
    customers = customers_to_choose(cohort.pk)
    data = request.POST if request.method == "POST" else None
    lines = lines_form(
        data, catalogue=catalogue_of(cohort, clock.today()), lines=stored, with_vat=with_vat
    )
    if data is not None and not wants_more(data):
        form = EditQuoteForm(data, customers=customers)
        if done := _saved(request, cohort, form, lines, quote):
            return done
    else:
        initial = retyped(data) if data else EditQuoteForm.initial_of(quote, with_vat=with_vat)
        form = EditQuoteForm(initial=initial, customers=customers)
    context = {"form": form, "lines": lines, "cohort": cohort, "quote": quote}
    return render(request, "projects/selling/write_quote.html", context)
