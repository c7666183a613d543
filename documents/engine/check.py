"""Start-up check: the drawing libraries load. Costs a few milliseconds, without WeasyPrint."""

import ctypes
from typing import Any

from django.core.checks import CheckMessage, Error

INSTALL_LINE = "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig"
# Names tried by system: Linux, macOS, Windows.
LIBRARIES = {
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    # Without it fontTools cuts the fonts: 2.8 times slower, and other bytes.
    "HarfBuzz (subset)": (
        "libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll",
    ),
}  # fmt: skip
HARFBUZZ = ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")


def _load(names: tuple[str, ...]) -> ctypes.CDLL | None:
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def drawing_libraries_load(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"{label} ne se charge pas : les papiers (PDF) ne peuvent pas être faits.",
            hint=f"Installez-le une fois : {INSTALL_LINE}",
            id=f"documents.E{number:03}",
        )
        for number, (label, names) in enumerate(LIBRARIES.items(), start=1)
        if _load(names) is None
    ]


def library_versions() -> str:
    """ "pango 1.50.12 harfbuzz 6.0.0": they shape and cut the letters, so they are part of the bytes."""
    words = []
    for label, names, function in (
        ("pango", LIBRARIES["Pango"], "pango_version_string"),
        ("harfbuzz", HARFBUZZ, "hb_version_string"),
    ):
        library = _load(names)
        version = getattr(library, function, None)
        if version is not None:
            version.restype = ctypes.c_char_p
            words.append(f"{label} {version().decode()}")
    return " ".join(words)
