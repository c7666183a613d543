"""The host reads the kinds of programmes, and adds its own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.forms.programmes import ProgrammeForm
from cohorts.perms.programmes import can_close_programme, can_see_programmes
from cohorts.selectors.programmes import programmes_page
from cohorts.services.programmes import add_programme, close_programme
from cohorts.views.scope import programme_in_sight
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, refuse_in, writes
from ct_platform.kit.once import once


@form_page
def programmes(request: ActorRequest) -> HttpResponse:
    allow(can_see_programmes(request.actor))
    form = ProgrammeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _added(request, form))
        except Refused as refusal:
            refuse_in(form, refusal)
    page = {"form": form, "programmes": programmes_page(request.actor)}
    return render(request, "cohorts/programmes.html", page)


def _added(request: ActorRequest, form: ProgrammeForm) -> str:
    add_programme(wishes=form.wishes, actor=request.actor)
    messages.success(request, _("Le programme est proposé aux coordinations."))
    return reverse("cohorts:programmes")


@writes
def close(request: ActorRequest, programme_id: int) -> HttpResponse:
    programme = programme_in_sight(request.actor, programme_id)
    allow(can_close_programme(request.actor, programme))
    close_programme(programme=programme, at=clock.now())
    messages.success(request, _("Ce programme n’est plus proposé."))
    return redirect("cohorts:programmes")
