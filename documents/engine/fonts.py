"""What papers are drawn with: our own faces and drawings, read once, named "asset:…"."""

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path

TTF, SVG = "font/ttf", "image/svg+xml"
_ROOT = Path(__file__).resolve().parents[2]
STYLESHEET = _ROOT / "templates" / "pdf" / "paper.css"
_FILES = {
    "inter-400.ttf": ("fonts/inter-400.ttf", TTF),
    "inter-600.ttf": ("fonts/inter-600.ttf", TTF),
    "inter-700.ttf": ("fonts/inter-700.ttf", TTF),
    "bricolage-700.ttf": ("fonts/bricolage-700.ttf", TTF),
    "mark.svg": ("img/mark.svg", SVG),
    "eu.svg": ("img/eu.svg", SVG),
}


@dataclass(frozen=True, slots=True)
class Asset:
    content: bytes
    mime: str


@functools.cache
def assets() -> dict[str, Asset]:
    """Every file a paper may load, by the name its CSS or HTML uses ("asset:mark.svg")."""
    return {
        f"asset:{name}": Asset((_ROOT / "static" / path).read_bytes(), mime)
        for name, (path, mime) in _FILES.items()
    }


@functools.cache
def stylesheet() -> str:
    return STYLESHEET.read_text(encoding="utf-8")


@functools.cache
def drawing_hash() -> str:
    """sha-256 of the faces, drawings and stylesheet: another one means other bytes."""
    digest = hashlib.sha256(stylesheet().encode())
    for name, asset in sorted(assets().items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(asset.content).digest())
    return digest.hexdigest()
