"""What pages read of what comes next: one person's, or what people show to an organisation."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q

from cohorts.enums.own_projects import StepState
from cohorts.models import Cohort, Enrolment, Organisation, OwnHelper, OwnProject, OwnStep
from ct_platform.kit.actor import Actor

PER_PAGE = 20
_ORDER = {StepState.TO_DO: 0, StepState.DONE: 1, StepState.DROPPED: 2}


@dataclass(frozen=True, slots=True)
class Next:
    """Somebody's project as it stands, what it was before, its steps, who helps."""

    project: OwnProject | None
    before: tuple[OwnProject, ...]
    steps: tuple[OwnStep, ...]
    helpers: tuple[OwnHelper, ...]

    @property
    def done(self) -> int:
        return sum(one.state == StepState.DONE for one in self.steps)

    @property
    def kept(self) -> int:
        """Steps that were not left."""
        return sum(one.state != StepState.DROPPED for one in self.steps)


def next_of(enrolment: Enrolment) -> Next:
    """Three queries."""
    versions = list(OwnProject.objects.filter(enrolment=enrolment).order_by("-number"))
    helpers = OwnHelper.objects.filter(enrolment=enrolment).present()
    return Next(
        project=versions[0] if versions else None,
        before=tuple(versions[1:]),
        steps=_in_order(OwnStep.objects.filter(enrolment=enrolment)),
        helpers=tuple(helpers.select_related("organisation")),
    )


def _in_order(steps: Iterable[OwnStep]) -> tuple[OwnStep, ...]:
    """To do first, by day; then done, then left."""
    return tuple(
        sorted(
            steps,
            key=lambda one: (_ORDER[StepState(one.state)], one.due_on or dt.date.max, one.pk),
        )
    )


def helpers_offered(cohort: Cohort) -> list[Organisation]:
    """The host of a cohort, and whoever follows it or its territory, by name. One query."""
    found = Organisation.objects.filter(
        Q(pk=cohort.host_id)
        | Q(partnerships__territory_id=cohort.territory_id)
        | Q(partnerships__cohort_id=cohort.pk)
    )
    return list(found.distinct().order_by("name"))


@dataclass(frozen=True, slots=True)
class Helped:
    """One person's project, as an organisation that helps sees it: neither contact nor the others."""

    project: OwnProject
    steps: tuple[OwnStep, ...]
    helps_with: str

    @property
    def enrolment(self) -> Enrolment:
        return self.project.enrolment


def helped_by(actor: Actor, number: str | None) -> Page[Any]:
    """What people chose to show to the organisation of a seat, by name. Four queries."""
    rows = (
        OwnProject.objects.visible_to(actor)
        .current()
        .select_related("enrolment__person", "enrolment__cohort")
        .order_by("enrolment__person__last_name", "enrolment__person__first_name", "pk")
    )
    page = Paginator(rows, PER_PAGE).get_page(number)
    keys = [one.enrolment_id for one in page.object_list]
    steps: dict[int, list[OwnStep]] = {}
    for step in OwnStep.objects.visible_to(actor).filter(enrolment__in=keys):
        steps.setdefault(step.enrolment_id, []).append(step)
    own = OwnHelper.objects.visible_to(actor).filter(enrolment__in=keys)
    helps = {one.enrolment_id: one.helps_with for one in own}
    page.object_list = [
        Helped(one, _in_order(steps.get(one.enrolment_id, [])), helps.get(one.enrolment_id, ""))
        for one in page.object_list
    ]
    return page
