"""What projects does on its own: messages leave, lost ones leave again."""

from celery import shared_task

from ct_platform.kit import clock
from projects.services.quotes import messages


@shared_task
def send_quote_messages(keys: list[int]) -> None:
    for key in keys:
        messages.tell(message_id=key, at=clock.now())


@shared_task
def sweep_quote_messages() -> int:
    return messages.sweep(at=clock.now())
