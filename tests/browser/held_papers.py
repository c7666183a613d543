"""In place of the queue: what would leave for the workers is kept, and rendered when the test says so."""

from collections.abc import Sequence

from documents.tasks import render_documents


class HeldPapers:
    def __init__(self) -> None:
        self.keys: list[int] = []

    def hold(self, keys: Sequence[int]) -> int:
        self.keys.extend(keys)
        return len(keys)

    def render(self, count: int | None = None) -> int:
        """Do the worker's task for the first `count` papers held (all by default); returns how many."""
        now = self.keys[:count]
        del self.keys[: len(now)]
        render_documents(now)
        return len(now)
