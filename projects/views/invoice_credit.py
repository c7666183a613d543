"""Correcting an issued invoice: a credit note of the whole, of lines or of sums, and a new invoice."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, form_page, refuse_in
from ct_platform.kit.once import once
from projects.forms.invoices import CreditAmountsForm, CreditLinesForm, ReasonForm
from projects.models import Invoice
from projects.selectors import projects_of
from projects.selectors.invoice_page import sold_lines
from projects.services import invoices as services
from projects.views.invoice_finding import find_to_correct, invoice_url

WHOLE, AGAIN, LINES, SUMS = "tout", "refaire", "lignes", "sommes"


@form_page
def credit_invoice(request: ActorRequest, cohort_id: int, invoice_id: int) -> HttpResponse:
    row = find_to_correct(request, cohort_id, invoice_id)
    if not row.is_issued or row.is_credit:
        messages.info(request, _("Seule une facture émise se corrige par un avoir."))
        return redirect(invoice_url(row))
    way = next((one for one in (WHOLE, AGAIN, LINES, SUMS) if one in request.POST), "")
    forms = _forms(row, request.POST if request.method == "POST" else None, way)
    chosen = forms.get(AGAIN if way == AGAIN else way)
    if chosen is not None and chosen.is_valid():
        try:
            key = chosen.cleaned_data["submission_key"]
            return once(request, key, lambda: _credited(request, row, way, chosen))
        except Refused as refusal:
            refuse_in(chosen, refusal)
    context = {"invoice": row, "cohort": row.cohort, "forms": forms}
    return render(request, "projects/invoices/credit.html", context)


def _forms(row: Invoice, data: Any, way: str) -> dict[str, Any]:
    projects = {one.pk: one for one in projects_of(row.cohort_id)}

    def typed(name: str) -> Any:
        return data if way == name else None

    return {
        WHOLE: ReasonForm(typed(WHOLE), prefix=WHOLE),
        AGAIN: ReasonForm(typed(AGAIN), prefix=AGAIN),
        LINES: CreditLinesForm(typed(LINES), prefix=LINES, lines=sold_lines(row)),
        SUMS: CreditAmountsForm(
            typed(SUMS), prefix=SUMS, groups=services.groups_of(row), projects=projects
        ),
    }


def _credited(request: ActorRequest, row: Invoice, way: str, form: Any) -> str:
    said: dict[str, Any] = {
        "invoice": row,
        "reason": form.cleaned_data["reason"],
        "client_uuid": form.cleaned_data["submission_key"],
        "actor": request.actor,
        "at": clock.now(),
    }
    if way == LINES:
        made = services.credit_lines(taken=form.taken(), **said)
    elif way == SUMS:
        made = services.credit_amounts(amounts=form.amounts(), **said)
    elif way == AGAIN:
        made = services.reissue(**said).credit_note
        messages.info(request, _("La nouvelle facture est un brouillon : corrigez-la ensuite."))
    else:
        made = services.credit_whole(**said)
    messages.success(request, _("L’avoir est un brouillon. Relisez-le, puis émettez-le."))
    return invoice_url(made)
