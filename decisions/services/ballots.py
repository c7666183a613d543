"""One person, one ballot. An open ballot is replaceable until the hour; a secret one never (urn.py)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from ct_platform.kit.actor import Actor
from decisions import perms
from decisions.enums import Channel
from decisions.models import Ballot, BallotChange, Elector, Poll
from decisions.services.casting import checked_ballot, elector_for, require_open
from decisions.services.locks import lock_poll
from decisions.services.urn import cast_secret


@sensitive_variables()
def cast(
    *,
    poll: Poll,
    ballot: Mapping[str, Any],
    actor: Actor,
    at: dt.datetime,
    represented_id: int | None = None,
) -> str:
    """Cast a ballot (one of the ballots file, {"blank": True}…) as this poll's secrecy has it.

    The actor's own, or that of the enrolment `represented_id` whose proxy they hold. Gives the
    receipt of a sealed ballot, "" otherwise; raises as `cast_open` and `cast_secret` do.
    """
    # How secret a poll is was frozen before anybody could vote: no lock is needed to read it.
    if poll.is_secret:
        return cast_secret(
            poll=poll, ballot=ballot, actor=actor, at=at, represented_id=represented_id
        )
    cast_open(poll=poll, ballot=ballot, actor=actor, at=at, represented_id=represented_id)
    return ""


@transaction.atomic
def cast_open(
    *,
    poll: Poll,
    ballot: Mapping[str, Any],
    actor: Actor,
    at: dt.datetime,
    represented_id: int | None = None,
) -> Ballot:
    """Cast or replace an open ballot.

    One transaction, behind the poll's lock: a vote cast at the closing hour or later never counts,
    and two taps make one ballot. Repeating the same ballot changes nothing, not even the history.
    Raises PermissionDenied for any seat but a coopérant's (nobody votes for another), Refused when
    the vote is over or cancelled, the person is not on the roll, or the ballot is not one of this
    vote: nothing is then written.
    """
    if not perms.may_take_part(actor) or actor.enrolment_id is None:
        raise PermissionDenied
    locked = lock_poll(poll)
    if locked.is_secret:
        raise ValueError("a secret ballot has no name")
    require_open(locked, at)
    elector = elector_for(locked, actor.enrolment_id, represented_id)
    content = checked_ballot(locked, ballot)
    found = Ballot.objects.filter(elector=elector).first()
    if found is not None and found.content == content:
        return found
    if found is None:
        found = Ballot(elector=elector)
        Elector.objects.filter(pk=elector.pk).update(used=True, channel=Channel.PHONE)
    found.content, found.cast_at, found.cast_by_id = content, at, actor.person_id
    found.save()
    BallotChange.objects.create(ballot=found, content=content, at=at)
    return found
