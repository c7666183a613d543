"""How a host sells: its conditions of sale and its choices of VAT, in dated versions. Host only."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Organisation
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, refuse_in
from ct_platform.kit.once import once
from projects import perms
from projects.forms.seller import TermsForm, VatDecisionForm
from projects.selectors.seller import feet_of, terms_page, vat_table, warnings_of
from projects.services.seller import checked_terms, decide_vat, write_terms


def _host(request: ActorRequest) -> Organisation:
    allow(perms.may_set_sales(request.actor))
    rows = Organisation.objects.visible_to(request.actor)
    host: Organisation = get_object_or_404(rows, pk=request.actor.organisation_id)
    return host


@form_page
def terms(request: ActorRequest) -> HttpResponse:
    """The conditions in force, and a new version; "apercu" shows the foot it would give."""
    host, today = _host(request), clock.today()
    page = terms_page(request.actor, today)
    initial = TermsForm.initial_of(page.current) if page.current else None
    form = TermsForm(request.POST or None, initial=initial)
    context = {"host": host, "page": page, "form": form}
    if form.is_valid():
        try:
            if "apercu" not in request.POST:
                key = form.cleaned_data["submission_key"]
                return once(request, key, lambda: _written(request, host, form))
            drawn = checked_terms(host=host, conditions=form.conditions(), at=clock.now())
            context |= {"feet": feet_of(drawn), "warnings": warnings_of(drawn, today)}
        except Refused as refusal:
            refuse_in(form, refusal)
    return render(request, "projects/seller/terms.html", context)


def _written(request: ActorRequest, host: Organisation, form: TermsForm) -> str:
    made = write_terms(host=host, conditions=form.conditions(), actor=request.actor, at=clock.now())
    words = {"day": clock.format_day(made.in_force_from)}
    messages.success(request, _("Conditions enregistrées, en vigueur à partir du %(day)s.") % words)
    return reverse("projects:seller_terms")


@form_page
def vat(request: ActorRequest) -> HttpResponse:
    """Each category sold each way: the rate of the day and where it comes from; a new decision."""
    host = _host(request)
    asked = {"thing": request.GET.get("ligne", ""), "in_force_from": clock.today()}
    form = VatDecisionForm(request.POST or None, initial=asked)
    if form.is_valid():
        try:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _decided(request, host, form))
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"host": host, "lines": vat_table(host.pk, clock.today()), "form": form}
    return render(request, "projects/seller/vat.html", context)


def _decided(request: ActorRequest, host: Organisation, form: VatDecisionForm) -> str:
    decide_vat(host=host, actor=request.actor, **form.values())
    messages.success(request, _("La décision est écrite."))
    return reverse("projects:vat")
