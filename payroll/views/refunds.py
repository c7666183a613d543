"""What people advanced: who is owed what, and the host that says it is given back. Apart from pay."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Enrolment
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.http import ActorRequest, allow, form_page, refuse_in, writes
from ct_platform.kit.money import euros
from ct_platform.kit.once import once
from payroll import perms
from payroll.forms.payments import PrepareForm
from payroll.forms.refunds import RefundForm
from payroll.models import Refund
from payroll.selectors import bank
from payroll.selectors.refunds import advanced, advanced_expenses, planned_refunds, refunds_page
from payroll.services.refund_orders import prepare_refunds
from payroll.services.refunds import cancel_refund, record_refund


@form_page
def refunds(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """The coordinator follows; the host prepares what leaves together."""
    rows = Cohort.objects.visible_to(request.actor).select_related("host")
    cohort = get_object_or_404(rows, pk=cohort_id)
    allow(perms.may_follow_payments(request.actor))
    page = refunds_page(cohort, clock.now())
    form = PrepareForm(request.POST or None, page=page, initial={"execute_on": clock.today()})
    pays = perms.may_pay(request.actor)
    if request.method == "POST":
        allow(pays)
        if form.is_valid():
            key = form.cleaned_data["submission_key"]
            try:
                return once(request, key, lambda: _prepared(request, cohort, form))
            except Refused as refusal:
                refuse_in(form, refusal)
    context = {
        "cohort": cohort,
        "page": page,
        "pays": pays,
        "form": form if pays else None,
        "bank": bank.host_account(cohort.host_id) if pays else None,
    }
    return render(request, "payroll/refunds.html", context)


def _prepared(request: ActorRequest, cohort: Cohort, form: PrepareForm) -> str:
    made = prepare_refunds(
        cohort=cohort,
        choices=form.choices(),
        execute_on=form.cleaned_data["execute_on"],
        seen=form.cleaned_data["seen"],
        actor=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("Les remboursements sont préparés. Rien n’est encore parti."))
    if len(made) == 1:
        return reverse("payroll:refund_order", args=[cohort.pk, made[0].pk])
    return reverse("payroll:refunds", args=[cohort.pk])


@form_page
def refund(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    """What one person paid for the group, and the word that it was given back."""
    rows = Enrolment.objects.visible_to(request.actor).select_related("person", "cohort")
    enrolment = get_object_or_404(rows, cohort_id=cohort_id, pk=enrolment_id)
    allow(perms.may_pay(request.actor))
    due = advanced([enrolment.pk])[enrolment.pk]
    form = RefundForm(request.POST or None, due=due, initial={"paid_on": clock.today()})
    done = _recorded(request, enrolment, form) if form.is_valid() else None
    context = {
        "cohort": enrolment.cohort,
        "enrolment": enrolment,
        "due": due,
        "expenses": advanced_expenses(enrolment.pk),
        "planned": planned_refunds([enrolment.pk]).get(enrolment.pk),
        "details": bank.current_account(enrolment.person_id),
        "form": form,
    }
    return done or render(request, "payroll/refund.html", context)


def _recorded(request: ActorRequest, enrolment: Enrolment, form: RefundForm) -> HttpResponse | None:
    def act() -> str:
        typed = {key: form.cleaned_data[key] for key in ("seen", "paid_on", "means", "reference")}
        made = record_refund(enrolment=enrolment, actor=request.actor, at=clock.now(), **typed)
        words = {"name": enrolment.person.full_name, "amount": euros(made.amount)}
        messages.success(request, _("C’est noté : %(amount)s rendus à %(name)s.") % words)
        return reverse("payroll:refunds", args=[enrolment.cohort_id])

    try:
        return once(request, form.cleaned_data["submission_key"], act)
    except Refused as refusal:
        refuse_in(form, refusal)
    except Stale as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)
    return None


@writes
def cancel(request: ActorRequest, cohort_id: int, refund_id: int) -> HttpResponse:
    rows = Refund.objects.visible_to(request.actor)
    found = get_object_or_404(rows, enrolment__cohort_id=cohort_id, pk=refund_id)
    allow(perms.may_pay(request.actor))
    try:
        cancel_refund(refund=found, actor=request.actor, at=clock.now())
        messages.success(request, _("C’est annulé : la somme est de nouveau à rendre."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("payroll:refunds", cohort_id=cohort_id)
