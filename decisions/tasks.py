"""Votes close by themselves at their hour, and old urns are wiped."""

from celery import shared_task

from ct_platform.kit import clock
from decisions.services.due import close_due, wipe_due


@shared_task
def close_due_polls() -> int:
    """Run twice or late, it counts each poll once: the state of the row decides."""
    return close_due(at=clock.now())


@shared_task
def wipe_old_urns() -> int:
    """Run twice, it wipes nothing more."""
    return wipe_due(at=clock.now())
