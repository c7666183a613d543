"""Named refusals. Each carries a French sentence that a person can read and act on."""


class DomainError(Exception):
    """A business rule said no. `str(error)` is the sentence to show."""

    status = 409


class Refused(DomainError):
    """The act is forbidden or impossible as asked; nothing has changed.

    `field` names the form field the sentence belongs beside, when there is one.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class Stale(DomainError):
    """Somebody else acted in between; nothing has changed."""


class Frozen(DomainError):
    """What was asked to change is issued, locked or closed: it can only be corrected by a new row."""
