"""The account of a coopérant: their own on the phone, the host's page of one of its people."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from cohorts.models import Enrolment
from ct_platform.kit.http import ActorRequest, allow, reads
from payroll import perms
from payroll.selectors import account_page


@reads
def my_account(request: ActorRequest) -> HttpResponse:
    allow(perms.may_read_own_pay(request.actor))
    context = {"account": account_page.own_account(request.actor)}
    return render(request, "payroll/my_account.html", context)


@reads
def account_of(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    enrolment = get_object_or_404(
        Enrolment.objects.visible_to(request.actor).select_related("person", "cohort"),
        cohort_id=cohort_id,
        pk=enrolment_id,
    )
    allow(perms.may_pay(request.actor))
    context = {"enrolment": enrolment, "account": account_page.account_of(enrolment)}
    return render(request, "payroll/account_of.html", context)
