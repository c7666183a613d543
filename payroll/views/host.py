"""The host's pay settings, in dated versions."""

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
from payroll.forms.host import SettingsForm, typed
from payroll.selectors.host import host_pay
from payroll.services.host_settings import add_settings


@form_page
def host_settings(request: ActorRequest) -> HttpResponse:
    allow(perms.may_set_host_pay(request.actor))
    host = get_object_or_404(
        Organisation.objects.visible_to(request.actor), pk=request.actor.organisation_id
    )
    pay = host_pay(request.actor, clock.today())
    form = SettingsForm(request.POST or None, initial=typed(pay.current) if pay.current else None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(
                request, form.cleaned_data["submission_key"], lambda: _add(request, host, form)
            )
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"host": host, "pay": pay, "form": form}
    return render(request, "payroll/host_settings.html", context)


def _add(request: ActorRequest, host: Organisation, form: SettingsForm) -> str:
    version = add_settings(host=host, terms=form.terms(), actor=request.actor)
    messages.success(
        request,
        _("Réglages enregistrés, en vigueur à partir du %(day)s.")
        % {"day": clock.format_day(version.in_force_from)},
    )
    return reverse("payroll:host_settings")
