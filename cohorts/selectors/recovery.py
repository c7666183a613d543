"""Requests of people who can no longer enter: whom to ask, and what their pages show."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.enums.entry_files import ExitStatus
from cohorts.enums.recovery import RecoveryState
from cohorts.models import Cohort, Enrolment, ExitSituation, RecoveryRequest, Territory
from ct_platform.kit.actor import Actor
from ct_platform.kit.models import TransitionLog
from members.models import Person
from members.rules import Identity, Likeness, fold
from members.selectors import LIKENESS_WORDS, Match, identity_of, likely_same_persons

PER_PAGE = 25
_FOUND_AT_MOST = 10
_SIGNS = {
    RecoveryState.RECEIVED: ("warn", "horloge"),
    RecoveryState.CHECKED: ("warn", "cle"),
    RecoveryState.APPROVED: ("wait", "attente"),
    RecoveryState.ENTERED: ("ok", "ok"),
    RecoveryState.REFUSED: ("wait", "non-rond"),
    RecoveryState.BLOCKED: ("bad", "alerte"),
    RecoveryState.LAPSED: ("wait", "horloge"),
}


def cohorts_to_ask(identity: Identity, territory: Territory | None) -> list[Cohort]:
    """Cohorts where such a person is known, and those of the territory that was named. Three queries,
    whether anybody is known or not: the time it takes must not tell."""
    among = Person.objects.filter(enrolments__isnull=False)
    (matches,) = likely_same_persons(identities=[identity], among=among)
    known = Q(enrolments__person__in=[match.person.pk for match in matches])
    named = Q(territory=territory) if territory is not None else Q(pk__in=[])
    return list(Cohort.objects.filter(known | named).distinct())


def has_namesake(person: Person) -> bool:
    """Another file under the same name and birth date: perhaps the same person, twice. One query."""
    (matches,) = likely_same_persons(
        identities=[identity_of(person)], among=Person.objects.exclude(pk=person.pk)
    )
    return any(match.likeness is Likeness.SAME_NAME_AND_BIRTH for match in matches)


def is_noted_dead(person: Person) -> bool:
    """The exit of one of their files says so; a corrected one no longer does. One query."""
    exits = ExitSituation.objects.filter(enrolment__person=person).current()
    return bool(exits.filter(status=ExitStatus.DEATH).exists())


def territories_to_name() -> QuerySet[Territory]:
    """Those where something was ever run: they are public."""
    return Territory.objects.filter(cohorts__isnull=False).distinct().order_by("name")


@dataclass(frozen=True, slots=True)
class Sign:
    tone: str
    icon: str
    label: str


@dataclass(frozen=True, slots=True)
class RecoveryRow:
    request: RecoveryRequest
    sign: Sign


def sign_of(request: RecoveryRequest) -> Sign:
    tone, icon = _SIGNS[RecoveryState(request.state)]
    return Sign(tone, icon, request.get_state_display())


def recoveries_of(actor: Actor, page: str) -> tuple[list[RecoveryRow], Page[RecoveryRequest]]:
    """Those that wait, oldest first, and a page of those that are over, latest first. Three queries."""
    rows = RecoveryRequest.objects.visible_to(actor).select_related("territory")
    waiting = [
        RecoveryRow(one, sign_of(one)) for one in rows.waiting().order_by("created_at")[:100]
    ]
    over = Paginator(rows.over().order_by("-closed_at", "-pk"), PER_PAGE).get_page(page)
    return waiting, over


def count_waiting(actor: Actor) -> int:
    """One query."""
    return RecoveryRequest.objects.visible_to(actor).waiting().count()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody it may be, and how the platform knows."""

    person: Person
    words: str
    groups: str


def candidates_of(request: RecoveryRequest, actor: Actor, typed: str) -> list[Candidate]:
    """Persons in sight the request may be about, surest first; or whom the name `typed` finds, since
    people marry and change names. Three queries."""
    among = Person.objects.visible_to(actor).exclude(pk=actor.person_id)
    known = among.filter(enrolments__isnull=False).exclude(
        enrolments__state=EnrolmentState.SELECTED
    )
    matches: Sequence[Match]
    if words := fold(typed).split():
        query = Q()
        for word in words:
            query &= Q(search_key__contains=word)
        found = known.filter(query).distinct().order_by("search_key")[:_FOUND_AT_MOST]
        looked = [(person, str(_("trouvée par son nom"))) for person in found]
    else:
        (matches,) = likely_same_persons(identities=[request.identity], among=known)
        looked = [(match.person, str(LIKENESS_WORDS[match.likeness])) for match in matches][
            :_FOUND_AT_MOST
        ]
    groups = _groups_of([person.pk for person, _words in looked], actor)
    return [Candidate(person, said, groups.get(person.pk, "")) for person, said in looked]


def _groups_of(keys: Sequence[int], actor: Actor) -> dict[int, str]:
    rows = Enrolment.objects.visible_to(actor).filter(person_id__in=keys)
    found: dict[int, list[str]] = {}
    for one in rows.select_related("cohort").order_by("cohort__starts_on"):
        found.setdefault(one.person_id, []).append(f"{one.cohort.name} ({one.cohort.ends_on.year})")
    return {key: ", ".join(names) for key, names in found.items()}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history."""

    words: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class RecoveryPage:
    sign: Sign
    others: int  # that wait under the same name and birth date
    groups: str
    steps: list[Step]


def recovery_page(request: RecoveryRequest, actor: Actor) -> RecoveryPage:
    """Three queries."""
    log = TransitionLog.objects.filter(
        model=RecoveryRequest._meta.label_lower, row_id=request.pk
    ).order_by("at", "pk")
    groups = _groups_of([request.person_id], actor) if request.person_id else {}
    return RecoveryPage(
        sign=sign_of(request),
        others=RecoveryRequest.objects.visible_to(actor).same_name(request).count(),
        groups=groups.get(request.person_id or 0, ""),
        steps=[Step(str(RecoveryState(step.new).label), step.at) for step in log],
    )
