"""One invoice: read by the coordination and the host, looked at, issued, sent, dropped."""

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Stale
from ct_platform.kit.http import ActorRequest, acted, allow, reads, writes
from projects import perms
from projects.forms.invoices import (
    HandedForm,
    HostNumberForm,
    MailInvoiceForm,
    SeenForm,
    SendBackForm,
)
from projects.forms.paying import PaymentForm, payment_form
from projects.models import Invoice
from projects.selectors.invoice_page import InvoicePage, invoice_page
from projects.selectors.invoices import host_invoices as issued_of_host
from projects.services import invoices as services
from projects.services.invoices.links import link_of
from projects.views.invoice_finding import (
    find_invoice,
    find_to_correct,
    find_to_run,
    find_to_validate,
    invoice_url,
)


def _acted(
    request: ActorRequest, invoice: Invoice, act: Callable[[], object], done: str
) -> HttpResponse:
    acted(request, act, done)
    return redirect(invoice_url(invoice))


def _seen(request: ActorRequest) -> int:
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Stale(_("Cette page n’est plus à jour. Rechargez-la."))
    seen: int = form.cleaned_data["version"]
    return seen


def _payment_form(page: InvoicePage, may_take: bool, today: dt.date) -> PaymentForm | None:
    if page.money is None or not may_take:
        return None
    return payment_form(None, left=page.money.left, is_credit=page.invoice.is_credit, today=today)


@reads
def invoice(request: ActorRequest, cohort_id: int, invoice_id: int) -> HttpResponse:
    row = find_invoice(request, cohort_id, invoice_id)
    today = clock.today()
    page = invoice_page(row, today)
    may_take = perms.may_take_money(request.actor, row.cohort)
    context = {
        "page": page,
        "money": page.money,
        "may_take": may_take,
        "payment_form": _payment_form(page, may_take, today),
        "invoice": row,
        "cohort": row.cohort,
        "today": today,
        "may_run": perms.may_run(request.actor, row.cohort),
        "may_correct": perms.may_correct_sales(request.actor, row.cohort),
        "may_validate": perms.may_validate_sales(request.actor, row.cohort),
        "mail_form": MailInvoiceForm(initial={"to": row.customer.email}),
        "handed_form": HandedForm(),
        "back_form": SendBackForm(),
        "number_form": HostNumberForm(initial={"issued_on": today, "version": row.version}),
        "link": link_of(row.pk) if row.is_issued and not row.numbered_by_host else "",
    }
    return render(request, "projects/invoices/invoice.html", context)


@reads
def invoice_preview(request: ActorRequest, cohort_id: int, invoice_id: int) -> HttpResponse:
    """The PDF as it would be today; nothing is written."""
    row = find_invoice(request, cohort_id, invoice_id)
    try:
        with transaction.atomic():
            content = services.preview_invoice(invoice=row, at=clock.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(invoice_url(row))
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@writes
def submit_invoice(request: ActorRequest, cohort_id: int, invoice_id: int) -> HttpResponse:
    row = find_to_run(request, cohort_id, invoice_id)
    return _acted(
        request, row,
        lambda: services.submit_invoice(
            invoice=row, seen_version=_seen(request), actor=request.actor, at=clock.now()
        ),
        _("C’est envoyé à la coopérative hôte."),
    )  # fmt: skip


@writes
def approve_invoice(request: ActorRequest, cohort_id: int, invoice_id: int) -> HttpResponse:
    row = find_to_validate(request, cohort_id, invoice_id)
    return _acted(
        request, row,
        lambda: services.approve_invoice(
            invoice=row, seen_version=_seen(request), actor=request.actor, at=clock.now()
        ),
        _("La facture est validée : elle peut être émise."),
    )  # fmt: skip


@writes
def send_back_invoice(request: ActorRequest, cohort_id: int, invoice_id: int) -> HttpResponse:
    """By the host, with what to change; or taken back by the coordination."""
    row, form = find_invoice(request, cohort_id, invoice_id), SendBackForm(request.POST)
    because = form.cleaned_data["because"] if form.is_valid() else ""
    if not because and perms.may_run(request.actor, row.cohort):
        because = _("Reprise par la coordination.")
    return _acted(
        request, row,
        lambda: services.send_back_invoice(
            invoice=row, because=because, actor=request.actor, at=clock.now()
        ),
        _("La facture est de nouveau un brouillon."),
    )  # fmt: skip


@writes
def issue_invoice(request: ActorRequest, cohort_id: int, invoice_id: int) -> HttpResponse:
    """By the coordination or the host: number, paper, turnover."""
    row = find_invoice(request, cohort_id, invoice_id)
    return _acted(
        request, row,
        lambda: services.issue_invoice(invoice=row, actor=request.actor, at=clock.now()),
        _("C’est émis. Le papier se prépare."),
    )  # fmt: skip


@writes
def number_invoice(request: ActorRequest, cohort_id: int, invoice_id: int) -> HttpResponse:
    """The number that the host's own software gave."""
    row, form = find_to_validate(request, cohort_id, invoice_id), HostNumberForm(request.POST)
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect(invoice_url(row))
    typed = form.cleaned_data
    return _acted(
        request, row,
        lambda: services.number_by_host(
            invoice=row, seen_version=typed["version"], number=typed["number"],
            issued_on=typed["issued_on"], actor=request.actor, at=clock.now(),
        ),
        _("La facture est notée, avec votre numéro."),
    )  # fmt: skip


@writes
def drop_invoice(request: ActorRequest, cohort_id: int, invoice_id: int) -> HttpResponse:
    row = find_to_correct(request, cohort_id, invoice_id)
    return _acted(
        request, row,
        lambda: services.drop_draft(invoice=row, actor=request.actor, at=clock.now()),
        _("Le brouillon est abandonné. Il n’a jamais eu de numéro."),
    )  # fmt: skip


@writes
def mail_invoice(request: ActorRequest, cohort_id: int, invoice_id: int) -> HttpResponse:
    row, form = find_to_correct(request, cohort_id, invoice_id), MailInvoiceForm(request.POST)
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect(invoice_url(row))
    typed = form.cleaned_data
    return _acted(
        request, row,
        lambda: services.mail_invoice(
            invoice=row, to=typed["to"], word=typed["word"], key=typed["submission_key"],
            actor=request.actor, at=clock.now(),
        ),
        _("Le message part, avec le lien de la facture."),
    )  # fmt: skip


@writes
def hand_invoice(request: ActorRequest, cohort_id: int, invoice_id: int) -> HttpResponse:
    row, form = find_to_correct(request, cohort_id, invoice_id), HandedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Cette page n’est plus à jour. Rechargez-la."))
        return redirect(invoice_url(row))
    key = form.cleaned_data["submission_key"]
    return _acted(
        request, row,
        lambda: services.note_handed(invoice=row, key=key, actor=request.actor, at=clock.now()),
        _("C’est noté : remise en main propre."),
    )  # fmt: skip


@reads
def host_invoices(request: ActorRequest) -> HttpResponse:
    """Everything in the name of one's host, in all its cohorts."""
    allow(request.actor.is_host)
    rows = issued_of_host(request.actor, number=request.GET.get("page", ""), today=clock.today())
    return render(request, "projects/invoices/host.html", {"rows": rows})
