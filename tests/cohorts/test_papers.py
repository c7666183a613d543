"""The papers of a cohort, for its coordinator."""

import pytest
from django.urls import reverse

from cohorts.models import Cohort
from ct_platform.kit.actor import SeatKind
from documents import kinds
from documents.models import Document
from tests.factories import NOW


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    def kind(code: str, label: str, *seats: SeatKind) -> kinds.DocumentKind:
        return kinds.DocumentKind(
            code=code, label=label, template="", template_version="1", context=dict, filename=str,
            open_to=frozenset(seats),
        )  # fmt: skip

    known = {
        "essai": kind("essai", "Papiers d’essai", SeatKind.COORDINATOR),
        "autre": kind("autre", "Autres papiers", SeatKind.COORDINATOR),
        "secret": kind("secret", "Papiers secrets"),
    }
    monkeypatch.setattr(kinds, "_kinds", known)


def url(cohort: Cohort) -> str:
    return reverse("cohorts:papers", args=[cohort.pk])


def paper(cohort: Cohort, number: int, **extra) -> Document:
    values = {
        "kind": "essai",
        "title": f"Papier {number}",
        "issuer_key": cohort.host_id,
        "issuer_name": "Le Ferment",
        "cohort_key": cohort.pk,
        "territory_key": cohort.territory_id,
        "effect_key": f"essai:{cohort.pk}:{number}",
        "code": f"{cohort.pk:013d}{number:013d}",
        "snapshot": {},
        "template_version": "1",
        "issued_at": NOW,
        "sha256": "a" * 64,
    }
    return Document.objects.create(**values | extra)


def test_it_shows_the_papers_by_kind_with_their_state(people, enter):
    cohort = people.a.cohort
    ready = paper(cohort, 1, subject=people.amina)
    paper(cohort, 2, sha256="")
    paper(cohort, 3, kind="autre")
    page = enter("driss").get(url(cohort), {"type": "essai"})
    text = page.content.decode()
    assert [(kind.code, kind.count) for kind in page.context["papers"].kinds] == [
        ("autre", 1),
        ("essai", 2),
    ]
    assert reverse("documents:download", args=[ready.pk]) in text
    assert "Valable" in text
    assert "Se prépare" in text
    assert "Papier 3" not in text


def test_an_unknown_kind_shows_the_first(people, enter):
    paper(people.a.cohort, 1)
    assert "Papier 1" in enter("driss").get(url(people.a.cohort), {"type": "rien"}).content.decode()


def test_it_hides_kinds_closed_to_the_seat_and_other_cohorts(people, enter):
    paper(people.a.cohort, 1, kind="secret")
    paper(people.b.cohort, 2)
    text = enter("driss").get(url(people.a.cohort)).content.decode()
    assert "Papier" not in text.split("<main")[1].replace("Papiers", "").replace(
        "Pas encore de papier", ""
    )
    assert "Pas encore de papier" in text


@pytest.mark.parametrize(
    ("name", "status"),
    [("dalia", 404), ("chloe", 404), ("hugo", 404), ("amina", 403), ("elsa", 403), ("nora", 403)],
)
def test_nobody_else_reads_them(people, enter, name, status):
    paper(people.a.cohort, 1)
    assert enter(name).get(url(people.a.cohort)).status_code == status


@pytest.mark.parametrize("count", [1, 200])
def test_it_costs_the_same_whatever_the_number(people, enter, count, django_assert_max_num_queries):
    for number in range(count):
        paper(people.a.cohort, number, subject=people.amina)
    client = enter("driss")
    client.get(url(people.a.cohort))  # the first page of a session also finds the seat
    with django_assert_max_num_queries(15):
        page = client.get(url(people.a.cohort))
    assert len(page.context["papers"].page.object_list) == min(count, 50)
