"""*Activités*: the projects of a cohort, what they sold and what they spent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, form_page, reads, refuse_in
from ct_platform.kit.once import once
from projects import selectors
from projects.forms.money import ProjectForm
from projects.services import money
from projects.views.cohort_hours import cohort_to_run


def activities_url(cohort_id: int, view: str = "ventes") -> str:
    url = reverse("projects:activities", args=[cohort_id])
    return url if view == "ventes" else f"{url}?vue={view}"


@reads
def activities(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """Totals per project, then a page of sales or of expenses."""
    cohort = cohort_to_run(request, cohort_id)
    page = selectors.activities_page(
        cohort, view=request.GET.get("vue", ""), number=request.GET.get("page", "")
    )
    return render(request, "projects/activities.html", {"page": page, "cohort": cohort})


@form_page
def add_project(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    form = ProjectForm(request.POST or None)
    if form.is_valid():

        def act() -> str:
            project = money.add_project(
                cohort=cohort,
                name=form.cleaned_data["name"],
                trade=form.cleaned_data["trade"],
                trade_label=form.cleaned_data["trade_label"],
                actor=request.actor,
                at=clock.now(),
            )
            messages.success(request, _("L’activité « %s » est ouverte.") % project.name)
            return activities_url(cohort.pk)

        try:
            return once(request, form.cleaned_data["submission_key"], act)
        except Refused as refusal:
            refuse_in(form, refusal)
    return render(request, "projects/add_project.html", {"form": form, "cohort": cohort})
