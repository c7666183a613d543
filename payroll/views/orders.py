"""The page of an order and its files, of pay and of refunds alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, refuse_in
from payroll.forms.payments import OrderForm, RejectForm
from payroll.selectors import payments as found
from payroll.services import bank_file, payment_lists
from payroll.services.orders import AnyOrder, AnyPayment, log_download

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the page of one order leads."""

    page: str
    back: str
    file: str
    sheet: str
    letters: str
    reject: Callable[[int], str]


class Acts(Protocol):
    """What may be done to the ticked payments of one order: each says how many it changed."""

    def cancel(self, ids: list[int]) -> int: ...
    def pay(self, numbers: dict[int, str], form: OrderForm) -> int: ...


def order_page(
    request: ActorRequest, one: AnyOrder, doors: Doors, acts: Acts, template: str, **context: Any
) -> HttpResponse:
    """What left is ticked here, and what will not leave is cancelled."""
    row = found.order_of(one)
    form = OrderForm(request.POST or None, row=row, initial={"paid_on": clock.today()})
    if request.method == "POST" and (form.is_valid() or "cancel" in request.POST):
        try:
            _act(request, acts, form)
            return redirect(doors.page)
        except Refused as refusal:
            refuse_in(form, refusal)
    shown = {
        "cohort": one.cohort,
        "row": row,
        "form": form,
        "lines": [(*line, doors.reject(line[0].pk)) for line in form.rows()],
        "doors": doors,
        "downloads": found.downloads_of(one),
    }
    return render(request, template, shown | context)


def _act(request: ActorRequest, acts: Acts, form: OrderForm) -> None:
    ticked = form.ticked()
    if "cancel" in request.POST:
        done = acts.cancel(list(ticked))
        said = ngettext("%(n)s paiement annulé.", "%(n)s paiements annulés.", done)
    else:
        done = acts.pay(ticked, form)
        said = ngettext("%(n)s paiement noté.", "%(n)s paiements notés.", done)
    messages.success(request, said % {"n": done})


def reject_page(
    request: ActorRequest, payment: AnyPayment, back: str, reject: Callable[..., Any]
) -> HttpResponse:
    """The bank sent it back."""
    form = RejectForm(request.POST or None, initial={"rejected_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            reject(payment=payment, actor=request.actor, at=clock.now(), **form.cleaned_data)
            messages.success(request, _("C’est noté : cette somme est à payer de nouveau."))
            return redirect(back)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"payment": payment, "form": form, "back": back}
    return render(request, "payroll/reject_payment.html", context)


def send_file(request: ActorRequest, one: AnyOrder) -> HttpResponse:
    return _download(request, one, bank_file.bank_file(one), "xml", "application/xml")


def send_sheet(request: ActorRequest, one: AnyOrder) -> HttpResponse:
    return _download(request, one, payment_lists.payment_list(one), "xlsx", XLSX)


def send_letters(request: ActorRequest, one: AnyOrder) -> HttpResponse:
    return _download(request, one, payment_lists.cheque_letters(one), "pdf", "application/pdf")


def _download(
    request: ActorRequest, one: AnyOrder, content: bytes, suffix: str, kind: str
) -> HttpResponse:
    log_download(order=one, what=suffix, actor=request.actor, at=clock.now())
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{one.reference}.{suffix}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
