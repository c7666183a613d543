"""Step 7 of a pay: who is paid, how; the files that leave; what the bank sent back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, refuse_in, writes
from ct_platform.kit.once import once
from payroll import perms
from payroll.forms.payments import OrderForm, PrepareForm, RejectForm
from payroll.models import Payment, PaymentOrder, PayRun
from payroll.selectors import payments as found
from payroll.selectors.bank import host_account
from payroll.services import bank_file, payment_lists
from payroll.services.paying import close_run, mark_paid, reject_payment
from payroll.services.payments import cancel_payments, log_download, prepare_payments
from payroll.views.freshness import fresh
from payroll.views.runs import find_run

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@form_page
def payments(request: ActorRequest, cohort_id: int, run_id: int) -> HttpResponse:
    """The coordinator follows; the host prepares."""
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_follow_payments(request.actor))
    page = found.payments_page(run, clock.now())
    day = max(run.paid_on or clock.today(), clock.today())
    form = PrepareForm(request.POST or None, page=page, initial={"execute_on": day})
    if request.method == "POST":
        allow(perms.may_pay(request.actor))
        if form.is_valid():
            key = form.cleaned_data["submission_key"]
            try:
                return once(request, key, lambda: _prepare(request, run, form))
            except Refused as refusal:
                refuse_in(form, refusal)
    pays = perms.may_pay(request.actor)
    context = {
        "run": run,
        "cohort": run.cohort,
        "page": page,
        "followed": page.begun if pays else page.people,
        "form": form if pays and run.is_issued else None,
        "bank": host_account(run.cohort.host_id) if pays else None,
        "pays": pays,
    }
    return render(request, "payroll/payments.html", context)


def _prepare(request: ActorRequest, run: PayRun, form: PrepareForm) -> str:
    orders = prepare_payments(
        run=run,
        choices=form.choices(),
        execute_on=form.cleaned_data["execute_on"],
        seen=form.cleaned_data["seen"],
        actor=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("Les paiements sont préparés. Rien n’est encore parti."))
    if len(orders) == 1:
        return reverse("payroll:order", args=[run.cohort_id, run.pk, orders[0].pk])
    return reverse("payroll:payments", args=[run.cohort_id, run.pk])


@writes
def close(request: ActorRequest, cohort_id: int, run_id: int) -> HttpResponse:
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_pay(request.actor))
    close_run(run=run, actor=request.actor, at=clock.now())
    messages.success(request, _("La paie est terminée."))
    return redirect("payroll:payments", cohort_id=cohort_id, run_id=run_id)


@form_page
def order(request: ActorRequest, cohort_id: int, run_id: int, order_id: int) -> HttpResponse:
    """One file or one list of cheques: what left is ticked here, and what will not leave is cancelled."""
    one = _find_order(request, cohort_id, run_id, order_id)
    row = found.order_of(one)
    form = OrderForm(request.POST or None, row=row, initial={"paid_on": clock.today()})
    if request.method == "POST" and (form.is_valid() or "cancel" in request.POST):
        try:
            _act(request, one, form)
            return redirect("payroll:order", cohort_id=cohort_id, run_id=run_id, order_id=one.pk)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {
        "run": one.run,
        "cohort": one.run.cohort,
        "row": row,
        "form": form,
        "downloads": found.downloads_of(one),
    }
    return render(request, "payroll/order.html", context)


def _act(request: ActorRequest, one: PaymentOrder, form: OrderForm) -> None:
    at, ticked = clock.now(), form.ticked()
    if "cancel" in request.POST:
        done = cancel_payments(run=one.run, payment_ids=list(ticked), actor=request.actor, at=at)
        said = ngettext("%(n)s paiement annulé.", "%(n)s paiements annulés.", done)
    else:
        done = mark_paid(
            run=one.run,
            payments=ticked,
            paid_on=form.cleaned_data["paid_on"],
            actor=request.actor,
            at=at,
        )
        said = ngettext("%(n)s paiement noté.", "%(n)s paiements notés.", done)
    messages.success(request, said % {"n": done})


@fresh
@writes
def order_file(request: ActorRequest, cohort_id: int, run_id: int, order_id: int) -> HttpResponse:
    one = _find_order(request, cohort_id, run_id, order_id)
    content = bank_file.bank_file(one)
    return _download(request, one, content, f"{one.reference}.xml", "application/xml")


@fresh
@writes
def order_list(request: ActorRequest, cohort_id: int, run_id: int, order_id: int) -> HttpResponse:
    one = _find_order(request, cohort_id, run_id, order_id)
    return _download(request, one, payment_lists.payment_list(one), f"{one.reference}.xlsx", XLSX)


@fresh
@writes
def order_letters(
    request: ActorRequest, cohort_id: int, run_id: int, order_id: int
) -> HttpResponse:
    one = _find_order(request, cohort_id, run_id, order_id)
    content = payment_lists.cheque_letters(one)
    return _download(request, one, content, f"{one.reference}.pdf", "application/pdf")


@form_page
def reject(request: ActorRequest, cohort_id: int, run_id: int, payment_id: int) -> HttpResponse:
    payment = get_object_or_404(
        Payment.objects.visible_to(request.actor).select_related(
            "order__run__cohort", "enrolment__person"
        ),
        order__run_id=run_id,
        enrolment__cohort_id=cohort_id,
        pk=payment_id,
    )
    allow(perms.may_pay(request.actor))
    form = RejectForm(request.POST or None, initial={"rejected_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            reject_payment(
                payment=payment, actor=request.actor, at=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("C’est noté : cette somme est à payer de nouveau."))
            return redirect("payroll:payments", cohort_id=cohort_id, run_id=run_id)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"run": payment.order.run, "payment": payment, "form": form}
    return render(request, "payroll/reject_payment.html", context)


def _find_order(request: ActorRequest, cohort_id: int, run_id: int, order_id: int) -> PaymentOrder:
    one: PaymentOrder = get_object_or_404(
        PaymentOrder.objects.visible_to(request.actor).select_related("run__cohort__host", "bank"),
        run_id=run_id,
        run__cohort_id=cohort_id,
        pk=order_id,
    )
    allow(perms.may_pay(request.actor))
    return one


def _download(
    request: ActorRequest, one: PaymentOrder, content: bytes, name: str, kind: str
) -> HttpResponse:
    log_download(order=one, what=name.rpartition(".")[2], actor=request.actor, at=clock.now())
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
