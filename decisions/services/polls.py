"""A poll from its closing to its count, or cancelled. Closed never reopens. See opening.py."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from decisions.enums import POLL_ALLOWED, PollState
from decisions.models import Elector, Outcome, Poll, Statutes
from decisions.rules import quorum
from decisions.services import urn
from decisions.services.counting import open_ballots, present, require_whole_room
from decisions.services.locks import lock_poll
from decisions.services.notices import notify_holders
from decisions.services.outcomes import count_poll

__all__ = ["cancel_poll", "close_poll", "finish", "lock_poll", "void"]


@transaction.atomic
def close_poll(
    *, poll: Poll, actor: Actor | None, at: dt.datetime, reason: str = ""
) -> Outcome | None:
    """Close, count and apply in one transaction; `actor` None is the clock itself.

    Before the hour: only when everybody voted or with a written `reason` (kept and shown; always
    asked of a secret vote), and never within the notice of the statutes. Who is present is noted
    once, here: the quorum is judged by it, then and at the count. A counted poll gives its outcome again, quietly.
    A sealed urn is only closed (None): two keys open it later, unless the quorum was missed. A
    secret urn whose quorum was missed is destroyed unopened.
    Raises Refused; any other error of the effect rolls everything back and the count may be retried.
    """
    locked = lock_poll(poll)
    if locked.state == PollState.COUNTED:
        found: Outcome = Outcome.objects.select_related("winner").get(poll=locked)
        return found
    if locked.state == PollState.CLOSED:
        return None
    if locked.state == PollState.ANNOUNCED:
        raise Refused(_("Ce vote n’est pas encore ouvert."))
    if locked.state != PollState.OPEN:
        raise Refused(_("Ce vote a été annulé : il n’y a rien à compter."))
    require_whole_room(locked)
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
        closing_presence=present(locked),
    )
    return _count(locked, by, at)


def _count(poll: Poll, by: int | None, at: dt.datetime) -> Outcome | None:
    if not poll.is_secret:
        return finish(poll, open_ballots(poll), by, at)
    urn.check(poll)
    transaction.on_commit(urn.forget_on_disk)
    roll = Elector.objects.filter(poll=poll).count()
    if not quorum.reached(present(poll), quorum.of_fraction(poll.quorum, roll)):
        urn.destroy(poll, at)
        return finish(poll, (), by, at)
    if not poll.is_sealed:
        return finish(poll, urn.read(poll), by, at)
    notify_holders(poll=poll, at=at)
    return None


def finish(
    poll: Poll, ballots: Iterable[Mapping[str, Any]], by: int | None, at: dt.datetime
) -> Outcome:
    """Count these ballots of a closed poll and mark it counted. The caller holds its lock."""
    outcome = count_poll(poll=poll, ballots=ballots)
    states.move(poll, PollState.COUNTED, allowed=POLL_ALLOWED, by_person_id=by, at=at)
    return outcome


@transaction.atomic
def cancel_poll(*, poll: Poll, reason: str, actor: Actor, at: dt.datetime) -> Poll:
    """Cancel a poll; the reason is shown to everybody. Cancelling twice changes nothing.

    The urn of a secret one is destroyed unopened. A sealed poll may still be cancelled after its
    hour, while its keys do not come: nobody knows what is inside. Raises Refused: no reason, or a
    poll already counted.
    """
    locked = lock_poll(poll)
    if locked.state == PollState.CANCELLED:
        return locked
    if PollState.CANCELLED not in POLL_ALLOWED[locked.state]:
        raise Refused(_("Ce vote est fini : il ne peut plus être annulé."))
    if not reason.strip():
        raise Refused(_("Écrivez pourquoi : tout le monde le lira."), field="reason")
    void(locked, reason.strip(), actor.person_id, at)
    return locked


def void(poll: Poll, reason: str, by: int | None, at: dt.datetime) -> None:
    """Cancel a poll, and destroy its urn unopened; `by` None is the house. The caller holds its lock."""
    states.move(
        poll,
        PollState.CANCELLED,
        allowed=POLL_ALLOWED,
        by_person_id=by,
        at=at,
        reason=reason,
        cancel_reason=reason,
    )
    if poll.is_secret:
        urn.destroy(poll, at)


def _check_early_closing(poll: Poll, reason: str, at: dt.datetime) -> None:
    if poll.statutes and poll.opened_at and at < poll.opened_at + _notice(poll.statutes):
        raise Refused(_("Le délai prévu par vos statuts n’est pas écoulé."), field="reason")
    # Of a secret vote the answer never says whether everybody voted: a reason, whatever happened.
    if poll.is_secret and not reason:
        raise Refused(_("Écrivez pourquoi finir avant l’heure."), field="reason")
    waiting = Elector.objects.filter(poll=poll, used=False).exists()
    if waiting and not reason:
        raise Refused(
            _("Tout le monde n’a pas voté. Écrivez pourquoi finir avant l’heure."), field="reason"
        )


def _notice(statutes: Statutes) -> dt.timedelta:
    return dt.timedelta(hours=statutes.notice_hours)
