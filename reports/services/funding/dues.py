"""What a funder waits for on a day, and the proof that it had it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from reports.enums.funding import DUE_ALLOWED, DueState
from reports.models import FundingDue, FundingLine
from reports.services.funding.hold import alive, not_before, past


@transaction.atomic
def plan_due(
    *, line: FundingLine, title: str, due_on: dt.date, actor: Actor, at: dt.datetime
) -> FundingDue:
    """Note something to hand over, on its day. Raises Refused before the request, or twice."""
    found = alive(line)
    not_before(due_on, found.asked_on, _("Cette date précède la demande."), field="due_on")
    with refusing(FundingDue):
        noted: FundingDue = FundingDue.objects.create(line=found, title=title, due_on=due_on)
    return noted


@transaction.atomic
def hand_over(
    *, due: FundingDue, handed_on: dt.date, proof: str, actor: Actor, at: dt.datetime
) -> FundingDue:
    """It was handed over that day; `proof` is what shows it (number of a receipt, of a message).

    Raises Refused without proof, for a day to come or before the request.
    """
    line = alive(due.line)
    past(handed_on, "handed_on", at)
    not_before(handed_on, line.asked_on, _("Cette date précède la demande."), field="handed_on")
    if not proof.strip():
        raise Refused(
            _("Dites ce qui le prouve : accusé de réception, numéro de dépôt, courriel."),
            field="proof",
        )
    move(
        due, DueState.HANDED, allowed=DUE_ALLOWED, by_person_id=actor.person_id, at=at,
        handed_on=handed_on, proof=proof.strip()[:200], noted_by_id=actor.person_id,
    )  # fmt: skip
    return due


@transaction.atomic
def call_off(*, due: FundingDue, actor: Actor, at: dt.datetime) -> FundingDue:
    """The funder no longer asks for it."""
    alive(due.line)
    move(
        due, DueState.CALLED_OFF, allowed=DUE_ALLOWED, by_person_id=actor.person_id, at=at,
        noted_by_id=actor.person_id,
    )  # fmt: skip
    return due
