"""The trades a cooperative may practise: colour, icon and word always go together.

Adding one: a token of its own in tokens.css (7:1 on white, not a state colour), an icon in
icons.svg, a row here with a letter no other trade uses.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Trade:
    code: str
    label: "StrPromise"
    css: str
    icon: str
    letter: str  # written in chart segments, so that colour never speaks alone
    fill: str  # the same colour as the token, for SVG attributes and papers


_ALL = (
    Trade("maraichage", _("Maraîchage"), "ct-leek", "maraichage", "M", "#335a11"),
    Trade("fleuriste", _("Fleurs"), "ct-peony", "fleuriste", "F", "#9c1a53"),
    Trade("cuisine", _("Cuisine"), "ct-squash", "cuisine", "C", "#8f3b07"),
    Trade("services", _("Services"), "ct-workblue", "services", "S", "#1b4c7a"),
    # Any other trade: whoever practises it gives it its word (projects.Project.trade_label).
    Trade("autre", _("Autre métier"), "ct-indigo", "autre", "A", "#4a3b9c"),
)
OWN = "autre"
TRADES: dict[str, Trade] = {one.code: one for one in _ALL}


def trade(code: str) -> Trade:
    """Find a trade by its code. Raises KeyError for a code nobody declared."""
    return TRADES[code]


def choices() -> list[tuple[str, "StrPromise"]]:
    """List the trades for a model field or a form, in the order of the weave."""
    return [(one.code, one.label) for one in _ALL]
