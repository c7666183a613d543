"""Bootstrap cut down to the classes our pages use: a cheap phone downloads 10 KB instead of 31.

Conservative on purpose: a rule stays as soon as each of its class names appears as a word in our
templates, scripts, tags and forms, or in the templates that draw forms.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import crispy_bootstrap5

ROOT = Path(__file__).resolve().parents[2]
WHOLE = ROOT / "static" / "vendor" / "bootstrap-5.3.9" / "bootstrap.min.css"
TRIMMED = ROOT / "static" / "css" / "bootstrap-trimmed.css"
_WORD = re.compile(r"[A-Za-z][\w-]*")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_COMMA = re.compile(r",(?![^(]*\))")  # not those inside :not(…)


def trimmed() -> str:
    """The trimmed style sheet, licence line first. Reads the project's files only."""
    css = WHOLE.read_text(encoding="utf-8")
    banner = re.search(r"/\*!.*?\*/", css, re.DOTALL)
    assert banner is not None  # noqa: S101 - the licence travels with the file
    charset = '@charset "UTF-8";'
    body = css.replace(charset, "", 1).replace(banner.group(), "", 1)
    return f"{charset}{banner.group()}\n{_trim(body, _words())}\n"


def _words() -> set[str]:
    crispy = Path(crispy_bootstrap5.__file__).parent
    sources = [
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "static" / "js").rglob("*.js"),
        *(ROOT / "ct_platform" / "kit" / "templatetags").glob("*.py"),
        *ROOT.glob("*/forms.py"),
        *ROOT.glob("*/forms/*.py"),
        *crispy.rglob("*.html"),
        *crispy.rglob("*.py"),
    ]
    return {
        word for source in sources for word in _WORD.findall(source.read_text(encoding="utf-8"))
    }


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """(head, body) of each rule, nested braces kept in the body."""
    start = 0
    while (opening := css.find("{", start)) >= 0:
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[start:opening], css[opening + 1 : end - 1]
        start = end


def _trim(css: str, words: set[str]) -> str:
    kept = []
    for head, body in _rules(css):
        name = head.strip()
        if name.startswith(("@media", "@supports")):
            inner = _trim(body, words)
            if inner:
                kept.append(f"{head}{{{inner}}}")
        elif name.startswith("@keyframes"):
            if name.split()[-1] in words:
                kept.append(f"{head}{{{body}}}")
        else:
            selectors = [one for one in _COMMA.split(head) if words.issuperset(_CLASS.findall(one))]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{body}}}")
    return "".join(kept)
