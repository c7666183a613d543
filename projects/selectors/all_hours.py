"""Every hour of a cohort in one list, filtered, page by page, with the totals of the whole list."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Sum

from cohorts.enums import EnrolmentState
from cohorts.models import Cohort, Enrolment
from projects.enums import WorkKind, WorkState
from projects.models import Project, WorkEntry

PER_PAGE = 50
_VERIFIED = (WorkState.CONFIRMED, WorkState.LOCKED)


@dataclass(frozen=True, slots=True)
class KindTotal:
    label: str
    verified: int  # minutes
    awaiting: int


@dataclass(frozen=True, slots=True)
class AllHours:
    rows: "Page[Any]"
    kinds: tuple[KindTotal, ...]
    count: int
    verified: int
    awaiting: int

    @property
    def minutes(self) -> int:
        return self.verified + self.awaiting


class _Counted(Paginator):  # type: ignore[type-arg]
    """The count is known from the totals: asking again would cost a query."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count  # type: ignore[misc]


def all_hours(cohort: Cohort, asked: dict[str, Any], number: str) -> AllHours:
    """Standing entries, latest first. `asked`: what HoursFilterForm read. Two queries."""
    rows = WorkEntry.objects.of_cohort(cohort.pk).standing().filter(**_conditions(asked))
    count, kinds = 0, {kind: [0, 0] for kind in WorkKind}
    for kind, state, total, n in (
        rows.order_by().values_list("kind", "state").annotate(total=Sum("minutes"), n=Count("pk"))
    ):
        kinds[WorkKind(kind)][0 if state in _VERIFIED else 1] += total
        count += n
    shown = rows.select_related("enrolment__person", "project", "confirmed_by")
    pages = _Counted(shown.order_by("-day", "-pk"), PER_PAGE, count)
    return AllHours(
        rows=pages.get_page(number),
        kinds=tuple(
            KindTotal(str(kind.label), *minutes) for kind, minutes in kinds.items() if any(minutes)
        ),
        count=count,
        verified=sum(minutes[0] for minutes in kinds.values()),
        awaiting=sum(minutes[1] for minutes in kinds.values()),
    )


def _conditions(asked: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, path in (("personne", "enrolment_id"), ("activite", "project_id"), ("sorte", "kind")):
        if asked.get(name):
            found[path] = asked[name]
    if asked.get("etat"):
        waiting = (WorkState.OPEN, WorkState.DECLARED)
        found["state__in"] = waiting if asked["etat"] == "attend" else _VERIFIED
    if asked.get("du"):
        found["day__gte"] = asked["du"]
    if asked.get("au"):
        found["day__lte"] = asked["au"]
    return found


def choices_of(cohort_id: int) -> dict[str, list[tuple[str, str]]]:
    """Who worked and on what, for the filters. Two queries."""
    people = (
        Enrolment.objects.of_cohort(cohort_id)
        .exclude(state=EnrolmentState.SELECTED)
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )
    projects = Project.objects.of_cohort(cohort_id).order_by("name", "pk")
    return {
        "people": [(str(one.pk), one.person.full_name) for one in people],
        "projects": [(str(one.pk), one.full_label) for one in projects],
    }
