"""Without Pango or the subset library nothing can be drawn: the start says so, with one line."""

import pytest

from documents.engine import check, render


def test_it_is_quiet_where_the_libraries_load():
    assert check.drawing_libraries_load(None) == []


@pytest.mark.parametrize("missing", ["Pango", "HarfBuzz (subset)"])
def test_it_names_what_is_missing_and_the_line_that_installs_it(monkeypatch, missing):
    monkeypatch.setitem(check.LIBRARIES, missing, ("libabsent.so.0",))
    (error,) = check.drawing_libraries_load(None)
    assert error.id.startswith("documents.E")
    assert missing in error.msg
    assert error.hint is not None
    assert check.INSTALL_LINE in error.hint


def test_it_is_asked_at_every_start():
    from django.core.checks.registry import registry

    assert check.drawing_libraries_load in registry.get_checks()


def test_it_knows_the_versions_that_shape_the_letters():
    assert check.library_versions().startswith("pango 1.")
    assert "harfbuzz" in check.library_versions()
    assert "weasyprint 70" in render.engine_versions()


def test_it_stops_the_engine_without_the_subset_library(monkeypatch):
    from weasyprint.text import ffi

    render._engine.cache_clear()
    monkeypatch.setattr(ffi, "harfbuzz_subset", None)
    with pytest.raises(render.RenderRefused, match="harfbuzz"):
        render.warm()
    render._engine.cache_clear()


def test_it_warms_a_worker_child(monkeypatch):
    from documents.worker import warm_engine

    frozen = []
    monkeypatch.setattr(render.gc, "freeze", lambda: frozen.append(True))
    warm_engine()
    assert frozen == [True]
