"""What a cohort sells, and at which VAT in each way of selling."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.http import ActorRequest, form_page, reads, refuse_in
from ct_platform.kit.once import once
from projects import selectors
from projects.forms.products import EditProductForm, NewProductForm
from projects.models import Product
from projects.selectors.products import product_rows
from projects.services import products as services
from projects.views.cohort_hours import cohort_to_run


@reads
def products(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    context = {"rows": product_rows(cohort, clock.today()), "cohort": cohort}
    return render(request, "projects/selling/products.html", context)


@form_page
def add_product(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    projects = selectors.projects_of(cohort.pk)
    if not projects:
        messages.info(request, _("Ouvrez d’abord une activité."))
        return redirect("projects:add_project", cohort_id=cohort.pk)
    form = NewProductForm(request.POST or None, projects=projects)
    if form.is_valid():

        def act() -> str:
            made = services.add_product(
                project=form.cleaned_data["project"], said=form.said(), actor=request.actor,
                key=form.cleaned_data["submission_key"],
            )  # fmt: skip
            messages.success(request, _("C’est noté : %(name)s.") % {"name": made.name})
            return reverse("projects:products", args=[cohort.pk])

        try:
            return once(request, form.cleaned_data["submission_key"], act)
        except Refused as refusal:
            refuse_in(form, refusal)
    return render(request, "projects/selling/product.html", {"form": form, "cohort": cohort})


@form_page
def product(request: ActorRequest, cohort_id: int, product_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    rows = Product.objects.of_cohort(cohort.pk).select_related("project__cohort")
    row: Product = get_object_or_404(rows, pk=product_id)
    form = EditProductForm(request.POST or None, initial=EditProductForm.initial_of(row))
    if form.is_valid():
        try:
            services.change_product(
                product=row, said=form.said(), is_active=form.cleaned_data["is_active"],
                seen_version=form.cleaned_data["version"], actor=request.actor,
            )  # fmt: skip
            messages.success(request, _("C’est corrigé."))
            return redirect("projects:products", cohort_id=cohort.pk)
        except Refused as refusal:
            refuse_in(form, refusal)
        except Stale as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
    context = {"form": form, "cohort": cohort, "product": row}
    return render(request, "projects/selling/product.html", context)
