"""Step 7 of a pay: who is paid, how; the files that leave; what the bank sent back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, refuse_in, writes
from ct_platform.kit.once import once
from payroll import perms
from payroll.forms.payments import OrderForm, PrepareForm
from payroll.models import Payment, PaymentOrder, PayRun
from payroll.selectors import payments as found
from payroll.selectors.bank import host_account
from payroll.services.paying import close_run, mark_paid, reject_payment
from payroll.services.payments import cancel_payments, prepare_payments
from payroll.views import orders
from payroll.views.freshness import fresh
from payroll.views.runs import find_run


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
    made = prepare_payments(
        run=run,
        choices=form.choices(),
        execute_on=form.cleaned_data["execute_on"],
        seen=form.cleaned_data["seen"],
        actor=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("Les paiements sont préparés. Rien n’est encore parti."))
    if len(made) == 1:
        return reverse("payroll:order", args=[run.cohort_id, run.pk, made[0].pk])
    return reverse("payroll:payments", args=[run.cohort_id, run.pk])


@writes
def close(request: ActorRequest, cohort_id: int, run_id: int) -> HttpResponse:
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_pay(request.actor))
    close_run(run=run, actor=request.actor, at=clock.now())
    messages.success(request, _("La paie est terminée."))
    return redirect("payroll:payments", cohort_id=cohort_id, run_id=run_id)


@dataclass(frozen=True, slots=True)
class _Acts:
    request: ActorRequest
    run: PayRun

    def cancel(self, ids: list[int]) -> int:
        actor, at = self.request.actor, clock.now()
        return cancel_payments(run=self.run, payment_ids=ids, actor=actor, at=at)

    def pay(self, numbers: dict[int, str], form: OrderForm) -> int:
        day, actor = form.cleaned_data["paid_on"], self.request.actor
        return mark_paid(run=self.run, payments=numbers, paid_on=day, actor=actor, at=clock.now())


@form_page
def order(request: ActorRequest, cohort_id: int, run_id: int, order_id: int) -> HttpResponse:
    one = _find_order(request, cohort_id, run_id, order_id)
    doors, acts = _doors(one), _Acts(request, one.run)
    return orders.order_page(request, one, doors, acts, "payroll/order.html", run=one.run)


def _doors(one: PaymentOrder) -> orders.Doors:
    run = [one.run.cohort_id, one.run_id]

    def to(name: str, key: int = one.pk) -> str:
        return reverse(f"payroll:{name}", args=[*run, key])

    return orders.Doors(
        page=to("order"),
        back=reverse("payroll:payments", args=run),
        file=to("order_file"),
        sheet=to("order_list"),
        letters=to("order_letters"),
        reject=lambda key: to("reject_payment", key),
    )


@fresh
@writes
def order_file(request: ActorRequest, cohort_id: int, run_id: int, order_id: int) -> HttpResponse:
    return orders.send_file(request, _find_order(request, cohort_id, run_id, order_id))


@fresh
@writes
def order_list(request: ActorRequest, cohort_id: int, run_id: int, order_id: int) -> HttpResponse:
    return orders.send_sheet(request, _find_order(request, cohort_id, run_id, order_id))


@fresh
@writes
def order_letters(
    request: ActorRequest, cohort_id: int, run_id: int, order_id: int
) -> HttpResponse:
    return orders.send_letters(request, _find_order(request, cohort_id, run_id, order_id))


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
    back = reverse("payroll:payments", args=[cohort_id, run_id])
    return orders.reject_page(request, payment, back, reject_payment)


def _find_order(request: ActorRequest, cohort_id: int, run_id: int, order_id: int) -> PaymentOrder:
    one: PaymentOrder = get_object_or_404(
        PaymentOrder.objects.visible_to(request.actor).select_related("run__cohort__host", "bank"),
        run_id=run_id,
        run__cohort_id=cohort_id,
        pk=order_id,
    )
    allow(perms.may_pay(request.actor))
    return one
