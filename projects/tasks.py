"""What projects do on their own: messages leave, lost ones leave again, old bank lines are forgotten.

Keys only: an address has no place in a queue.
"""

from celery import shared_task

from ct_platform.kit import clock
from projects.services.bank import forget_old
from projects.services.invoices import messages as invoice_messages
from projects.services.payments import reminders
from projects.services.quotes import messages as quote_messages


@shared_task
def send_quote_messages(keys: list[int]) -> None:
    for key in keys:
        quote_messages.tell(message_id=key, at=clock.now())


@shared_task
def sweep_quote_messages() -> int:
    return quote_messages.sweep(at=clock.now())


@shared_task
def send_invoice_messages(keys: list[int]) -> None:
    for key in keys:
        invoice_messages.tell(message_id=key, at=clock.now())


@shared_task
def sweep_invoice_messages() -> int:
    return invoice_messages.sweep(at=clock.now())


@shared_task
def send_reminders(keys: list[int]) -> None:
    for key in keys:
        reminders.tell(mail_id=key, at=clock.now())


@shared_task
def sweep_reminders() -> int:
    return reminders.sweep(at=clock.now())


@shared_task
def forget_old_bank_lines() -> int:
    return forget_old(at=clock.now())
