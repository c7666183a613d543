"""What projects does on its own: messages leave, lost ones leave again."""
"""What projects do on their own: reminders that were pressed leave, old bank lines are forgotten."""

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
from projects.services.bank import forget_old
from projects.services.payments import reminders


@shared_task
def send_reminders(keys: list[int]) -> None:
    """Keys only: an address has no place in a queue."""
    for key in keys:
        reminders.tell(mail_id=key, at=clock.now())


@shared_task
def sweep_reminders() -> int:
    return reminders.sweep(at=clock.now())


@shared_task
def forget_old_bank_lines() -> int:
    return forget_old(at=clock.now())
from projects.services.invoices import messages as invoice_messages


@shared_task
def send_invoice_messages(keys: list[int]) -> None:
    for key in keys:
        invoice_messages.tell(message_id=key, at=clock.now())


@shared_task
def sweep_invoice_messages() -> int:
    return invoice_messages.sweep(at=clock.now())
