"""Votes close by themselves at their hour."""

from celery import shared_task

from ct_platform.kit import clock
from decisions.services.due import close_due


@shared_task
def close_due_polls() -> int:
    """Run twice or late, it counts each poll once: the state of the row decides."""
    return close_due(at=clock.now())
