"""One person, one ballot: cast, and replaceable until the hour."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.errors import Refused
from decisions import perms
from decisions.enums import PollState
from decisions.models import Ballot, BallotChange, Elector, Poll
from decisions.services.polls import lock_poll


@transaction.atomic
def cast(*, poll: Poll, option_code: str | None, actor: Actor, at: dt.datetime) -> Ballot:
    """Cast or replace the open ballot of the actor; `option_code` None is a blank.

    One transaction, behind the poll's lock: a vote cast at the closing hour or later never counts,
    and two taps make one ballot. Repeating the same choice changes nothing, not even the history.
    Raises PermissionDenied for any seat but a coopérant's (nobody votes for another), Refused when
    the vote is over or cancelled, the person is not on the roll, or the answer is not of this vote.
    """
    if not perms.may_take_part(actor) or actor.enrolment_id is None:
        raise PermissionDenied
    locked = lock_poll(poll)
    if locked.state == PollState.CANCELLED:
        raise Refused(_("Ce vote a été annulé."))
    if locked.state != PollState.OPEN or at >= locked.closes_at:
        raise Refused(
            _("Le vote est fini depuis le %(day)s. Ton choix n’est pas changé.")
            % {"day": format_day(civil_day(locked.closes_at), weekday=True, year=False)}
        )
    elector = Elector.objects.filter(poll=locked, enrolment_id=actor.enrolment_id).first()
    if elector is None:
        raise Refused(not_on_roll(locked))
    option = None
    if option_code is not None:
        option = locked.options.filter(code=option_code).first()
        if option is None:
            raise Refused(_("Cette réponse n’est pas proposée dans ce vote."), field="choice")
    ballot = Ballot.objects.filter(elector=elector).first()
    if ballot is not None and ballot.option_id == (option.pk if option else None):
        return ballot
    if ballot is None:
        ballot = Ballot(elector=elector)
    ballot.option, ballot.cast_at = option, at
    ballot.save()
    BallotChange.objects.create(ballot=ballot, option=option, at=at)
    return ballot


def not_on_roll(poll: Poll) -> str:
    """Why somebody of the cohort cannot vote here: the roll is older than them, or they had left."""
    day = format_day(civil_day(poll.opened_at), year=False) if poll.opened_at else ""
    return _(
        "La liste de ce vote a été fixée le %(day)s, à l’ouverture. "
        "Ton nom n’y est pas : tu ne votes pas cette fois."
    ) % {"day": day}
