"""Getting paid: what customers owe, the payments of an invoice, undoing one, setting one off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.money import euros
from projects import perms
from projects.forms.paying import OffsetForm, PaymentForm, ReverseForm, payment_form
from projects.models import Invoice, Payment
from projects.selectors.payments import PaymentsOf, owed_page, payments_of
from projects.services.payments import give_back, offset, record_payment, reverse_payment


def cohort_of_money(request: ActorRequest, cohort_id: int) -> Cohort:
    """A cohort in sight (404) whose customers' payments one may see (403)."""
    rows = Cohort.objects.visible_to(request.actor).select_related("territory", "host")
    cohort: Cohort = get_object_or_404(rows, pk=cohort_id)
    allow(perms.may_see_money(request.actor, cohort))
    return cohort


def issued_in(cohort: Cohort, invoice_id: int) -> Invoice:
    rows = Invoice.objects.of_cohort(cohort.pk).issued().select_related("customer", "cohort__host")
    invoice: Invoice = get_object_or_404(rows, pk=invoice_id)
    return invoice


def to_invoice(invoice: Invoice) -> HttpResponse:
    """Where one lands after an act on the money of an invoice."""
    return redirect("projects:invoice", invoice.cohort_id, invoice.pk)


@reads
def payments(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """What customers still owe, what is late first."""
    cohort = cohort_of_money(request, cohort_id)
    page = owed_page(cohort.pk, clock.today(), request.GET.get("page", ""))
    return render(request, "projects/paying/owed.html", {"cohort": cohort, "page": page})


@form_page
def invoice_payments(request: ActorRequest, cohort_id: int, invoice_id: int) -> HttpResponse:
    """The payments of an invoice, or what was given back of a credit note; and the form of one more."""
    cohort = cohort_of_money(request, cohort_id)
    invoice = issued_in(cohort, invoice_id)
    money = payments_of(invoice, clock.today())
    may_take = perms.may_take_money(request.actor, cohort)
    form = _form(request, money)
    if request.method == "POST":
        allow(may_take)
        if form.is_valid() and _noted(request, invoice, form):
            return to_invoice(invoice)
    context = {"cohort": cohort, "money": money, "payment_form": form, "may_take": may_take}
    return render(request, "projects/paying/invoice.html", context)


def _form(request: ActorRequest, money: PaymentsOf) -> PaymentForm:
    return payment_form(
        request.POST or None,
        left=money.left,
        is_credit=money.invoice.is_credit,
        today=clock.today(),
    )


def _noted(request: ActorRequest, invoice: Invoice, form: PaymentForm) -> bool:
    told = {"actor": request.actor, "at": clock.now(), **form.values()}
    try:
        if invoice.is_credit:
            give_back(credit_note=invoice, **told)
            said = _("C’est noté : %s rendus.")
        else:
            record_payment(invoice=invoice, **told)
            said = _("C’est noté : %s reçus.")
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    messages.success(request, said % euros(form.cleaned_data["amount"]))
    return True


@form_page
def reverse(request: ActorRequest, cohort_id: int, received_id: int) -> HttpResponse:
    """A cheque without funds, a mistake: the opposite payment, with its reason."""
    cohort = cohort_of_money(request, cohort_id)
    rows = Payment.objects.of_cohort(cohort.pk).select_related("invoice__customer")
    payment: Payment = get_object_or_404(rows, pk=received_id)
    allow(perms.may_take_money(request.actor, cohort))
    form = ReverseForm(request.POST or None, initial={"received_on": clock.today()})
    if form.is_valid():
        try:
            reverse_payment(
                payment=payment,
                reason=form.cleaned_data["reason"],
                reversed_on=form.cleaned_data["received_on"],
                actor=request.actor,
                at=clock.now(),
            )
            messages.success(request, _("C’est annulé : %s.") % euros(payment.amount))
            return to_invoice(payment.invoice)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"cohort": cohort, "payment": payment, "invoice": payment.invoice, "form": form}
    return render(request, "projects/paying/reverse.html", context)


@writes
def set_off(request: ActorRequest, cohort_id: int, invoice_id: int) -> HttpResponse:
    """A credit note against this invoice: no money moves."""
    cohort = cohort_of_money(request, cohort_id)
    invoice = issued_in(cohort, invoice_id)
    allow(perms.may_take_money(request.actor, cohort))
    form = OffsetForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("Cette page n’est plus à jour. Rechargez-la."))
        offset(
            credit_note=issued_in(cohort, form.cleaned_data["credit"]),
            invoice=invoice,
            amount=form.cleaned_data["amount"],
            client_uuid=form.cleaned_data["client_uuid"],
            actor=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("L’avoir est compensé."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return to_invoice(invoice)
