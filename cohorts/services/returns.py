"""Taking back somebody who left a cohort that still runs: the same file, a new stay, counted once."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cohorts.enums import ENROLMENT_ALLOWED, EnrolmentState, LeavingReason
from cohorts.models import Enrolment, Mandate
from cohorts.perms.afterwards import can_take_back
from cohorts.services.ages import require_guardian
from cohorts.services.follow_ups import plan
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move


@transaction.atomic
def take_back(*, enrolment: Enrolment, back_on: dt.date, actor: Actor, at: dt.datetime) -> None:
    """Let somebody in again from `back_on`: hours, pay, votes and entry situation stay as they were.

    Mandates held on leaving ended then, and do not come back by themselves; a vote already open keeps
    its roll; the contract is the host's affair. Already in: nothing. Raises Refused: the cohort does
    not run, the group itself decided the departure (another vote is then its to take), a day outside
    the cohort, before they left, or to come.
    """
    held: Enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("cohort__programme", "person")
        .get(pk=enrolment.pk)
    )
    if held.state == EnrolmentState.ACTIVE:
        return
    if not can_take_back(actor, held.cohort):
        raise Refused(_("On revient dans une coopérative tant qu’elle est en cours."))
    if held.left_reason == LeavingReason.DECISION:
        raise Refused(_("Le groupe a décidé ce départ : c’est à lui d’en décider autrement."))
    left_on = held.left_on
    if held.state != EnrolmentState.LEFT or left_on is None:
        raise Refused(_("Cette personne n’a pas quitté la coopérative."))
    _require_day(held, left_on, back_on, civil_day(at))
    require_guardian(person=held.person, cohort=held.cohort, day=back_on)
    _end_mandates(held, left_on)
    stay = [left_on.isoformat(), back_on.isoformat(), held.left_reason]
    move(
        held, EnrolmentState.ACTIVE, allowed=ENROLMENT_ALLOWED, by_person_id=actor.person_id, at=at,
        reason=_("de retour le %(day)s") % {"day": format_day(back_on)},
        left_on=None, left_reason="", away=[*held.away, stay],
    )  # fmt: skip
    plan(enrolment=held, by_person_id=actor.person_id, at=at)


def _require_day(held: Enrolment, left_on: dt.date, back_on: dt.date, today: dt.date) -> None:
    if not left_on < back_on <= held.cohort.ends_on:
        raise Refused(
            _("Le retour vient après le départ du %(left)s, et avant la fin, le %(end)s.")
            % {"left": format_day(left_on), "end": format_day(held.cohort.ends_on)},
            field="back_on",
        )
    if back_on > today:
        raise Refused(
            _("Ce jour n’est pas encore venu. Notez le retour ce jour-là."), field="back_on"
        )


def _end_mandates(held: Enrolment, left_on: dt.date) -> None:
    """Else the group would find two treasurers: `held` looks at who is active."""
    later = Mandate.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=left_on), enrolment=held)
    for mandate in later:
        mandate.ends_on = max(left_on, mandate.starts_on)
        mandate.save(update_fields=["ends_on"])
