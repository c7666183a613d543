"""What documents.engine.once spares is still done twice by the libraries, and spared without a byte of change."""

import re

import pydyf
import pytest
from tinyhtml5 import inputstream

from documents.engine import once
from documents.engine.render import html_to_pdf

PAGE = (
    '<html lang="fr"><head><title>Essai</title></head><body><h1>Été</h1>'
    '<table class="pay"><tr><th scope="row">a</th><td>1,00</td></tr></table></body></html>'
)
FOUND = {"ab": ("b",), "b<c": ("<",), "&amp; x": ("&", "<", "\u0000")}


def test_a_paper_is_the_same_to_the_byte_with_the_libraries_as_they_are(monkeypatch):
    spared = html_to_pdf(PAGE)
    monkeypatch.setattr(inputstream, "characters_until_regex", {})
    monkeypatch.setattr(once, "write_each_once", lambda pdf: None)
    assert html_to_pdf(PAGE) == spared


def test_each_stream_is_pressed_once(monkeypatch):
    made: list[int] = []
    plain = pydyf.Stream.data.fget
    monkeypatch.setattr(
        pydyf.Stream, "data", property(lambda one: made.append(id(one)) or plain(one))
    )
    html_to_pdf(PAGE)
    drawn = len(made)
    made.clear()
    monkeypatch.setattr(once, "write_each_once", lambda pdf: None)
    html_to_pdf(PAGE)
    # As long as this holds, pydyf makes them twice by itself.
    assert len(made) > 1.5 * drawn


@pytest.mark.parametrize("opposite", [False, True])
def test_expressions_find_what_the_library_would(monkeypatch, opposite):
    once.keep_expressions()
    kept = inputstream.characters_until_regex
    for text, signs in FOUND.items():
        theirs = inputstream.HTMLInputStream(text).chars_until(signs, opposite)
        ours = kept[(signs, opposite)].match(text)
        assert theirs == (ours[0] if ours else "")
        with monkeypatch.context() as patch:
            patch.setattr(inputstream, "characters_until_regex", {})
            assert inputstream.HTMLInputStream(text).chars_until(signs, opposite) == theirs


def test_the_library_still_forgets_its_expressions(monkeypatch):
    monkeypatch.setattr(inputstream, "characters_until_regex", {})
    inputstream.HTMLInputStream("ab").chars_until(("b",))
    assert [type(key[0]) for key in inputstream.characters_until_regex] == [re.Pattern]
