"""Reading our code back out of a PDF, altered or not, without a PDF library."""

import re
import zlib
from collections.abc import Iterator

from documents.rules import CODE_LENGTH, MARK, is_code

# One stream may unfold to this much and no more: a file handed to us may be a bomb.
MOST_UNFOLDED = 8_000_000
MOST_STREAMS = 5_000
_STREAM = re.compile(rb"stream\r?\n")
_OCTAL = re.compile(rb"\\([0-7]{3})")
_CODE = rb"([0-9A-Z]{%d})" % CODE_LENGTH
# Our own keyword, and the address of the link around the QR code.
_MARKS = (re.compile(re.escape(MARK.encode()) + _CODE), re.compile(rb"/verifier/" + _CODE))


def is_pdf(content: bytes) -> bool:
    """Readers accept the signature anywhere in the first kilobyte; so do we."""
    return b"%PDF-" in content[:1024]


def codes_in(content: bytes) -> list[str]:
    """Codes of ours found in the file, in order, each once: plain, in streams, or as UTF-16."""
    found: dict[str, None] = {}
    for text in _texts(content):
        for pattern in _MARKS:
            for match in pattern.finditer(text):
                code = match[1].decode()
                if is_code(code):
                    found[code] = None
    return list(found)


def _texts(content: bytes) -> Iterator[bytes]:
    yield from _readings(content)
    for count, start in enumerate(_STREAM.finditer(content)):
        if count >= MOST_STREAMS:
            return
        try:
            # Trailing bytes after the compressed part are simply left.
            unfolded = zlib.decompressobj().decompress(content[start.end() :], MOST_UNFOLDED)
        except zlib.error:
            continue
        yield from _readings(unfolded)


def _readings(text: bytes) -> Iterator[bytes]:
    yield text
    if _OCTAL.search(text):  # "verifier\057": some editors escape signs inside strings
        yield _OCTAL.sub(lambda sign: bytes([int(sign[1], 8) & 255]), text)
    if b"\0" in text:  # UTF-16, as some editors rewrite keywords
        yield text.replace(b"\0", b"")
