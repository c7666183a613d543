"""Mails as the house sends them: what people typed never makes a header of its own."""

from typing import Any

from django.core.mail import EmailMessage


class Mail(EmailMessage):
    """A mail whose subject stands on one line.

    A title posted with a line break in it would be refused when the mail leaves, again at each try, and
    with it the mails behind it in the queue.
    """

    def __init__(self, *, subject: str, **said: Any) -> None:
        super().__init__(subject=" ".join(str(subject).split()), **said)
