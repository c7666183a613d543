"""What projects does on its own: messages leave, lost ones leave again."""

from celery import shared_task

from ct_platform.kit import clock
from projects.services.invoices import messages as invoice_messages


@shared_task
def send_invoice_messages(keys: list[int]) -> None:
    for key in keys:
        invoice_messages.tell(message_id=key, at=clock.now())


@shared_task
def sweep_invoice_messages() -> int:
    return invoice_messages.sweep(at=clock.now())
