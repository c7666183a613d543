"""The accounts a host books its pays in: a new dated version of its settings."""

import datetime as dt

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
from payroll import perms
from payroll.forms.accounts import AccountsForm
from payroll.selectors.host import host_pay
from payroll.services.accounts import set_accounts


@form_page
def host_accounts(request: ActorRequest) -> HttpResponse:
    allow(perms.may_set_host_pay(request.actor))
    host = get_object_or_404(
        Organisation.objects.visible_to(request.actor), pk=request.actor.organisation_id
    )
    today = clock.today()
    current = host_pay(request.actor, today).current
    form = AccountsForm(
        request.POST or None,
        own=current.accounts if current else {},
        initial={"in_force_from": _first_free_day(current and current.in_force_from, today)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return once(
                request, form.cleaned_data["submission_key"], lambda: _set(request, host, form)
            )
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"host": host, "current": current, "form": form}
    return render(request, "payroll/host_accounts.html", context)


def _first_free_day(current: dt.date | None, today: dt.date) -> dt.date:
    """The first of the month, which the whole pay of the month then follows, if it is free."""
    first = today.replace(day=1)
    return first if current is None or current < first else today


def _set(request: ActorRequest, host: Organisation, form: AccountsForm) -> str:
    version = set_accounts(
        host=host,
        in_force_from=form.cleaned_data["in_force_from"],
        numbers=form.numbers(),
        actor=request.actor,
    )
    messages.success(
        request,
        _("Comptes enregistrés, en vigueur à partir du %(day)s.")
        % {"day": clock.format_day(version.in_force_from)},
    )
    return reverse("payroll:host_accounts")
