"""Papers of tests: the sample kind, and a way to issue one."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from documents import kinds
from documents.models import Document
from documents.services.issue import issue_document
from tests.documents.samples import SAMPLE, SNAPSHOT
from tests.personas import People

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture(autouse=True)
def _sample_kind(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    monkeypatch.setitem(kinds._kinds, "sample", SAMPLE)
    first, *others = settings.TEMPLATES
    settings.TEMPLATES = [{**first, "DIRS": [*first["DIRS"], TEMPLATES]}, *others]


@pytest.fixture
def issue(people: People, at: dt.datetime) -> Callable[..., Document]:
    """`issue("amina")` → her sample paper, not drawn yet; in world B for Chloé."""

    def paper(name: str = "amina", **changes: Any) -> Document:
        world = people.b if name == "chloe" else people.a
        fields: dict[str, Any] = {
            "kind": "sample",
            "title": "Bulletin d’essai, octobre 2026",
            "issuer_key": world.host.pk,
            "issuer_name": world.host.name,
            "subject": people.persons[name],
            "snapshot": SNAPSHOT,
            "effect_key": f"sample:{name}",
            "cohort_key": world.cohort.pk,
            "territory_key": world.territory.pk,
            "batch": f"run:{world.cohort.pk}",
            "period_from": dt.date(2026, 10, 1),
            "period_to": dt.date(2026, 10, 31),
            "actor": None,
            "at": at,
        }
        return issue_document(**{**fields, **changes})

    return paper


@pytest.fixture
def drawn(issue: Callable[..., Document], at: dt.datetime) -> Callable[..., Document]:
    """`drawn("amina")` → her sample paper with its PDF."""
    from documents.services.render import render_document

    def paper(name: str = "amina", **changes: Any) -> Document:
        document = issue(name, **changes)
        assert render_document(document_id=document.pk, at=at)
        document.refresh_from_db()
        return document

    return paper
