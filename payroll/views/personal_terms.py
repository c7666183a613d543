"""Personal terms of pay, a tax rate among them: for the host's seats, freshly confirmed, and nobody else."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Enrolment
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from ct_platform.kit.once import once
from payroll import perms
from payroll.forms.host import TermsForm, typed_terms
from payroll.selectors.personal_terms import current_terms, terms_of_cohort
from payroll.services.personal_terms import write_terms
from payroll.views.freshness import fresh, fresh_and_forgetful


@fresh
@reads
def list_terms(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.actor), pk=cohort_id)
    allow(perms.may_set_host_pay(request.actor))
    rows = terms_of_cohort(request.actor, cohort.pk, clock.today())
    return render(request, "payroll/personal_terms.html", {"cohort": cohort, "rows": rows})


@fresh_and_forgetful
@form_page
def write(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    enrolment = get_object_or_404(
        Enrolment.objects.visible_to(request.actor).select_related("person", "cohort"),
        cohort_id=cohort_id,
        pk=enrolment_id,
    )
    allow(perms.may_set_host_pay(request.actor))
    terms, rate = current_terms(enrolment.pk, clock.today())
    form = TermsForm(request.POST or None, initial=typed_terms(terms, rate))
    if request.method == "POST" and form.is_valid():
        try:
            return once(
                request,
                form.cleaned_data["submission_key"],
                lambda: _write(request, enrolment, form),
            )
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"enrolment": enrolment, "cohort": enrolment.cohort, "form": form}
    return render(request, "payroll/write_terms.html", context)


def _write(request: ActorRequest, enrolment: Enrolment, form: TermsForm) -> str:
    asked = {key: value for key, value in form.cleaned_data.items() if key != "submission_key"}
    write_terms(enrolment=enrolment, actor=request.actor, **asked)
    messages.success(request, _("Enregistré pour %(name)s.") % {"name": enrolment.person.full_name})
    return reverse("payroll:personal_terms", args=[enrolment.cohort_id])
