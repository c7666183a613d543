"""What testimonials do on their own: agreements end, authors are told before."""

from celery import shared_task

from ct_platform.kit import clock
from testimonials.services import notices, withdrawals


@shared_task
def follow_agreements() -> None:
    """Run twice or late, it tells each end once and hides each once."""
    notices.tell_ends_soon(at=clock.now())
    withdrawals.hide_expired(at=clock.now())


@shared_task
def send_author_notices(keys: list[int]) -> None:
    """Keys only: an address has no place in a queue."""
    for key in keys:
        notices.tell(notice_id=key, at=clock.now())


@shared_task
def sweep_author_notices() -> int:
    return notices.sweep(at=clock.now())
