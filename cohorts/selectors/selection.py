"""What the board of a selection shows: to coordinators everything, to partners what they need."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from cohorts.enums import CohortState, PartnershipRole
from cohorts.enums.recruiting import ANSWERED_STATES, ApplicationState, Availability, Stance
from cohorts.models import Application, ApplicationReading, Cohort, Opinion, Partnership
from cohorts.rules.ages import age_on
from cohorts.rules.recruiting import twins
from cohorts.selectors.people import Badge
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.delivery import DeliveryStatus
from members.models import Person
from members.selectors import LIKENESS_WORDS, Match, likely_same_persons

STATE_SIGNS = {
    ApplicationState.RECEIVED: ("wait", "lettre"),
    ApplicationState.SELECTED: ("ok", "ok"),
    ApplicationState.WAITING: ("wait", "attente"),
    ApplicationState.DECLINED: ("warn", "non-rond"),
    ApplicationState.WITHDRAWN: ("wait", "sortir"),
    ApplicationState.DUPLICATE: ("wait", "refaire"),
}


@dataclass(frozen=True, slots=True)
class BoardRow:
    pk: int
    name: str
    age: str
    received_on: dt.date
    state: Badge
    opinions: str  # "2 oui, 1 à discuter"
    own: str  # what the reader thinks
    twin: str  # the earlier application it looks like
    answer: Badge | None
    has_voice: bool
    is_enrolled: bool


@dataclass(frozen=True, slots=True)
class Board:
    rows: list[BoardRow]
    seats: int
    selected: int
    received: int
    unanswered: int


def badge_of(application: Application) -> Badge:
    state = ApplicationState(application.state)
    label = str(state.label)
    return Badge(*STATE_SIGNS[state], label[0].upper() + label[1:])


def sees_contacts(actor: Actor) -> bool:
    """Names in full and ways to reach people: the coordinators alone."""
    return actor.is_coordinator


def shown_name(application: Application, actor: Actor) -> str:
    return application.full_name if sees_contacts(actor) else application.short_name


def board_of(cohort: Cohort, actor: Actor) -> Board:
    """Every application of a cohort, those to read first. Four queries, whatever their number."""
    found = list(
        Application.objects.visible_to(actor)
        .of_cohort(cohort.pk)
        .select_related("voice")
        .prefetch_related("opinions", "answers")
    )
    standing = [one for one in found if one.erased_at is None]
    alike = twins({one.pk: one.identity for one in standing})
    names = {one.pk: shown_name(one, actor) for one in found}
    order = list(ApplicationState)
    found.sort(key=lambda one: (order.index(ApplicationState(one.state)), one.created_at, one.pk))
    rows = [
        _board_row(
            one,
            cohort,
            actor,
            names[alike[one.pk][0]]
            if one.pk in alike and one.state != ApplicationState.DUPLICATE
            else "",
        )
        for one in found
    ]
    return Board(
        rows=rows,
        seats=cohort.seats,
        selected=sum(one.state == ApplicationState.SELECTED for one in found),
        received=sum(one.state == ApplicationState.RECEIVED for one in standing),
        unanswered=sum(_is_unanswered(one) for one in standing),
    )


def _board_row(one: Application, cohort: Cohort, actor: Actor, twin: str) -> BoardRow:
    opinions = list(one.opinions.all())
    own = next((given for given in opinions if given.by_id == actor.person_id), None)
    return BoardRow(
        pk=one.pk,
        name=shown_name(one, actor),
        age=age_words(one, cohort),
        received_on=civil_day(one.created_at),
        state=badge_of(one),
        opinions=counted(opinions) if actor.is_coordinator else "",
        own=str(Stance(own.stance).label) if own else "",
        twin=twin,
        answer=_answer_badge(one) if actor.is_coordinator else None,
        has_voice=getattr(one, "voice", None) is not None,
        is_enrolled=one.enrolment_id is not None,
    )


def age_words(one: Application, cohort: Cohort) -> str:
    if one.birth_date is None:
        return ""
    return _("%(age)d ans") % {"age": age_on(one.birth_date, cohort.starts_on)}


def counted(opinions: Iterable[Opinion]) -> str:
    """ "2 oui, 1 à discuter"."""
    numbers = Counter(one.stance for one in opinions)
    return ", ".join(f"{numbers[one]} {one.label}" for one in Stance if numbers[one])


def _is_unanswered(one: Application) -> bool:
    if one.state == ApplicationState.RECEIVED:
        return True
    told = {answer.outcome for answer in one.answers.all() if answer.status == DeliveryStatus.DONE}
    return one.state in ANSWERED_STATES and one.state not in told


def _answer_badge(one: Application) -> Badge | None:
    if one.state not in ANSWERED_STATES:
        return None
    said = next((answer for answer in one.answers.all() if answer.outcome == one.state), None)
    if said is None:
        return Badge("warn", "attente", _("À répondre"))
    way = str(said.get_way_display())
    match said.status:
        case DeliveryStatus.DONE:
            day = format_day(civil_day(said.finished_at), year=False) if said.finished_at else ""
            return Badge("ok", "ok", _("Répondu"), f"{way}, {day}")
        case DeliveryStatus.FAILED:
            return Badge("bad", "alerte", _("Pas parti"), way)
    label = _("Lettre à poster") if said.is_letter else _("En route")
    return Badge("wait", "attente", label, "" if said.is_letter else way)


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """One application, as the reader may see it."""

    name: str
    age: str
    badge: Badge
    available: str
    opinions: list[Opinion]
    own: Opinion | None
    twins: list[str]
    contacts: bool
    has_voice: bool


def application_page(application: Application, actor: Actor) -> ApplicationPage:
    """Opinions a reader may read, and who else wrote under nearly the same name. Three queries."""
    cohort = application.cohort
    rows = Opinion.objects.filter(application=application).select_related("by")
    opinions = list(rows.readable_by(actor))  # type: ignore[attr-defined]
    others = list(Application.objects.of_cohort(cohort.pk).standing().exclude(pk=application.pk))
    found = [
        twins({other.pk: other.identity, application.pk: application.identity}).get(application.pk)
        for other in others
    ]
    return ApplicationPage(
        name=shown_name(application, actor),
        age=age_words(application, cohort),
        badge=badge_of(application),
        available=", ".join(
            str(Availability(code).label)
            for code in application.available
            if code in Availability.values
        ),
        opinions=opinions,
        own=next((one for one in opinions if one.by_id == actor.person_id), None),
        twins=[
            f"{shown_name(other, actor)} ({LIKENESS_WORDS[alike[1]]})"
            for other, alike in zip(others, found, strict=True)
            if alike is not None
        ],
        contacts=sees_contacts(actor),
        has_voice=getattr(application, "voice", None) is not None,
    )


def is_opened(application: Application, actor: Actor, day: dt.date) -> bool:
    """Whether this reader already said today that they read it. One query."""
    return bool(application.readings.filter(by_id=actor.person_id, day=day).exists())


def readings_of(application: Application, actor: Actor) -> list[ApplicationReading]:
    """Who read it, latest first, for the coordination. One query at most."""
    if not sees_contacts(actor):
        return []
    return list(application.readings.select_related("by")[:50])


def known_people(application: Application, actor: Actor) -> list[Match]:
    """Who, among those the coordinator may see, the applicant may already be. One query."""
    (found,) = likely_same_persons(
        identities=[application.identity], among=Person.objects.visible_to(actor)
    )
    return found


def selections_of(actor: Actor, day: dt.date) -> list[Cohort]:
    """Cohorts whose local committee the partner sits on today, and that are still choosing. One query."""
    ties = Partnership.objects.filter(
        organisation_id=actor.organisation_id or 0,
        role=PartnershipRole.LOCAL_COMMITTEE,
        starts_on__lte=day,
    ).exclude(ends_on__lt=day)
    return list(
        Cohort.objects.visible_to(actor)
        .filter(state__in=[CohortState.RECRUITING, CohortState.RUNNING])
        .filter(Q(partnerships__in=ties) | Q(territory__partnerships__in=ties))
        .distinct()
        .select_related("territory")
    )
