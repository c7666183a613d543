"""A vote recalled to those whose ballot is awaited: once by itself, and when the coordinator asks.

Nothing is sent when somebody votes. Of a secret vote nobody learns to whom, nor to how many.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import DomainError, Refused
from decisions.enums import NoticeKind, PollState
from decisions.models import Poll, Reminder, VoteNotice
from decisions.rules.reminders import automatic_at, next_at
from decisions.services import notices
from decisions.services.locks import lock_poll


@transaction.atomic
def remind(*, poll: Poll, actor: Actor, at: dt.datetime) -> Reminder:
    """Remind, because a coordinator asks, those from whom a ballot is awaited. Two taps remind once.

    Raises Refused: the vote is not open, or it was recalled less than twelve hours ago (said whether
    or not anybody was then awaited).
    """
    locked = lock_poll(poll)
    if locked.state != PollState.OPEN or at >= locked.closes_at:
        raise Refused(_("Ce vote n’est plus ouvert : il n’y a rien à rappeler."))
    last = Reminder.objects.filter(poll=locked).order_by("-number").first()
    again = next_at(last.at if last else None)
    if again is not None and at < again:
        raise Refused(_("Un rappel est parti il y a moins de 12 heures. Attendez un peu."))
    return _send(locked, actor.person_id, at)


def remind_due(*, at: dt.datetime) -> int:
    """Send the automatic reminders whose hour has come, each in its own transaction; how many polls."""
    done = 0
    sent = Reminder.objects.filter(by__isnull=True).values("poll_id")
    waiting = Poll.objects.open().filter(closes_at__gt=at).exclude(pk__in=sent)
    for poll in waiting.order_by("pk"):
        due = automatic_at(poll.opened_at, poll.closes_at)
        if due is not None and at >= due:
            try:
                done += _automatic(poll, at)
            except DomainError:
                continue
    return done


@transaction.atomic
def _automatic(poll: Poll, at: dt.datetime) -> bool:
    """Behind the poll's lock, so that two clocks send one. A recent request of somebody stands for it."""
    locked = lock_poll(poll)
    sent = list(Reminder.objects.filter(poll=locked).order_by("number"))
    over = locked.state != PollState.OPEN or at >= locked.closes_at
    if over or any(one.by_id is None for one in sent):
        return False
    again = next_at(sent[-1].at if sent else None)
    if again is not None and at < again:
        return False
    _send(locked, None, at)
    return True


def _send(poll: Poll, by_id: int | None, at: dt.datetime) -> Reminder:
    number = Reminder.objects.filter(poll=poll).count() + 1
    reminder: Reminder = Reminder.objects.create(poll=poll, number=number, by_id=by_id, at=at)
    like = VoteNotice(poll=poll, kind=NoticeKind.REMINDER, batch=number)
    notices.write(like, notices.awaited(poll).values(), at)
    return reminder
