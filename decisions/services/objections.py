"""An objection is its author's: they alone say that it no longer stands, in the vote or after it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from decisions.enums import PollState
from decisions.models import Ballot, Poll
from decisions.rules.consent import OPEN
from decisions.services.ballots import cast_open
from decisions.services.locks import lock_poll


@transaction.atomic
def settle(*, poll: Poll, state: str, actor: Actor, at: dt.datetime) -> Ballot:
    """Say that one's own objection is withdrawn, integrated, or open again: the ballot is recast.

    Its words stay, and its history. Raises Refused: no objection of one's own here, a state that is
    none, and all that `cast_open` refuses (the vote is over).
    """
    lock_poll(poll)
    mine = Ballot.objects.filter(
        elector__poll=poll, elector__enrolment_id=actor.enrolment_id or 0
    ).first()
    if mine is None or mine.content.get("voice") != "objection":
        raise Refused(_("Tu n’as pas d’objection dans ce vote."))
    return cast_open(poll=poll, ballot=mine.content | {"state": state}, actor=actor, at=at)


@transaction.atomic
def lift(*, poll: Poll, actor: Actor, at: dt.datetime) -> Ballot:
    """Say after the count that one's own objection no longer stands: the same text may be voted again.

    Neither the ballot nor the count changes. Twice is once. Raises Refused: no objection of one's
    own stood in this count, or the vote is not counted, or a round was opened since.
    """
    locked = lock_poll(poll)
    mine = Ballot.objects.filter(
        elector__poll=locked, elector__enrolment_id=actor.enrolment_id or 0
    ).first()
    said = mine.content if mine is not None else {}
    if mine is None or said.get("voice") != "objection" or said.get("state") != OPEN:
        raise Refused(_("Tu n’as pas d’objection dans ce vote."))
    if mine.lifted_at is not None:
        return mine
    later = Poll.objects.filter(proposal_id=locked.proposal_id, round__gt=locked.round)
    if locked.state != PollState.COUNTED or later.exclude(state=PollState.CANCELLED).exists():
        raise Refused(_("On n’attend plus ta réponse sur ce tour."))
    mine.lifted_at = at
    mine.save(update_fields=["lifted_at"])
    return mine
