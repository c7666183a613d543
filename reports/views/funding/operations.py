"""An operation: its facts, its cohorts, what pays for it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, form_page, reads
from reports.forms import funding as forms
from reports.models import Operation
from reports.perms import funding as perms
from reports.selectors import funding
from reports.services.funding import operations
from reports.views.funding.scope import operation_in_sight, operation_to_keep, perform


@reads
def operation(request: ActorRequest, operation_id: int) -> HttpResponse:
    found = operation_in_sight(request, operation_id)
    page = {
        "operation": found,
        "cohorts": funding.cohorts_of_operation(found),
        "lines": funding.lines_of_operation(request.actor, found),
        "can_keep": perms.can_keep_funding(request.actor),
        "today": clock.today(),
    }
    return render(request, "reports/funding/operation.html", page)


def _url(made: Operation) -> str:
    return reverse("reports:operation", args=[made.pk])


def _choices() -> dict[str, Any]:
    return {"hosts": funding.possible_hosts(), "organisations": funding.possible_funders()}


@form_page
def add(request: ActorRequest) -> HttpResponse:
    allow(perms.can_keep_funding(request.actor))
    sent = request.POST if request.method == "POST" else None
    asked = {"number": request.GET.get("numero", "")[:30], "host": request.GET.get("hote", "")}
    form = forms.OperationForm(sent, initial=asked, **_choices())

    def page() -> HttpResponse:
        status = 422 if form.is_bound else 200
        return render(request, "reports/funding/add_operation.html", {"form": form}, status=status)

    if sent is None:
        return page()
    return perform(
        request, form, operations.name_in_own_territory, done=_("C’est noté."), to=_url, again=page
    )


@form_page
def edit(request: ActorRequest, operation_id: int) -> HttpResponse:
    found = operation_to_keep(request, operation_id)
    sent = request.POST if request.method == "POST" else None
    kept = {"authority": found.authority_id} | {
        name: getattr(found, name) for name in ("name", "measure", "starts_on", "ends_on")
    }
    form = forms.OperationEditForm(sent, initial=kept, **_choices())

    def page() -> HttpResponse:
        told = {"form": form, "operation": found}
        status = 422 if form.is_bound else 200
        return render(request, "reports/funding/edit_operation.html", told, status=status)

    if sent is None:
        return page()
    return perform(
        request, form, operations.edit_operation, done=_("C’est enregistré."),
        to=lambda _made: _url(found), again=page, operation=found,
    )  # fmt: skip
