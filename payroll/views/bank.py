"""Where money goes: a person's own account, the accounts of a cohort, the account of the host."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from cohorts.models import Cohort, Enrolment, Organisation
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from members.models import Person
from members.services.bank import enter_bank_details, remove_bank_details
from payroll import perms
from payroll.forms.payments import BankForm, HostBankForm
from payroll.selectors import bank
from payroll.services.host_bank import enter_host_bank
from payroll.views.freshness import fresh_and_forgetful


@sensitive_post_parameters("iban")
@form_page
def my_bank(request: ActorRequest) -> HttpResponse:
    """A coopérant says where to receive their money; the page never shows the number again."""
    allow(perms.may_read_own_pay(request.actor))
    person = get_object_or_404(Person.objects.visible_to(request.actor), pk=request.actor.person_id)
    form = BankForm(request.POST or None, own=True, initial={"holder": person.civil_name})
    if request.method == "POST" and _entered(request, person, form):
        return redirect("payroll:my_bank")
    context = {"form": form, "details": bank.current_account(person.pk)}
    return render(request, "payroll/my_bank.html", context)


@reads
def bank_accounts(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = find_cohort_of_host(request, cohort_id)
    context = {"cohort": cohort, "rows": bank.accounts_of_cohort(cohort)}
    return render(request, "payroll/bank_accounts.html", context)


@sensitive_post_parameters("iban")
@fresh_and_forgetful
@form_page
def bank_account_of(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    cohort = find_cohort_of_host(request, cohort_id)
    enrolment = get_object_or_404(
        Enrolment.objects.visible_to(request.actor).select_related("person"),
        cohort_id=cohort.pk,
        pk=enrolment_id,
    )
    allow(not bank.paid_elsewhere([enrolment.person_id], cohort.host_id))
    form = BankForm(request.POST or None, initial={"holder": enrolment.person.civil_name})
    if request.method == "POST" and _entered(request, enrolment.person, form):
        return redirect("payroll:bank_accounts", cohort_id=cohort.pk)
    context = {
        "cohort": cohort,
        "enrolment": enrolment,
        "form": form,
        "details": bank.current_account(enrolment.person_id),
    }
    return render(request, "payroll/bank_account_of.html", context)


@sensitive_post_parameters("iban")
@fresh_and_forgetful
@form_page
def host_bank(request: ActorRequest) -> HttpResponse:
    allow(perms.may_keep_accounts(request.actor))
    host = get_object_or_404(
        Organisation.objects.visible_to(request.actor), pk=request.actor.organisation_id
    )
    form = HostBankForm(request.POST or None, initial={"holder": host.name})
    if request.method == "POST" and form.is_valid():
        asked = {key: form.cleaned_data[key] for key in ("iban", "holder", "bic")}
        try:
            enter_host_bank(host=host, actor=request.actor, at=clock.now(), **asked)
            messages.success(request, _("Le compte est enregistré."))
            return redirect(reverse("payroll:host_bank"))
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"host": host, "form": form, "details": bank.host_account(host.pk)}
    return render(request, "payroll/host_bank.html", context)


def _entered(request: ActorRequest, person: Person, form: BankForm) -> bool:
    """True when the act was done; else the form says why, without the number."""
    if not form.is_valid():
        return False
    at = clock.now()
    try:
        if "remove" in request.POST:
            remove_bank_details(person=person, actor=request.actor, at=at)
            messages.success(request, _("C’est noté : paiement par chèque."))
        else:
            asked = {key: form.cleaned_data[key] for key in ("iban", "holder")}
            details = enter_bank_details(person=person, actor=request.actor, at=at, **asked)
            messages.success(
                request, _("Compte enregistré : %(masked)s.") % {"masked": details.masked}
            )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    return True


def find_cohort_of_host(request: ActorRequest, cohort_id: int) -> Cohort:
    found: Cohort = get_object_or_404(
        Cohort.objects.visible_to(request.actor).select_related("host"), pk=cohort_id
    )
    allow(perms.may_keep_accounts(request.actor))
    return found
