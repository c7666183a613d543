"""The whole path of a person: for who accompanies them, and for themself."""

from django.http import HttpResponse
from django.shortcuts import render

from cohorts.path import path_of
from cohorts.perms.path import can_read_path
from cohorts.views.scope import cohort_in_sight, enrolment_in, own_enrolment_of
from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, reads


@reads
def of_person(request: ActorRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    enrolment = enrolment_in(cohort, request.actor, enrolment_id)
    allow(request.actor.is_coordinator and can_read_path(request.actor, enrolment))
    request.page_cohort = cohort
    page = {
        "cohort": cohort,
        "enrolment": enrolment,
        "path": path_of(enrolment, request.actor, clock.today()),
        "layout": "layouts/desk.html",
    }
    return render(request, "cohorts/path.html", page)


@reads
def mine(request: ActorRequest) -> HttpResponse:
    """*Mon parcours*."""
    allow(request.actor.is_cooperant)
    enrolment = own_enrolment_of(request.actor)
    allow(can_read_path(request.actor, enrolment))
    page = {
        "cohort": enrolment.cohort,
        "enrolment": enrolment,
        "path": path_of(enrolment, request.actor, clock.today()),
        "layout": "layouts/phone.html",
        "own": True,
    }
    return render(request, "cohorts/path.html", page)
