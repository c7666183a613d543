"""What cohorts lets each seat find: people, candidates, cohorts, organisations, sessions."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf, Replace
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.enums import EnrolmentState
from cohorts.enums.sessions import SESSION_ICONS, SessionKind
from cohorts.models import Application, Cohort, Enrolment, Organisation, Session
from ct_platform.kit.actor import Actor, SeatKind
from ct_platform.kit.clock import format_day
from members import search
from members.rules import one_apart
from members.search import SHOWN, Finder, Hit, Query, matching
from members.spelling import pattern_of

# Names compared one by one when nobody answers as typed; beyond, spelling must be right.
_COMPARED = 5000
_LIMIT = SHOWN + 1


def find_people(actor: Actor, query: Query) -> Iterator[Hit]:
    """By civil or used name, or by phone for who accompanies them. Two queries at most."""
    seen = Enrolment.objects.visible_to(actor)
    found = list(_named(seen, query, phones=actor.is_coordinator)[:_LIMIT])
    close = not found and _spelt_otherwise(seen, query)
    for one in close or found:
        said = [str(one.get_state_display()).capitalize(), one.cohort.name]
        if close:
            said.append(_("s’écrit presque pareil"))
        yield Hit(one.person.full_name, ", ".join(said), _door(actor, one), "personne")


def _door(actor: Actor, enrolment: Enrolment) -> str:
    if actor.is_coordinator:
        return reverse("cohorts:path", args=[enrolment.cohort_id, enrolment.pk])
    return reverse("cohorts:contracts", args=[enrolment.cohort_id])


def _named(seen: QuerySet[Any], query: Query, *, phones: bool) -> QuerySet[Any]:
    """`search_key` is folded already; only the used name is looked at letter by letter."""
    rows = seen.alias(tight=Replace("person__search_key", Value(" "), Value("")))
    asked = Q()
    for word in query.words:
        asked &= (
            Q(person__search_key__contains=word)
            | Q(tight__contains=word)
            | Q(person__used_name__regex=pattern_of(word))
        )
    if phones and query.phone:
        asked |= Q(person__phone__contains=query.phone)
    return _in_order(rows.filter(asked))


def _in_order(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("person", "cohort").order_by(
        "person__last_name", "person__first_name", "-cohort__starts_on", "pk"
    )


def _spelt_otherwise(seen: QuerySet[Any], query: Query) -> list[Any]:
    """Whose name is one letter away from each word: added, dropped, changed or swapped. Two queries."""
    words = [word for word in query.words if len(word) > 3 and not word.isdigit()]
    if not words or len(words) < len(query.words):
        return []
    names = seen.order_by("pk").values_list("pk", "person__search_key", "person__used_name")
    keys = [
        pk
        for pk, key, used in names[:_COMPARED]
        if all(
            any(one_apart(word, part) for part in f"{key} {used.lower()}".split()) for word in words
        )
    ]
    return list(_in_order(seen.filter(pk__in=keys[:_LIMIT]))) if keys else []


def find_colleagues(actor: Actor, query: Query) -> Iterator[Hit]:
    """The people of one's own cohort, by the name they go by and nothing else."""
    called = Coalesce(NullIf("person__used_name", Value("")), "person__first_name")
    rows = (
        Enrolment.objects.visible_to(actor)
        .filter(state__in=[EnrolmentState.ACTIVE, EnrolmentState.COMPLETED])
        .annotate(called=called)
    )
    found = matching(rows, query, "called").select_related("person").order_by("called", "pk")
    for one in found[:_LIMIT]:
        yield Hit(one.called, one.activity, icon="personne")


def find_candidates(actor: Actor, query: Query) -> Iterator[Hit]:
    rows = Application.objects.visible_to(actor).standing().filter(enrolment__isnull=True)
    named = Q(pk__in=matching(rows, query, "first_name", "last_name").values("pk"))
    if query.phone:
        named |= Q(phone__contains=query.phone)
    found = rows.filter(named).select_related("cohort").order_by("last_name", "first_name", "pk")
    for one in found[:_LIMIT]:
        text = f"{str(one.get_state_display()).capitalize()}, {one.cohort.name}"
        url = reverse("cohorts:application", args=[one.cohort_id, one.pk])
        yield Hit(one.full_name, text, url, "lettre")


def find_cohorts(actor: Actor, query: Query) -> Iterator[Hit]:
    """Each seat opens what it may: its board, its contracts, or the line of a table."""
    rows = Cohort.objects.visible_to(actor)
    found = Cohort.objects.filter(
        pk__in=matching(rows, query, "name", "territory__name").values("pk")
    ).select_related("territory")
    for one in found.order_by("-starts_on", "name", "pk")[:_LIMIT]:
        text = f"{str(one.get_state_display()).capitalize()}, {one.territory.name}"
        url = ""
        if actor.is_coordinator:
            url = reverse("cohorts:people", args=[one.pk])
        elif actor.is_host:
            url = reverse("cohorts:contracts", args=[one.pk])
        yield Hit(one.name, text, url, "groupe")


def find_organisations(actor: Actor, query: Query) -> Iterator[Hit]:
    rows = Organisation.objects.visible_to(actor)
    for one in matching(rows, query, "name", "city").order_by("name", "pk")[:_LIMIT]:
        kind = str(one.get_kind_display()).capitalize()
        yield Hit(one.name, f"{kind}, {one.city}" if one.city else kind, icon="maison")


def find_sessions(actor: Actor, query: Query) -> Iterator[Hit]:
    rows = Session.objects.visible_to(actor)
    found = matching(rows, query, "title", "place").select_related("cohort")
    for one in found.order_by("-day", "-pk")[:_LIMIT]:
        text = f"{format_day(one.day)}, {one.place}, {one.cohort.name}"
        url = reverse("cohorts:session", args=[one.cohort_id, one.pk])
        yield Hit(one.title, text, url, SESSION_ICONS[SessionKind(one.kind)])


_COORDINATOR = frozenset({SeatKind.COORDINATOR})
FINDERS = (
    Finder("people", 10, gettext_lazy("Personnes"), _COORDINATOR | {SeatKind.HOST}, find_people),
    Finder(
        "colleagues", 10, gettext_lazy("Dans ma coop"), frozenset({SeatKind.COOPERANT}), find_colleagues
    ),
    Finder("candidates", 20, gettext_lazy("Candidatures"), _COORDINATOR, find_candidates),
    Finder(
        "cohorts", 30, gettext_lazy("Cohortes"),
        _COORDINATOR | {SeatKind.HOST, SeatKind.PARTNER, SeatKind.NETWORK}, find_cohorts,
    ),
    Finder(
        "organisations", 40, gettext_lazy("Organisations"),
        _COORDINATOR | {SeatKind.HOST, SeatKind.PARTNER, SeatKind.NETWORK}, find_organisations,
    ),
    Finder("sessions", 60, gettext_lazy("Séances"), _COORDINATOR, find_sessions),
)  # fmt: skip


def register_all() -> None:
    for finder in FINDERS:
        search.register(finder)
