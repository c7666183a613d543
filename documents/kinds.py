"""The registry of papers. A new kind of paper is one registration, made in its app's ready()."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ct_platform.kit.actor import SeatKind


@dataclass(frozen=True, slots=True)
class PublicFact:
    """One line of the public check page: a printed fact that is not private."""

    label: str
    value: str


def _no_files(snapshot: Mapping[str, Any]) -> Mapping[str, bytes]:
    return {}


def _nobody(person_id: int) -> bool:
    return False


def _no_facts(snapshot: Mapping[str, Any]) -> list[PublicFact]:
    return []


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """What documents must know of one kind of paper.

    template: under templates/pdf/; empty for papers made elsewhere (services.keep). former: the
    templates of earlier versions, kept as they were: a paper is always drawn by its own. context:
    snapshot → template context (pure: the PDF is made from the snapshot alone). open_to: seats that
    may open papers of others, within their scope.
    filename: snapshot → download name. attached: snapshot → files embedded in the PDF as its data
    (name → content): the printed figures for a machine, never more than is printed. public_facts:
    what the check page may repeat; never an amount, a birth date or a full name. announced_to:
    whether a person is sent the message that their paper is ready.
    """

    code: str
    label: str
    template: str
    template_version: str
    context: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    filename: Callable[[Mapping[str, Any]], str]
    open_to: frozenset[SeatKind] = frozenset()
    public_facts: Callable[[Mapping[str, Any]], list[PublicFact]] = _no_facts
    icon: str = "papier"
    announced_to: Callable[[int], bool] = _nobody
    attached: Callable[[Mapping[str, Any]], Mapping[str, bytes]] = _no_files
    former: Mapping[str, str] = field(default_factory=dict)

    def template_of(self, version: str) -> str:
        """The template that draws a paper issued with that version."""
        return self.former.get(version, self.template)


_kinds: dict[str, DocumentKind] = {}


def register(kind: DocumentKind) -> None:
    if kind.code in _kinds:
        raise ValueError(f"document kind {kind.code} is registered twice")
    _kinds[kind.code] = kind


def get(code: str) -> DocumentKind:
    return _kinds[code]


def codes() -> frozenset[str]:
    return frozenset(_kinds)


def icon_of(code: str) -> str:
    """The icon of a kind; papers outlive the kinds that made them."""
    return _kinds[code].icon if code in _kinds else "papier"


def all_kinds() -> list[DocumentKind]:
    return [_kinds[code] for code in sorted(_kinds)]


def kinds_open_to(seat: SeatKind) -> list[str]:
    return [kind.code for kind in _kinds.values() if seat in kind.open_to]
