"""Count the votes whose hour has come."""

import datetime as dt
import logging

from ct_platform.kit.errors import DomainError
from decisions.models import Poll
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
        except DomainError:
            continue
        except Exception:
            log.exception("poll %s could not be counted; it will be tried again", poll.pk)
    return counted
