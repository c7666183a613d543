"""Count the votes whose hour has come, and wipe the urns nobody may contest any more."""

import datetime as dt
import logging

from django.db import transaction

from ct_platform.kit.errors import DomainError
from decisions.models import Poll
from decisions.services import urn
from decisions.services.locks import lock_poll
from decisions.services.polls import close_poll

log = logging.getLogger(__name__)


def close_due(*, at: dt.datetime) -> int:
    """Close and count every poll due at `at`, each in its own transaction; how many were counted.

    A poll that somebody closed or cancelled in between is skipped. One that breaks is logged and
    left open by state: it stops no other, casts nothing more (its hour has passed), and is retried.
    """
    counted = 0
    for poll in Poll.objects.due(at).order_by("closes_at", "pk"):
        try:
            close_poll(poll=poll, actor=None, at=at)
            counted += 1
        except urn.UrnBroken:
            log.error("poll %s has an urn that cannot be counted: cancel it", poll.pk)
        except DomainError:
            continue
        except Exception:
            log.exception("poll %s could not be counted; it will be tried again", poll.pk)
    return counted


def wipe_due(*, at: dt.datetime) -> int:
    """Destroy ballots and key shares of secret polls whose time to contest is over; how many polls."""
    wiped = 0
    for poll in Poll.objects.unwiped().select_related("statutes"):
        kept = dt.timedelta(days=poll.statutes.contest_days if poll.statutes else 0)
        if poll.closed_at is None or at < poll.closed_at + kept:
            continue
        with transaction.atomic():
            locked = lock_poll(poll)
            if locked.urn_wiped_at is None:
                urn.destroy(locked, at)
                wiped += 1
    return wiped
