"""Work that the libraries under WeasyPrint do several times over, done once. Not a byte changes.

Each part stands for a slip of one version, and goes when its library mends it: `requirements.txt` pins
them, and tests/documents/test_work_done_once.py fails once a part has nothing left to do.
"""

import functools
import re
from typing import Any

import pydyf
from tinyhtml5 import inputstream


class _Expressions(dict[tuple[Any, bool], re.Pattern[str]]):
    """tinyhtml5 2.1 keeps an expression under itself and not under its signs: it writes each one again
    for every word of a page."""

    def __missing__(self, wanted: tuple[Any, bool]) -> re.Pattern[str]:
        signs, opposite = wanted
        listed = "".join(f"\\x{ord(sign):02x}" for sign in signs)
        self[wanted] = re.compile(f"[{'' if opposite else '^'}{listed}]+")
        return self[wanted]


def keep_expressions() -> None:
    inputstream.characters_until_regex = _Expressions()


class _Written(pydyf.Object):  # type: ignore[misc]
    """An object of a PDF that is finished: its bytes are made once."""

    def __init__(self, finished: Any) -> None:
        super().__init__()
        self.finished = finished
        self.number, self.generation, self.free = (
            finished.number, finished.generation, finished.free
        )  # fmt: skip

    @functools.cached_property
    def data(self) -> bytes:
        written: bytes = self.finished.data
        return written

    @property
    def compressible(self) -> bool:
        return bool(self.finished.compressible)


def write_each_once(pdf: Any) -> None:
    """pydyf 0.13 makes all bytes again, compression included, for the identifier of the file. Call it
    when nothing more will change."""
    pdf.objects = [_Written(one) for one in pdf.objects]
