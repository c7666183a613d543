"""HTML → PDF/A-3a bytes: one font configuration and one stylesheet per process, kept warm."""

import atexit
import datetime as dt
import functools
import gc
import hashlib
import json
import logging
import re
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from documents.engine import attached, fonts
from documents.engine.check import library_versions

VARIANT = "pdf/a-3a"
COLLECT_EVERY = 25
# Longer than any paper of ours; stops a runaway value before layout does.
MAX_HTML = 2_000_000
# Tags open at once: our deepest page has some twelve, and layout recurses.
MAX_DEPTH = 100
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_VOID = frozenset({"meta", "img", "br", "col", "hr", "link", "input"})
_WARM_PAGE = (
    '<html lang="fr"><head><title>Essai</title></head><body><h1>Essai</h1><p><b>éÿœ</b> 0 €</p>'
    '<table class="pay"><tr><th scope="row">a</th><td>1,00</td></tr></table></body></html>'
)


class RenderRefused(Exception):
    """The page asks for something a paper may not have, or lacks something it must have."""


@dataclass(slots=True)
class Engine:
    """What a process keeps between papers. `drawn` counts them."""

    html: Any
    font_config: Any
    css: Any
    fetcher: Any
    fatal: type[BaseException]
    drawn: int = 0


# Pango's font map is not for two threads at once (web processes draw join cards in threads).
_lock = threading.Lock()


@functools.cache
def _engine() -> Engine:
    from weasyprint import CSS, HTML
    from weasyprint.text.ffi import harfbuzz_subset
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

    from documents.engine import once
    from documents.engine.fetcher import AssetFetcher

    if harfbuzz_subset is None:
        raise RenderRefused("libharfbuzz-subset is missing (see documents.engine.check)")
    once.keep_expressions()
    fetcher, font_config = AssetFetcher(), FontConfiguration()
    atexit.register(_forget, font_config)
    css = CSS(string=fonts.stylesheet(), font_config=font_config, url_fetcher=fetcher)
    return Engine(HTML, font_config, css, fetcher, FatalURLFetchingError)


def _forget(font_config: Any) -> None:
    """WeasyPrint keeps the faces in a temporary folder that it fails to remove at exit."""
    if folder := font_config._folder:
        font_config._folder = None
        shutil.rmtree(folder, ignore_errors=True)


class _Complaints(logging.Handler):
    """Collects what WeasyPrint only logs: a drawing not found, an image without its text."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    handler, logger = _Complaints(), logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield handler.lines
    finally:
        logger.removeHandler(handler)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Boxes are freed by counting; the collector's walks over them cost time and find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _depth(html: str) -> int:
    """The most tags open at once, unclosed ones included. Under a millisecond a page."""
    depth = deepest = 0
    for closing, name, closed in _TAG.findall(html):
        if closing:
            depth -= 1
        elif not closed and name not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def html_to_pdf(
    html: str, files: Mapping[str, bytes] | None = None, dated: dt.date | None = None
) -> bytes:
    """Draw one paper. The same arguments give the same bytes, in any process of these versions.

    `files` (name → content) are embedded as its data, dated `dated`.
    Raises RenderRefused when the page loads anything but our assets, is over MAX_HTML characters or
    MAX_DEPTH tags deep, or draws with a complaint (image without alternative text, missing language).
    """
    if len(html) > MAX_HTML:
        raise RenderRefused(f"page of {len(html)} characters")
    if _depth(html) > MAX_DEPTH:
        raise RenderRefused(f"more than {MAX_DEPTH} tags deep")
    with _lock, _listening() as complaints, _no_collector():
        engine = _engine()
        try:
            page = engine.html(string=html, url_fetcher=engine.fetcher)
            pdf: bytes = page.write_pdf(
                stylesheets=[engine.css],
                font_config=engine.font_config,
                pdf_variant=VARIANT,
                attachments=attached.attachments(files or {}, dated, engine.fetcher),
                finisher=attached.finisher(files or {}),
            )
        except engine.fatal as error:  # a BaseException: left alone it would end the worker
            raise RenderRefused(str(error)) from None
        engine.drawn += 1
        if engine.drawn % COLLECT_EVERY == 0:
            gc.collect()
    if complaints:
        raise RenderRefused("; ".join(complaints)[:300])
    return pdf


def warm() -> None:
    """Make a worker child ready: import, draw a page, then keep all of it out of the collector."""
    html_to_pdf(_WARM_PAGE)
    gc.collect()
    gc.freeze()


@functools.cache
def engine_versions() -> str:
    """Everything whose change may change the bytes: "weasyprint 70.0 pydyf 0.13.0 pango 1.50.12…"."""
    import pydyf
    import weasyprint

    return (
        f"weasyprint {weasyprint.__version__} pydyf {pydyf.VERSION} {library_versions()} {VARIANT}"
    )


def canonical_json(snapshot: Mapping[str, Any]) -> str:
    return json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def rendering_key(
    *,
    kind: str,
    template_version: str,
    snapshot: Mapping[str, Any],
    files: Mapping[str, bytes] | None = None,
) -> str:
    """sha-256 of all the bytes of a paper depend on: the same key gives the same bytes."""
    parts = [
        kind,
        template_version,
        engine_versions(),
        fonts.drawing_hash(),
        canonical_json(snapshot),
    ]
    for name, content in sorted((files or {}).items()):
        parts += [name, hashlib.sha256(content).hexdigest()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
