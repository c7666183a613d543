"""One gesture, two facts: what other apps propose to who has just signed a half-day.

Hours stand to the right: projects registers its proposal from ready().
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cohorts.models import Slot
from ct_platform.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fragment under templates/, and what it shows."""

    template: str
    context: dict[str, Any]


Maker = Callable[[Actor, Slot], Proposal | None]
_makers: list[Maker] = []


def register(maker: Maker) -> None:
    """`maker(actor, slot)` proposes something, or None when it has nothing to say."""
    if maker not in _makers:
        _makers.append(maker)


def proposals_for(actor: Actor, slot: Slot) -> list[Proposal]:
    """In the order they were registered. Costs what the makers cost."""
    return [found for maker in _makers if (found := maker(actor, slot)) is not None]
