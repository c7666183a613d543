"""What the public site does on its own: enquiries are told to the network, then erased."""

from celery import shared_task

from ct_platform.home.services import enquiries
from ct_platform.kit import clock


@shared_task
def send_enquiry_mails(keys: list[int]) -> None:
    """Keys only: who wrote has no place in a queue."""
    for key in keys:
        enquiries.tell(mail_id=key, at=clock.now())


@shared_task
def sweep_enquiry_mails() -> int:
    return enquiries.sweep(at=clock.now())


@shared_task
def erase_old_enquiries() -> int:
    return enquiries.erase_old(at=clock.now())
