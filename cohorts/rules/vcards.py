"""A person as an address book reads them (vCard 3.0, RFC 2426). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST = 75  # octets a line, without its end


@dataclass(frozen=True, slots=True)
class Card:
    name: str
    organisation: str = ""
    role: str = ""
    phone: str = ""  # E.164
    email: str = ""
    note: str = ""


def vcards(cards: Iterable[Card]) -> str:
    """Every card, one after the other, lines ended and folded as the format wants."""
    return "".join(_card(one) for one in cards)


def _card(card: Card) -> str:
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{_safe(card.name)}", f"N:{_safe(card.name)};;;;"]
    for mark, value in (
        ("ORG", card.organisation), ("TITLE", card.role), ("TEL;TYPE=VOICE", card.phone),
        ("EMAIL;TYPE=INTERNET", card.email), ("NOTE", card.note),
    ):  # fmt: skip
        if value:
            lines.append(f"{mark}:{_safe(value)}")
    return "".join(_folded(line) for line in [*lines, "END:VCARD"])


def _safe(value: str) -> str:
    """Text that cannot end its line nor begin a property."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> str:
    parts, current, room = [], "", _LONGEST
    for char in line:
        size = len(char.encode())
        if size > room:
            parts.append(current)
            current, room = "", _LONGEST - 1  # the space that continues a line
        current += char
        room -= size
    return "\r\n ".join([*parts, current]) + "\r\n"
