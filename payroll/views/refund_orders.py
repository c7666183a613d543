"""One order of refunds: its page, its files, what the bank sent back. The host alone."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, form_page, writes
from payroll import perms
from payroll.forms.payments import OrderForm
from payroll.models import RefundOrder, RefundPayment
from payroll.services.refund_orders import cancel_refunds, mark_refunds_paid, reject_refund
from payroll.views import orders
from payroll.views.freshness import fresh


@dataclass(frozen=True, slots=True)
class _Acts:
    request: ActorRequest
    one: RefundOrder

    def cancel(self, ids: list[int]) -> int:
        actor, at = self.request.actor, clock.now()
        return cancel_refunds(order=self.one, payment_ids=ids, actor=actor, at=at)

    def pay(self, numbers: dict[int, str], form: OrderForm) -> int:
        day, actor = form.cleaned_data["paid_on"], self.request.actor
        return mark_refunds_paid(
            order=self.one, payments=numbers, paid_on=day, actor=actor, at=clock.now()
        )


@form_page
def order(request: ActorRequest, cohort_id: int, order_id: int) -> HttpResponse:
    one = _find(request, cohort_id, order_id)
    acts = _Acts(request, one)
    return orders.order_page(request, one, _doors(one), acts, "payroll/refund_order.html")


def _doors(one: RefundOrder) -> orders.Doors:
    keys = [one.cohort_id, one.pk]

    def to(name: str) -> str:
        return reverse(f"payroll:{name}", args=keys)

    return orders.Doors(
        page=to("refund_order"),
        back=reverse("payroll:refunds", args=[one.cohort_id]),
        file=to("refund_file"),
        sheet=to("refund_list"),
        letters=to("refund_letters"),
        reject=lambda key: reverse("payroll:reject_refund", args=[one.cohort_id, key]),
    )


@fresh
@writes
def order_file(request: ActorRequest, cohort_id: int, order_id: int) -> HttpResponse:
    return orders.send_file(request, _find(request, cohort_id, order_id))


@fresh
@writes
def order_list(request: ActorRequest, cohort_id: int, order_id: int) -> HttpResponse:
    return orders.send_sheet(request, _find(request, cohort_id, order_id))


@fresh
@writes
def order_letters(request: ActorRequest, cohort_id: int, order_id: int) -> HttpResponse:
    return orders.send_letters(request, _find(request, cohort_id, order_id))


@form_page
def reject(request: ActorRequest, cohort_id: int, payment_id: int) -> HttpResponse:
    rows = RefundPayment.objects.visible_to(request.actor).select_related(
        "order__cohort", "enrolment__person"
    )
    payment = get_object_or_404(rows, enrolment__cohort_id=cohort_id, pk=payment_id)
    allow(perms.may_pay(request.actor))
    back = reverse("payroll:refunds", args=[cohort_id])
    return orders.reject_page(request, payment, back, reject_refund)


def _find(request: ActorRequest, cohort_id: int, order_id: int) -> RefundOrder:
    rows = RefundOrder.objects.visible_to(request.actor).select_related("cohort__host", "bank")
    one: RefundOrder = get_object_or_404(rows, cohort_id=cohort_id, pk=order_id)
    allow(perms.may_pay(request.actor))
    return one
