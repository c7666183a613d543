"""An objection is its author's: they alone say that it no longer stands, before the end of the vote."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from decisions.models import Ballot, Poll
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
