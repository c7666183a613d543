"""How each page of funders finds its object, and does what a form asks."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, refuse_in
from ct_platform.kit.once import once
from reports.forms.funding import LaidOut
from reports.models import FundingDue, FundingLine, FundingReceipt, Operation
from reports.perms import funding as perms


def line_in_sight(request: ActorRequest, funding_id: int) -> FundingLine:
    rows = FundingLine.objects.visible_to(request.actor)
    joined = rows.select_related("organisation", "territory", "operation__host")
    found: FundingLine = get_object_or_404(joined, pk=funding_id)
    return found


def line_to_keep(request: ActorRequest, funding_id: int) -> FundingLine:
    """A line in sight, for who writes it."""
    line = line_in_sight(request, funding_id)
    allow(perms.can_keep_funding(request.actor))
    return line


def receipt_to_keep(request: ActorRequest, receipt_id: int) -> FundingReceipt:
    rows = FundingReceipt.objects.visible_to(request.actor)
    found: FundingReceipt = get_object_or_404(rows.select_related("line"), pk=receipt_id)
    allow(perms.can_keep_funding(request.actor))
    return found


def due_to_keep(request: ActorRequest, due_id: int) -> FundingDue:
    rows = FundingDue.objects.visible_to(request.actor)
    found: FundingDue = get_object_or_404(rows.select_related("line__organisation"), pk=due_id)
    allow(perms.can_keep_funding(request.actor))
    return found


def operation_in_sight(request: ActorRequest, operation_id: int) -> Operation:
    rows = Operation.objects.visible_to(request.actor)
    joined = rows.select_related("territory", "host", "authority")
    found: Operation = get_object_or_404(joined, pk=operation_id)
    return found


def operation_to_keep(request: ActorRequest, operation_id: int) -> Operation:
    found = operation_in_sight(request, operation_id)
    allow(perms.can_keep_funding(request.actor))
    return found


def perform(
    request: ActorRequest,
    form: LaidOut,
    act: Callable[..., Any],
    *,
    done: str,
    to: Callable[[Any], str],
    again: Callable[[], HttpResponse],
    **more: Any,
) -> HttpResponse:
    """Do what a form asks, once, and go on; else say why beside the field, on the page of `again`."""
    if not form.is_valid():
        return again()
    values = {**form.values, **more}

    def write() -> str:
        made = act(**values, actor=request.actor, at=clock.now())
        messages.success(request, done)
        return to(made)

    try:
        return once(request, form.cleaned_data["submission_key"], write)
    except Refused as refusal:
        refuse_in(form, refusal)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
    return again()
