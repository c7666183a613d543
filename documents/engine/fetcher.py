"""What a paper may load: our assets and our own QR codes. Anything else stops the render.

The stock fetcher opens every scheme, `file:` included, and follows redirects: one hostile value in
a template's address would read the server's files or its network.
"""

import base64
import binascii
import struct
from typing import Any

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.engine.fonts import assets
from documents.engine.qr import PREFIX

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_IMAGE_BYTES = 20_000
MAX_IMAGE_SIDE = 1_000


class AssetFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint is untyped
    """Serves an in-memory map and small PNG data; has no handler able to reach a file or a host."""

    def __init__(self) -> None:
        super().__init__(allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url in assets():
            asset = assets()[url]
            return URLFetcherResponse(url, asset.content, {"Content-Type": asset.mime})
        if url.startswith(PREFIX):
            return URLFetcherResponse(url, _own_png(url), {"Content-Type": "image/png"})
        # Fatal, so that the paper is not made without what it asked for.
        raise FatalURLFetchingError(f"a paper may not load {url[:80]!r}")


def _own_png(url: str) -> bytes:
    """The bytes of a PNG of QR size; a picture bomb or another format in disguise is refused."""
    if len(url) > 2 * MAX_IMAGE_BYTES:
        raise FatalURLFetchingError("a paper may not load an image this large")
    try:
        content = base64.b64decode(url.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise FatalURLFetchingError("a paper may not load broken data") from error
    if not content.startswith(PNG_SIGNATURE) or len(content) < 24:
        raise FatalURLFetchingError("a paper may only load PNG data")
    width, height = struct.unpack(">II", content[16:24])
    if max(width, height) > MAX_IMAGE_SIDE:
        raise FatalURLFetchingError("a paper may not load an image this large")
    return content
