"""A poll from its closing to its count, or cancelled. Closed never reopens. See opening.py."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from decisions.enums import POLL_ALLOWED, PollState
from decisions.models import Elector, Outcome, Poll, Statutes
from decisions.services.counting import open_ballots
from decisions.services.outcomes import count_poll


@transaction.atomic
def close_poll(*, poll: Poll, actor: Actor | None, at: dt.datetime, reason: str = "") -> Outcome:
    """Close, count and apply in one transaction; `actor` None is the clock itself.

    Before the hour: only when everybody voted or with a written `reason` (kept and shown), and
    never within the notice of the statutes. A counted poll gives its outcome again, quietly.
    Raises Refused; any other error of the effect rolls everything back and the count may be retried.
    """
    locked = lock_poll(poll)
    if locked.state == PollState.COUNTED:
        found: Outcome = Outcome.objects.select_related("winner").get(poll=locked)
        return found
    if locked.state != PollState.OPEN:
        raise Refused(_("Ce vote a été annulé : il n’y a rien à compter."))
    early = at < locked.closes_at
    if early:
        _check_early_closing(locked, reason.strip(), at)
    by = actor.person_id if actor else None
    states.move(
        locked,
        PollState.CLOSED,
        allowed=POLL_ALLOWED,
        by_person_id=by,
        at=at,
        reason=reason.strip() if early else "",
        # A count made late by a tired machine decides nothing later: the group decided at the hour.
        closed_at=min(at, locked.closes_at),
        early_closing_reason=reason.strip() if early else "",
    )
    outcome = count_poll(poll=locked, ballots=open_ballots(locked))
    states.move(locked, PollState.COUNTED, allowed=POLL_ALLOWED, by_person_id=by, at=at)
    return outcome


@transaction.atomic
def cancel_poll(*, poll: Poll, reason: str, actor: Actor, at: dt.datetime) -> Poll:
    """Cancel an open poll; the reason is shown to everybody. Cancelling twice changes nothing.

    Raises Refused: no reason, or a poll already counted.
    """
    locked = lock_poll(poll)
    if locked.state == PollState.CANCELLED:
        return locked
    if locked.state != PollState.OPEN:
        raise Refused(_("Ce vote est fini : il ne peut plus être annulé."))
    if not reason.strip():
        raise Refused(_("Écrivez pourquoi : tout le monde le lira."), field="reason")
    states.move(
        locked,
        PollState.CANCELLED,
        allowed=POLL_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        reason=reason.strip(),
        cancel_reason=reason.strip(),
    )
    return locked


def lock_poll(poll: Poll) -> Poll:
    """The poll's fresh row, locked until the end of the transaction: casts and closing queue here."""
    locked: Poll = Poll.objects.select_for_update().get(pk=poll.pk)
    return locked


def _check_early_closing(poll: Poll, reason: str, at: dt.datetime) -> None:
    if poll.statutes and poll.opened_at and at < poll.opened_at + _notice(poll.statutes):
        raise Refused(_("Le délai prévu par vos statuts n’est pas écoulé."), field="reason")
    waiting = Elector.objects.filter(poll=poll, used=False).exists()
    if waiting and not reason:
        raise Refused(
            _("Tout le monde n’a pas voté. Écrivez pourquoi finir avant l’heure."), field="reason"
        )


def _notice(statutes: Statutes) -> dt.timedelta:
    return dt.timedelta(hours=statutes.notice_hours)
