""" "Ma semaine est complète": tells a week of zero hours from a forgotten one."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.models import Enrolment
from cohorts.services.closing import refuse_archived
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from projects.enums import WORK_ALLOWED, WorkState
from projects.models import WeekDeclaration, WorkEntry
from projects.rules import monday_of, sunday_of
from projects.services.work._rows import lock_enrolment


@transaction.atomic
def declare_week(
    *, enrolment: Enrolment, monday: dt.date, actor: Actor, at: dt.datetime
) -> WeekDeclaration:
    """Say that everything of the week (Monday to Sunday) is noted; zero hours is an answer too.

    Hours still open become declared, except those that wait for an answer to a question. Saying it
    twice is quiet. Refused for a week not begun, outside the cohort, or after one has left.
    """
    refuse_archived(enrolment.cohort)
    own = lock_enrolment(enrolment.pk)
    first = monday_of(monday)
    done = WeekDeclaration.objects.filter(enrolment=own, monday=first).first()
    if done is not None:
        found: WeekDeclaration = done
        return found
    if own.state != EnrolmentState.ACTIVE:
        raise Refused(_("Ton parcours est terminé. Pour un oubli, parle à la coordination."))
    if first > clock.civil_day(at):
        raise Refused(_("Cette semaine n’a pas encore commencé."))
    if sunday_of(first) < own.cohort.starts_on or first > own.cohort.ends_on:
        raise Refused(_("Cette semaine est en dehors de la coopérative."))
    made: WeekDeclaration = WeekDeclaration.objects.create(
        enrolment=own, monday=first, declared_at=at
    )
    for entry in (
        WorkEntry.objects.standing()
        .select_for_update(of=("self",))
        .between(first, sunday_of(first))
        .filter(enrolment=own, state=WorkState.OPEN, question="")
        .order_by("pk")
    ):
        move(entry, WorkState.DECLARED, allowed=WORK_ALLOWED, by_person_id=actor.person_id, at=at)
    return made
