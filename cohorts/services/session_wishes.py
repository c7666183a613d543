"""What a coordinator wishes of a session, and what is refused before anything is written."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.models import Cohort, Enrolment
from cohorts.rules.sessions import MOST_IN_A_SERIES, SlotFault, series_days, slot_fault
from ct_platform.kit.clock import format_day
from ct_platform.kit.errors import Refused


@dataclass(frozen=True, slots=True)
class HalfDay:
    """Civil hours of Paris, on the day of the session."""

    half: str
    starts: dt.time
    ends: dt.time


@dataclass(frozen=True, slots=True)
class TrainerName:
    name: str
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionWishes:
    """What a coordinator typed. `invited`: keys of enrolments, empty for everybody."""

    kind: str
    title: str
    place: str
    day: dt.date
    halves: tuple[HalfDay, ...]
    trainers: tuple[TrainerName, ...] = ()
    invited: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Every `every_weeks` weeks until `until` (included), but for the skipped days."""

    until: dt.date
    every_weeks: int = 1
    skipped: Collection[dt.date] = ()


def days_of(first: dt.date, repeat: Repeat) -> list[dt.date]:
    days = series_days(
        first, until=repeat.until, every_weeks=repeat.every_weeks, skipped=repeat.skipped
    )
    if not days:
        raise Refused(_("Avec ces dates, il ne reste aucune séance."), field="until")
    if len(days) > MOST_IN_A_SERIES:
        raise Refused(
            _("Une série compte %(n)d séances au plus. Choisissez une fin plus proche.")
            % {"n": MOST_IN_A_SERIES},
            field="until",
        )
    return days


def refuse_archived(cohort: Cohort) -> None:
    if cohort.state == CohortState.ARCHIVED:
        raise Refused(_("La coopérative est archivée : son calendrier ne change plus."))


def refuse_day(cohort: Cohort, day: dt.date) -> None:
    if not cohort.starts_on <= day <= cohort.ends_on:
        raise Refused(
            _("Le %(day)s n’est pas dans la coopérative, qui va du %(first)s au %(last)s.")
            % {
                "day": format_day(day),
                "first": format_day(cohort.starts_on),
                "last": format_day(cohort.ends_on),
            },
            field="day",
        )


def refuse_hours(halves: Sequence[HalfDay]) -> None:
    if not halves:
        raise Refused(_("Donnez les heures d’au moins une demi-journée."))
    words = {
        SlotFault.BACKWARDS: _("La fin doit venir après le début."),
        SlotFault.TOO_SHORT: _("Une demi-journée dure un quart d’heure au moins."),
        SlotFault.TOO_LONG: _("Une demi-journée dure six heures au plus. Coupez-la en deux."),
        SlotFault.AT_NIGHT: _("Une séance va de 4 h à 23 h 45."),
    }
    for one in halves:
        fault = slot_fault(one.starts, one.ends)
        if fault is not None:
            raise Refused(words[fault], field=f"{one.half}_ends")
    ordered = sorted(halves, key=lambda one: one.starts)
    for before, after in pairwise(ordered):
        if after.starts < before.ends:
            raise Refused(_("Deux demi-journées se croisent."), field=f"{after.half}_starts")


def people_invited(cohort: Cohort, keys: Sequence[int]) -> list[Enrolment]:
    found = list(Enrolment.objects.of_cohort(cohort.pk).filter(pk__in=keys))
    if len(found) != len(set(keys)):
        raise Refused(_("Cette personne n’est pas de la coopérative."), field="invited")
    return found
