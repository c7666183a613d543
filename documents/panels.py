"""What other apps add to "Mes papiers": pay stands to the right, and registers its panel from ready()."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ct_platform.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class Panel:
    """A fragment under templates/, and what it shows as `panel`. `first`: above the papers."""

    template: str
    context: dict[str, Any]
    first: bool = False


Maker = Callable[[Actor], Panel | None]
_makers: list[Maker] = []


def register(maker: Maker) -> None:
    """`maker(actor)` gives a panel, or None when it has nothing to say to this person."""
    if maker not in _makers:
        _makers.append(maker)


def panels_of(actor: Actor) -> list[Panel]:
    """In the order they were registered. Costs what the makers cost."""
    return [panel for maker in _makers if (panel := maker(actor)) is not None]
