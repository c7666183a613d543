"""Votes close by themselves at their hour, people are told of them, old urns are wiped."""

from celery import shared_task

from ct_platform.kit import clock
from decisions.services import notices, reminders
from decisions.services.due import close_due, wipe_due


@shared_task
def close_due_polls() -> int:
    """Run twice or late, it counts each poll once: the state of the row decides."""
    return close_due(at=clock.now())


@shared_task
def wipe_old_urns() -> int:
    """Run twice, it wipes nothing more."""
    return wipe_due(at=clock.now())


@shared_task
def send_notices(keys: list[int]) -> None:
    """Keys only: a queue may be read by who runs it, and an address or a link has no place there."""
    for key in keys:
        notices.tell(notice_id=key, at=clock.now())


@shared_task
def sweep_notices() -> int:
    return notices.sweep(at=clock.now())


@shared_task
def remind_due_polls() -> int:
    return reminders.remind_due(at=clock.now())
