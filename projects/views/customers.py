"""Customers of a cohort: noted, corrected, put away. Nothing is deleted."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.http import ActorRequest, form_page, reads, refuse_in, writes
from ct_platform.kit.once import once
from projects.forms.customers import EditCustomerForm, NewCustomerForm
from projects.models import Customer
from projects.selectors.customers import customers_page, quotes_of
from projects.services import customers as services
from projects.services.customers import AlreadyThere
from projects.views.cohort_hours import cohort_to_run


@reads
def customers(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    page = customers_page(
        cohort,
        typed=request.GET.get("mots", ""),
        archived=request.GET.get("vue") == "ranges",
        number=request.GET.get("page", ""),
    )
    return render(request, "projects/selling/customers.html", {"page": page, "cohort": cohort})


@form_page
def add_customer(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    form = NewCustomerForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "cohort": cohort}
    if form.is_valid():

        def act() -> str:
            made = services.add_customer(
                cohort=cohort, said=form.said(), actor=request.actor,
                key=form.cleaned_data["submission_key"], anyway=form.cleaned_data["anyway"],
            )  # fmt: skip
            messages.success(request, _("C’est noté : %(name)s.") % {"name": made.name})
            return reverse("projects:customers", args=[cohort.pk])

        try:
            return once(request, form.cleaned_data["submission_key"], act)
        except AlreadyThere as refusal:
            context["twin"], context["twin_says"] = refusal.twin, str(refusal)
        except Refused as refusal:
            refuse_in(form, refusal)
    return render(request, "projects/selling/customer.html", context)


def _customer(cohort: Cohort, customer_id: int) -> Customer:
    rows = Customer.objects.of_cohort(cohort.pk).select_related("cohort")
    customer: Customer = get_object_or_404(rows, pk=customer_id)
    return customer


@form_page
def customer(request: ActorRequest, cohort_id: int, customer_id: int) -> HttpResponse:
    """One customer, to correct at any time: papers keep the name they printed."""
    cohort = cohort_to_run(request, cohort_id)
    row = _customer(cohort, customer_id)
    form = EditCustomerForm(request.POST or None, initial=EditCustomerForm.initial_of(row))
    context: dict[str, Any] = {
        "form": form, "cohort": cohort, "customer": row, "quotes": quotes_of(row)
    }  # fmt: skip
    if form.is_valid():
        try:
            services.change_customer(
                customer=row, said=form.said(), seen_version=form.cleaned_data["version"],
                actor=request.actor, anyway=form.cleaned_data["anyway"],
            )  # fmt: skip
            messages.success(request, _("C’est corrigé."))
            return redirect("projects:customers", cohort_id=cohort.pk)
        except AlreadyThere as refusal:
            context["twin"], context["twin_says"] = refusal.twin, str(refusal)
        except Refused as refusal:
            refuse_in(form, refusal)
        except Stale as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
    return render(request, "projects/selling/customer.html", context)


@writes
def archive_customer(request: ActorRequest, cohort_id: int, customer_id: int) -> HttpResponse:
    """Put away, or back ("remettre")."""
    cohort = cohort_to_run(request, cohort_id)
    row = _customer(cohort, customer_id)
    if "remettre" in request.POST:
        services.take_out(customer=row, actor=request.actor)
        messages.success(request, _("Ce client est de nouveau dans la liste."))
    else:
        services.put_away(customer=row, actor=request.actor, at=clock.now())
        messages.success(request, _("Ce client est rangé. Ses papiers restent."))
    return redirect("projects:customers", cohort_id=cohort.pk)
