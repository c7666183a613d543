"""Acts at the same moment: threads, each with its own connection, released together."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

from ct_platform.kit.errors import DomainError


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in as many threads; their results or refusals, in the order of the acts."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            gate.wait(timeout=20)
            return act()
        except DomainError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
