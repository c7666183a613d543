"""Charges given and ended by decisions of the group. Nobody else writes them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import Cohort, Enrolment, Mandate
from ct_platform.kit.clock import format_day
from ct_platform.kit.errors import Refused


@dataclass(frozen=True, slots=True)
class Given:
    """What a decision gave, now or when it was tried before; a sentence for each who is missing."""

    mandates: list[Mandate]
    missing: list[str]


@transaction.atomic
def give(
    *,
    cohort_id: int,
    enrolment_ids: Sequence[int],
    title: str,
    starts_on: dt.date,
    ends_on: dt.date | None,
    replaces: bool,
    decision_number: int,
) -> Given:
    """Give one mandate to these people of the cohort, from `starts_on` to `ends_on` (both included).

    `replaces`: who held it until now leaves it the day before. Somebody unknown here, gone, or who
    already has it on one of these days (without `replaces`) goes without it; the others have it.
    Repeated, it gives what was missing and nothing twice. Raises Refused: archived cohort, nobody
    to give it to, a mandate of that name which already begins later (`replaces`).
    """
    cohort = Cohort.objects.select_for_update(no_key=True).get(pk=cohort_id)
    if cohort.state == CohortState.ARCHIVED:
        raise Refused(_("La cohorte est archivée : plus aucun mandat n’y est donné."))
    before = _given_by(cohort_id, decision_number)
    crossing = [
        one
        for one in _crossing(cohort_id, title, starts_on, ends_on)
        if one.decision_number != decision_number
    ]
    had = {one.enrolment_id for one in before}
    people, missing = [], []
    for enrolment_id in enrolment_ids:
        if enrolment_id in had:
            continue
        try:
            person = _active(cohort_id, enrolment_id)
            if not replaces:
                _refuse_double(crossing, person)
            people.append(person)
        except Refused as refusal:
            missing.append(str(refusal))
    if not (before or people):
        raise Refused(" ".join(missing))
    if replaces:
        for held in crossing:
            _make_room(held, starts_on, decision_number)
    new = [
        Mandate.objects.create(
            enrolment=one,
            title=title,
            starts_on=starts_on,
            ends_on=ends_on,
            decision_number=decision_number,
        )
        for one in people
    ]
    return Given([*before, *new], missing)


@transaction.atomic
def end(*, mandate: Mandate, last_day: dt.date, decision_number: int) -> Mandate:
    """End a mandate on `last_day` (included; its first day at the earliest).

    Raises Refused when it has already ended, or will by then.
    """
    found: Mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    last = max(last_day, found.starts_on)
    if found.ends_on is not None and found.ends_on <= last:
        raise Refused(_("Ce mandat est déjà fini."))
    found.ends_on, found.ended_by_number = last, decision_number
    found.save(update_fields=["ends_on", "ended_by_number"])
    return found


@transaction.atomic
def end_all_of(*, enrolment: Enrolment, last_day: dt.date, decision_number: int) -> int:
    """End every mandate that somebody still holds after `last_day`; how many."""
    held = list(Mandate.objects.filter(enrolment=enrolment).in_force(last_day))
    later = [one for one in held if one.ends_on is None or one.ends_on > last_day]
    for one in later:
        end(mandate=one, last_day=last_day, decision_number=decision_number)
    return len(later)


@transaction.atomic
def end_given_by(
    *, cohort_id: int, given_by: int, last_day: dt.date, decision_number: int
) -> list[Mandate]:
    """End the mandates that decision n° `given_by` gave and that are still held after `last_day`."""
    return [
        end(mandate=one, last_day=last_day, decision_number=decision_number)
        for one in _given_by(cohort_id, given_by)
        if one.ends_on is None or one.ends_on > max(last_day, one.starts_on)
    ]


def _given_by(cohort_id: int, number: int) -> list[Mandate]:
    given = Mandate.objects.of_cohort(cohort_id).filter(decision_number=number)
    return list(given.select_related("enrolment__person"))


def _active(cohort_id: int, enrolment_id: int) -> Enrolment:
    found: Enrolment | None = (
        Enrolment.objects.of_cohort(cohort_id)
        .select_related("person")
        .filter(pk=enrolment_id)
        .first()
    )
    if found is None:
        raise Refused(_("Cette personne n’est pas de la coopérative."))
    if found.state != EnrolmentState.ACTIVE:
        raise Refused(
            _("%(name)s n’est plus dans la coopérative : le mandat n’est pas donné.")
            % {"name": found.person.full_name}
        )
    return found


def _crossing(
    cohort_id: int, title: str, starts_on: dt.date, ends_on: dt.date | None
) -> list[Mandate]:
    """Mandates of that name held on one of these days. Accents and capitals: compared in Python."""
    held = (
        Mandate.objects.of_cohort(cohort_id)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
        .select_related("enrolment__person")
    )
    if ends_on is not None:
        held = held.filter(starts_on__lte=ends_on)
    return [one for one in held if one.title.casefold() == title.casefold()]


def _make_room(held: Mandate, starts_on: dt.date, decision_number: int) -> None:
    if held.starts_on >= starts_on:
        raise Refused(
            _("%(name)s a déjà ce mandat à partir du %(day)s : les deux se croisent.")
            % {"name": held.enrolment.person.full_name, "day": format_day(held.starts_on)}
        )
    end(
        mandate=held,
        last_day=starts_on - dt.timedelta(days=1),
        decision_number=decision_number,
    )


def _refuse_double(crossing: Sequence[Mandate], person: Enrolment) -> None:
    if any(held.enrolment_id == person.pk for held in crossing):
        raise Refused(
            _("%(name)s a déjà ce mandat à ces dates.") % {"name": person.person.full_name}
        )
