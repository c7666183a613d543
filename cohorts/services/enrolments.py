"""Entering a cohort, and leaving it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums import (
    ENROLMENT_ALLOWED,
    CohortState,
    ContractKind,
    EnrolmentState,
    LeavingReason,
)
from cohorts.importing.rows import Row
from cohorts.models import Cohort, Contract, Enrolment
from cohorts.rules.programmes import is_minor
from cohorts.services.ages import note_guardian, require_age, require_guardian
from cohorts.services.follow_ups import plan
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from members.models import Person
from members.services.people import create_person, update_person

# What a list may complete of somebody we already know; it never writes over what is there.
_COMPLETED = ("used_name", "email", "phone", "address", "postcode", "city")


@dataclass(frozen=True, slots=True)
class Entrance:
    """One person about to enter, with what their row says of their stay."""

    person: Person
    row: Row


def person_from(*, row: Row, at: dt.datetime) -> Person:
    """Write down the person of a row as somebody new."""
    return create_person(
        first_name=row.text("first_name"),
        last_name=row.text("last_name"),
        used_name=row.text("used_name"),
        birth_date=row.day("birth_date"),
        email=row.text("email"),
        phone=row.text("phone"),
        address=row.text("address"),
        postcode=row.text("postcode"),
        city=row.text("city"),
        at=at,
    )


def complete_person(*, person: Person, row: Row, actor: Actor, at: dt.datetime) -> None:
    """Fill what we did not know of a person from their row; nothing known is written over."""
    texts = {
        name: row.text(name) for name in _COMPLETED if row.text(name) and not getattr(person, name)
    }
    born = row.day("birth_date") if person.birth_date is None else None
    if texts or born:
        update_person(person=person, texts=texts, birth_date=born, actor=actor, at=at)


@transaction.atomic
def enter_cohort(
    *, cohort: Cohort, entrances: Iterable[Entrance], at: dt.datetime
) -> list[Enrolment]:
    """Enrol people, each with a CAPE over their dates. Two queries, and one for each minor.

    Without dates of their own, people vote from the first day and are bound for the whole cohort.
    Raises Refused when the programme does not take somebody of that age, or a minor enters without
    the dated agreement of a guardian.
    """
    wanted = list(entrances)
    for one in wanted:
        require_age(cohort=cohort, born=one.person.birth_date, name=one.person.full_name)
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            cohort=cohort,
            person=one.person,
            state=EnrolmentState.ACTIVE,
            votes_from=one.row.day("votes_from") or cohort.starts_on,
            activity=one.row.text("activity"),
            planned_weekly_minutes=int(one.row.text("weekly_hours") or 0) or None,
        )
        for one in wanted
    )
    Contract.objects.bulk_create(
        Contract(
            enrolment=enrolment,
            kind=ContractKind.CAPE,
            starts_on=one.row.day("contract_starts_on") or cohort.starts_on,
            ends_on=one.row.day("contract_ends_on") or cohort.ends_on,
        )
        for enrolment, one in zip(enrolments, wanted, strict=True)
    )
    for one in wanted:
        agreed_on = one.row.day("guardian_agreed_on")
        if agreed_on is not None and is_minor(one.person.birth_date, cohort.starts_on):
            note_guardian(
                person=one.person,
                cohort=cohort,
                guardian=one.row.text("guardian_name"),
                agreed_on=agreed_on,
                at=at,
            )
        require_guardian(person=one.person, cohort=cohort, day=cohort.starts_on)
    return enrolments


@transaction.atomic
def select_person(*, cohort: Cohort, person: Person) -> Enrolment:
    """Write that somebody is chosen: they wait to enter, without a vote nor a contract yet.

    Raises Refused when they are already of the cohort, or of an age its programme does not take.
    """
    require_age(cohort=cohort, born=person.birth_date, name=person.full_name)
    with refusing(Enrolment):
        return Enrolment.objects.create(cohort=cohort, person=person, state=EnrolmentState.SELECTED)


@transaction.atomic
def welcome(*, enrolments: Iterable[Enrolment], actor: Actor, at: dt.datetime) -> int:
    """Before the start, let in who was selected: voting from the first day, with a CAPE, as a list does.

    Returns how many entered; who is already in stays as they are. Raises Refused once the cohort runs:
    the group then decides by a vote (decision effect "admit").
    """
    entered = 0
    for enrolment in enrolments:
        cohort = enrolment.cohort
        if enrolment.state == EnrolmentState.ACTIVE:
            continue
        if cohort.state not in (CohortState.DRAFT, CohortState.RECRUITING):
            raise Refused(
                _(
                    "La coopérative a commencé : c’est le groupe qui accueille, par un vote "
                    "« Accueillir une personne »."
                )
            )
        admit(enrolment=enrolment, votes_from=cohort.starts_on, actor=actor, at=at)
        Contract.objects.create(
            enrolment=enrolment,
            kind=ContractKind.CAPE,
            starts_on=cohort.starts_on,
            ends_on=cohort.ends_on,
        )
        entered += 1
    return entered


@transaction.atomic
def mark_left(
    *,
    enrolment: Enrolment,
    left_on: dt.date,
    reason: LeavingReason,
    actor: Actor | None,
    at: dt.datetime,
) -> None:
    """Note that somebody left on `left_on` (their last day, counted) and why.

    `actor` None: the group itself, by a decision. Their hours, votes and pay stay. Saying it again
    changes nothing. Raises Refused when the day is outside the cohort or still to come.
    """
    if enrolment.state == EnrolmentState.LEFT:
        return
    cohort = enrolment.cohort
    if not cohort.starts_on <= left_on <= cohort.ends_on:
        raise Refused(
            _("Cette date est hors de la cohorte, qui va du %(first)s au %(last)s.")
            % {"first": format_day(cohort.starts_on), "last": format_day(cohort.ends_on)},
            field="left_on",
        )
    if left_on > civil_day(at):
        raise Refused(
            _("Ce jour n’est pas encore venu. Notez le départ ce jour-là."), field="left_on"
        )
    move(
        enrolment,
        EnrolmentState.LEFT,
        allowed=ENROLMENT_ALLOWED,
        by_person_id=actor.person_id if actor else None,
        at=at,
        reason=LeavingReason(reason).value,
        left_on=left_on,
        left_reason=reason,
    )
    plan(enrolment=enrolment, by_person_id=actor.person_id if actor else None, at=at)


@transaction.atomic
def admit(
    *, enrolment: Enrolment, votes_from: dt.date, actor: Actor | None, at: dt.datetime
) -> None:
    """Let somebody selected enter: active, and voting from that day on.

    `actor` None: the group itself, by a decision. Their contract is the host's affair and is not
    written here. Raises Refused when the person is not waiting to enter, the cohort is archived, or a
    minor has no guardian's agreement.
    """
    if enrolment.cohort.state == CohortState.ARCHIVED:
        raise Refused(_("La cohorte est archivée : personne n’y entre plus."))
    if enrolment.state != EnrolmentState.SELECTED:
        raise Refused(
            _("%(name)s n’attend plus d’entrer dans la coopérative.")
            % {"name": enrolment.person.full_name}
        )
    require_guardian(person=enrolment.person, cohort=enrolment.cohort, day=votes_from)
    move(
        enrolment,
        EnrolmentState.ACTIVE,
        allowed=ENROLMENT_ALLOWED,
        by_person_id=actor.person_id if actor else None,
        at=at,
        votes_from=votes_from,
    )
