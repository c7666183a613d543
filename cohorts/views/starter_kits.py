"""A new cohort from an old one, and the kit that travels to another network."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohorts import perms
from cohorts.forms.starter_kits import CloneForm, KitForm, StartForm
from cohorts.models import Cohort, Organisation
from cohorts.perms import closing as closing_perms
from cohorts.selectors import starter_kits as read
from cohorts.selectors.programmes import programmes_for
from cohorts.services.starter_kits import start_from_kit
from cohorts.starter_kit import Kit
from cohorts.views.scope import cohort_in_sight
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from ct_platform.kit.once import once

# How many of the things left behind a message says; the others are counted.
TOLD = 5


@form_page
def clone(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """What the next cohort takes over from this one: all of it ticked, but what names somebody."""
    cohort = request.page_cohort = cohort_in_sight(request.actor, cohort_id)
    allow(closing_perms.can_see_closing(request.actor, cohort))
    sections = read.kit_lines(cohort)
    request.page_trades = read.trades_in(sections)
    sent = request.POST if request.method == "POST" else None
    form = CloneForm(sent, source=cohort, **_offered(request, cohort))
    taken = sent.getlist("take") if sent is not None else _offered_lines(sections)
    if sent is not None and form.is_valid():
        kit = read.chosen_kit(sections, {*taken, "frame:0"})
        try:
            return once(
                request, form.cleaned_data["submission_key"], lambda: _start(request, form, kit)
            )
        except Refused as refusal:
            refuse_in(form, refusal)
    page = {"cohort": cohort, "sections": sections, "form": form, "taken": taken}
    return render(request, "cohorts/kit/clone.html", page, status=422 if form.errors else 200)


@form_page
def import_kit(request: ActorRequest) -> HttpResponse:
    """A new cohort from the file of another one, here or elsewhere."""
    allow(perms.can_create_cohort(request.actor))
    sent = request.method == "POST"
    form = KitForm(
        request.POST if sent else None, request.FILES if sent else None, **_offered(request)
    )
    if sent and form.is_valid():
        try:
            kit = read.read_kit(form.cleaned_data["file"])
            return once(
                request, form.cleaned_data["submission_key"], lambda: _start(request, form, kit)
            )
        except Refused as refusal:
            refuse_in(form, refusal)
    page = {"form": form}
    return render(request, "cohorts/kit/import.html", page, status=422 if form.errors else 200)


@reads
def kit_file(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """The kit as a file: what names somebody is left out, whatever it is."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(closing_perms.can_see_closing(request.actor, cohort))
    content = read.write_kit(read.nameless_kit(read.kit_lines(cohort)))
    name = f"kit-{slugify(cohort.name)}.json"
    return HttpResponse(
        content,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _offered(request: ActorRequest, cohort: Cohort | None = None) -> dict[str, Any]:
    return {
        "hosts": Organisation.objects.visible_to(request.actor).hosts(),
        "programmes": programmes_for(request.actor, cohort),
        "seats": read.coordinator_seats(request.actor, clock.today()),
    }


def _offered_lines(sections: list[read.Section]) -> list[str]:
    return [line.key for one in sections for line in one.lines if not line.names_somebody]


def _start(request: ActorRequest, form: StartForm, kit: Kit) -> str:
    typed = form.cleaned_data
    cohort, left = start_from_kit(
        kit=kit,
        name=typed["name"],
        host=typed["host"],
        programme=typed["programme"],
        starts_on=typed["starts_on"],
        seat=form.chosen_seat,
        actor=request.actor,
        at=clock.now(),
    )
    said = _("La coopérative « %(name)s » est créée, sans personne. Vérifiez ses séances.")
    messages.success(request, said % {"name": cohort.name})
    for sentence in left[:TOLD]:
        messages.warning(request, sentence)
    if len(left) > TOLD:
        more = _("Et %(n)d autres choses n’ont pas pu être reprises.") % {"n": len(left) - TOLD}
        messages.warning(request, more)
    if cohort.territory_id != request.actor.territory_id:
        return reverse("members:seats")
    return reverse(settings.COHORT_PAGE, kwargs={"cohort_id": cohort.pk})
