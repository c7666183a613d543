"""The exit interview: the situation, what the person says, and whether news may be asked. One act."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums.follow_ups import ChoiceSaid, PowerToAct
from cohorts.models import Enrolment, ExitInterview
from cohorts.models.follow_up import LONGEST_SAID
from cohorts.perms.afterwards import can_hold_interview
from cohorts.services.exits import note_exit
from cohorts.services.file_versions import current, entered_on, follow, hold
from cohorts.services.follow_up_choices import Wish, choose
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused


@dataclass(frozen=True, slots=True)
class Heard:
    """What the person says; each may stay empty. `power` is a PowerToAct or ""."""

    held_on: dt.date
    learnt: str = ""
    hard: str = ""
    advice: str = ""
    power: str = ""


@transaction.atomic
def hold_interview(
    *,
    enrolment: Enrolment,
    left: Mapping[str, Any],
    heard: Heard,
    wish: Wish,
    actor: Actor,
    at: dt.datetime,
) -> ExitInterview:
    """Note the exit (`left`: the facts of `note_exit`), what is said and the choice of news, or nothing.

    A second interview follows the first, which stays. The same again changes nothing. Raises Refused
    as `note_exit` and `choose` do, and for a day that cannot be.
    """
    if not can_hold_interview(actor, enrolment.cohort):
        raise Refused(_("L’entretien se note par la coordination, avant l’archivage."))
    note_exit(enrolment=enrolment, **left, actor=actor, at=at)
    said = _say(enrolment, heard, actor, at)
    choose(enrolment=enrolment, wish=wish, said=ChoiceSaid.INTERVIEW, actor=actor, at=at)
    return said


def _say(enrolment: Enrolment, heard: Heard, actor: Actor, at: dt.datetime) -> ExitInterview:
    enrolment = hold(enrolment, actor)
    today = civil_day(at)
    if not entered_on(enrolment, today) <= heard.held_on <= today:
        raise Refused(_("Ce jour n’est pas possible pour un entretien."), field="held_on")
    columns = _fitting(heard)
    before = current(ExitInterview, enrolment)
    if before is not None and all(getattr(before, k) == v for k, v in columns.items()):
        return before
    return follow(
        ExitInterview,
        enrolment=enrolment,
        before=before,
        columns=columns,
        reason="",
        actor=actor,
        at=at,
    )


def _fitting(heard: Heard) -> dict[str, Any]:
    texts = {name: getattr(heard, name).strip() for name in ("learnt", "hard", "advice")}
    for name, text in texts.items():
        if len(text) > LONGEST_SAID:
            raise Refused(
                _("C’est trop long : %(n)d signes au plus.") % {"n": LONGEST_SAID}, field=name
            )
    if heard.power and heard.power not in PowerToAct.values:
        raise Refused(_("Choisissez une des réponses proposées."), field="power")
    return {"held_on": heard.held_on, "power": heard.power, **texts}
