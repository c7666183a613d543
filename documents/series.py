"""Who numbers what: each app says which series of a host its papers take, so that none is shared.

A series shared by two kinds of paper would leave gaps in both (CGI ann. II art. 242 nonies A).
"""

from collections.abc import Callable, Set
from dataclasses import dataclass

from documents.models import Counter

_registry: dict[str, "Numbered"] = {}


@dataclass(frozen=True, slots=True)
class Numbered:
    """`series_of(issuer_key)`: every series these papers took, take or will take, capitals. One query."""

    code: str
    series_of: Callable[[int], Set[str]]


def register(numbered: Numbered) -> None:
    if numbered.code in _registry:
        raise ValueError(f"series {numbered.code} are registered twice")
    _registry[numbered.code] = numbered


def is_of_others(code: str, *, issuer_key: int, series: str) -> bool:
    """Whether other papers of this issuer are numbered in it, or have been: read it under a lock."""
    own = series in _registry[code].series_of(issuer_key)
    used = Counter.objects.filter(issuer_key=issuer_key, series=series).exists()
    return (used and not own) or any(
        series in other.series_of(issuer_key) for other in _registry.values() if other.code != code
    )
