"""SMS behind one small port. The console adapter is the default: nothing leaves the machine."""

import logging
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


class SmsBackend(Protocol):
    # False: nobody receives anything, so nobody may be said to have been told.
    delivers: bool

    def send(self, to: str, text: str) -> None: ...


class ConsoleSms:
    delivers = False

    def send(self, to: str, text: str) -> None:
        logger.info("SMS to …%s: %d characters", to[-2:], len(text))


class MemorySms:
    """For tests: what would have been sent."""

    delivers = True
    outbox: list[tuple[str, str]] = []

    def send(self, to: str, text: str) -> None:
        self.outbox.append((to, text))


def backend() -> SmsBackend:
    found: SmsBackend = import_string(settings.SMS_BACKEND)()
    return found
