"""Two acts at once, on PostgreSQL: the second begins while the first has not committed yet."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

Act = Callable[[], Any]


def while_uncommitted(first: Act, second: Act) -> tuple[Any, Any]:
    """Run `first`, start `second` in another connection before committing; both answers or errors."""
    second_began, answers = threading.Event(), {}

    def attempt(act: Act) -> Any:
        try:
            return act()
        except Exception as error:
            return error

    def later() -> None:
        second_began.set()
        answers["second"] = attempt(second)
        connection.close()

    def now() -> None:
        with transaction.atomic():
            answers["first"] = attempt(first)
            thread = threading.Thread(target=later)
            thread.start()
            second_began.wait()
            thread.join(0.3)  # either it waits on our lock, or it had nothing to wait for
            answers["thread"] = thread
        answers["thread"].join(10)
        connection.close()

    holder = threading.Thread(target=now)
    holder.start()
    holder.join(20)
    return answers["first"], answers["second"]
