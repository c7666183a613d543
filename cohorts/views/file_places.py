"""Whether the address at entry lies in a priority quarter."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts.forms.entry_files import CoordinatesForm, HandForm
from cohorts.perms import entry_files as perms
from cohorts.selectors.entry_files import file_of
from cohorts.selectors.places import lookup_is_on, quarters_offered
from cohorts.services.places import locate, locate_by_hand, locate_by_lookup
from cohorts.views.scope import cohort_in_sight, enrolment_in
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, refuse_in


@form_page
def place(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    """Three ways: by coordinates, by the address service when it is on, by hand with evidence."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_read_file(request.actor, cohort))
    enrolment = enrolment_in(cohort, request.actor, enrolment_id)
    allow(perms.can_correct_file(request.actor, enrolment))
    kept = file_of(enrolment, clock.today())
    how = request.POST.get("how", "")
    point = CoordinatesForm(request.POST if how == "point" else None)
    hand = HandForm(
        request.POST if how == "hand" else None, quarters=quarters_offered(kept, cohort.territory)
    )
    who = {
        "enrolment": enrolment, "reason": request.POST.get("reason", ""),
        "actor": request.actor, "at": clock.now(),
    }  # fmt: skip
    acts: dict[str, tuple[forms.Form, Callable[[], object]]] = {
        "point": (point, lambda: locate(**who, **point.cleaned_data)),
        "lookup": (forms.Form({}), lambda: locate_by_lookup(**who)),
        "hand": (
            hand,
            lambda: locate_by_hand(
                **who, quarter_code=hand.code, evidence=hand.cleaned_data["evidence"]
            ),
        ),
    }
    if how in acts and _settled(request, *acts[how]):
        return redirect("cohorts:file", cohort.pk, enrolment.pk)
    page = {
        "cohort": cohort, "file": kept, "point": point, "hand": hand, "lookup_is_on": lookup_is_on(),
        "needs_reason": bool(kept.place and kept.place.quarter_status)
        and kept.is_frozen(clock.today()),
    }  # fmt: skip
    return render(request, "cohorts/file/place.html", page)


def _settled(request: ActorRequest, form: forms.Form, act: Callable[[], object]) -> bool:
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        refuse_in(form, refusal)
        messages.error(request, str(refusal))
        return False
    messages.success(request, _("Le quartier est noté, avec son millésime."))
    return True
