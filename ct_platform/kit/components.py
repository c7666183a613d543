"""Values that the tags of kit.templatetags.components draw."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a thread. `state` says where we stand: done, now or later."""

    label: str
    state: Literal["done", "now", "later"]
    icon: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week strip. `off` means kept on the phone, not sent yet."""

    url: str
    short: str
    number: int
    long: str
    text: str = ""
    icon: str = ""
    state: str = ""
    current: bool = False
    off: bool = False


def tight(duration: str) -> str:
    """Write "3 h 30" as "3h30": a day of the week strip is 44 px wide."""
    return duration.replace("\N{NO-BREAK SPACE}", "")


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder from pot to net. `of` is the amount that makes a full bar."""

    label: str
    amount: Decimal
    text: str = ""
    of: Decimal | None = None
    tone: Literal["share", "cost", "gross", "net"] = "share"
    people: int = 0  # above zero: one square per person, the reader's first
    end: bool = False
    facts: "tuple[Fact, ...]" = ()  # the sum in figures, folded away
    links: tuple[Link, ...] = ()  # where the figure comes from


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    label: str
    done: int
    total: int
