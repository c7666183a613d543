"""What reports do on their own: prepared on their day, told, final when time has passed."""

from celery import shared_task

from ct_platform.kit import clock
from reports.services import notices, preparing, questions, token_notices, tokens


@shared_task
def follow_reports() -> None:
    """Run twice or late, it prepares each report once and sends none; silence makes one final."""
    preparing.prepare_due(at=clock.now())
    questions.settle_due(at=clock.now())


@shared_task
def send_report_notices(keys: list[int]) -> None:
    """Keys only: an address has no place in a queue."""
    for key in keys:
        notices.tell(notice_id=key, at=clock.now())


@shared_task
def sweep_report_notices() -> int:
    return notices.sweep(at=clock.now())


@shared_task
def follow_tokens() -> None:
    """Run twice or late, it closes each token once and tells its end once."""
    tokens.close_what_ended(at=clock.now())
    token_notices.remind(at=clock.now())


@shared_task
def send_token_notices(keys: list[int]) -> None:
    for key in keys:
        token_notices.tell(notice_id=key, at=clock.now())


@shared_task
def sweep_token_notices() -> int:
    return token_notices.sweep(at=clock.now())
