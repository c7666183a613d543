"""After the database came back from a backup, which carries no urn and no key."""

import datetime as dt

from django.db import transaction

from decisions.enums import Secrecy
from decisions.models import Poll
from decisions.selectors.urns import WAITED_FOR, agrees, void_reason
from decisions.services import urn
from decisions.services.locks import lock_poll
from decisions.services.polls import void


def void_interrupted(*, at: dt.datetime) -> tuple[int, int]:
    """Cancel every secret vote not counted yet, with its reason; write down that counted urns are gone.

    Even one in which nobody seems to have voted: who did after the copy was made would vote twice.
    Gives how many votes are void, and how many counted ones can no longer be counted again.
    Repeating changes nothing.
    """
    voided = gone = 0
    secret = Poll.objects.exclude(secrecy=Secrecy.OPEN).order_by("pk")
    for poll in secret.filter(state__in=WAITED_FOR):
        with transaction.atomic():
            locked = lock_poll(poll)
            if locked.state in WAITED_FOR:
                void(locked, void_reason(), None, at)
                voided += 1
    for poll in secret.filter(urn_wiped_at__isnull=True):
        with transaction.atomic():
            locked = lock_poll(poll)
            if locked.is_counted and locked.urn_wiped_at is None and not agrees(locked):
                urn.destroy(locked, at)
                gone += 1
    return voided, gone
