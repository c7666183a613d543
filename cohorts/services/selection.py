"""The selection: opinions, decisions, and the person an application becomes."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.enums.recruiting import APPLICATION_ALLOWED, ApplicationState, Stance
from cohorts.models import Application, Cohort, Enrolment, Opinion
from cohorts.rules.programmes import is_minor
from cohorts.selectors.selection import known_people
from cohorts.services.ages import note_guardian, require_age, require_guardian
from cohorts.services.enrolments import select_person
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from members.models import Person
from members.services.people import create_person, update_person

# What an application may complete of somebody we already know; it never writes over what is there.
_COMPLETED = ("email", "phone", "address", "postcode", "city")


@transaction.atomic
def give_opinion(
    *, application: Application, stance: str, reasons: str, actor: Actor, at: dt.datetime
) -> Opinion:
    """Write down what a member of the selection thinks; a later one replaces their own.

    Raises Refused for a stance that does not exist.
    """
    if stance not in Stance.values:
        raise Refused(_("Choisissez un avis."), field="stance")
    opinion, _made = Opinion.objects.update_or_create(
        application=application,
        by_id=actor.person_id,
        defaults={"stance": stance, "reasons": reasons.strip(), "at": at},
    )
    return opinion


@transaction.atomic
def decide(
    *, application: Application, to: str, note: str, actor: Actor, at: dt.datetime
) -> Application:
    """Select, keep waiting, decline, or put aside; `note` is why, read by coordinators alone.

    Deciding the same again only keeps the note. Who withdraws after being enrolled, and before
    entering, leaves the list of the cohort. Raises Refused when the person is already written in the
    cohort, or for a step that does not exist.
    """
    held = _held(application)
    if held.erased_at is not None:
        raise Refused(_("Cette candidature est effacée."))
    if held.state == to:
        if note.strip():
            Application.objects.filter(pk=held.pk).update(note=note.strip())
        return held
    enrolment = _enrolment_of(held)
    if enrolment is not None:
        _require_free(enrolment, to)
    move(
        held,
        to,
        allowed=APPLICATION_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        decided_at=at,
        decided_by_id=actor.person_id,
        note=note.strip() or held.note,
        enrolment=None,
    )
    if enrolment is not None:
        # They never entered: nothing hangs on the row, and PROTECT would say so.
        enrolment.delete()
    return held


def _held(application: Application) -> Application:
    held: Application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("cohort__programme", "enrolment")
        .get(pk=application.pk)
    )
    return held


def _enrolment_of(held: Application) -> Enrolment | None:
    """Locked: who is let in at this very moment does not withdraw by their application."""
    return (
        Enrolment.objects.select_for_update(of=("self",)).filter(pk=held.enrolment_id or 0).first()
    )


def _require_free(enrolment: Enrolment, to: str) -> None:
    if enrolment.state != EnrolmentState.SELECTED:
        raise Refused(_("Cette personne est dans la coopérative : notez plutôt son départ."))
    if to != ApplicationState.WITHDRAWN:
        raise Refused(
            _("Cette personne est déjà inscrite. Si elle renonce, notez qu’elle se retire.")
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """Who an application is: "new" or "person:<id>", "" when nobody asked; a minor's guardian."""

    who: str = ""
    guardian_name: str = ""
    guardian_agreed_on: dt.date | None = None


@transaction.atomic
def enrol(*, application: Application, entry: Entry, actor: Actor, at: dt.datetime) -> Enrolment:
    """Make a selected application a Person and their Enrolment, waiting to enter.

    Enrolling twice gives the enrolment that exists. Raises Refused beside the field at fault: not
    selected, somebody alike is known and nobody said who it is ("who"), already in the cohort, an
    age the programme does not take, a minor without a dated agreement of a guardian.
    """
    # Everybody who enrols in this cohort passes here: two at once cannot both miss a duplicate.
    cohort = (
        Cohort.objects.select_for_update(of=("self",))
        .select_related("programme")
        .get(pk=application.cohort_id)
    )
    held = _held(application)
    if held.enrolment is not None:
        return held.enrolment
    if held.state != ApplicationState.SELECTED:
        raise Refused(_("Cette candidature n’est pas retenue."))
    require_age(cohort=cohort, born=held.birth_date)
    person = _person_of(held, entry, actor, at)
    enrolment = select_person(cohort=cohort, person=person)
    _keep_guardian(person, cohort, entry, at)
    Application.objects.filter(pk=held.pk).update(enrolment=enrolment)
    return enrolment


def _person_of(held: Application, entry: Entry, actor: Actor, at: dt.datetime) -> Person:
    known = {f"person:{match.person.pk}": match.person for match in known_people(held, actor)}
    if entry.who in known:
        return _complete(known[entry.who], held, actor, at)
    if entry.who != "new" and (known or entry.who):
        raise Refused(
            _("Quelqu’un lui ressemble dans vos listes. Dites si c’est la même personne."),
            field="who",
        )
    return create_person(
        first_name=held.first_name,
        last_name=held.last_name,
        birth_date=held.birth_date,
        email=held.email,
        phone=held.phone,
        address=held.address,
        postcode=held.postcode,
        city=held.city,
        at=at,
    )


def _complete(person: Person, held: Application, actor: Actor, at: dt.datetime) -> Person:
    texts = {
        name: getattr(held, name)
        for name in _COMPLETED
        if getattr(held, name) and not getattr(person, name)
    }
    born = held.birth_date if person.birth_date is None else None
    if texts or born:
        return update_person(person=person, texts=texts, birth_date=born, actor=actor, at=at)
    return person


def _keep_guardian(person: Person, cohort: Cohort, entry: Entry, at: dt.datetime) -> None:
    if entry.guardian_agreed_on is not None and is_minor(person.birth_date, cohort.starts_on):
        note_guardian(
            person=person,
            cohort=cohort,
            guardian=entry.guardian_name,
            agreed_on=entry.guardian_agreed_on,
            at=at,
        )
    require_guardian(person=person, cohort=cohort, day=cohort.starts_on)
