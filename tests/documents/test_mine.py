"""Mes papiers: one's own papers, opened, downloaded, retried by those who may."""

from dataclasses import replace

import pytest
from django.urls import reverse

from ct_platform.kit.actor import SeatKind
from ct_platform.kit.delivery import DeliveryStatus
from documents import kinds
from documents.models import Document, Rendering
from documents.services.replace import replace_document
from tests.documents.samples import SAMPLE, SNAPSHOT

MINE = "/mes-papiers/"


def url(name: str, document: Document) -> str:
    return reverse(f"documents:{name}", args=[document.pk])


def test_it_lists_one_s_own_papers_newest_first(enter, drawn, issue):
    drawn("amina", title="Bulletin d’octobre")
    issue("amina", title="Attestation", effect_key="sample:2")
    drawn("bastien", title="Bulletin de Bastien")
    page = enter("amina").get(MINE).content.decode()
    assert page.index("Attestation") < page.index("Bulletin d’octobre")
    assert "Bulletin de Bastien" not in page
    assert "Nouveau, valable" in page
    assert "Se prépare" in page


def test_it_says_what_will_come_when_there_is_nothing(enter, people):
    page = enter("amina").get(MINE).content.decode()
    assert "Pas encore de papier" in page


@pytest.mark.parametrize("count", [1, 200])
def test_it_costs_few_queries_whatever_their_number(
    enter, issue, count, django_assert_max_num_queries
):
    first = issue("amina")
    rows = [
        Document(
            **{
                field: getattr(first, field)
                for field in ("kind", "title", "issuer_key", "issuer_name", "subject", "snapshot")
            },
            effect_key=f"many:{n}",
            code=f"{n:026}",
            template_version="1",
            issued_at=first.issued_at,
        )
        for n in range(count)
    ]
    Document.objects.bulk_create(rows)
    Rendering.objects.bulk_create(Rendering(document=row, sent_at=first.issued_at) for row in rows)
    client = enter("amina")
    client.get(MINE)
    with django_assert_max_num_queries(15):
        assert client.get(MINE).status_code == 200


def test_it_opens_with_a_button_that_notes_the_first_time(enter, drawn, at):
    paper, client = drawn("amina"), enter("amina")
    response = client.post(url("open", paper))
    assert response.status_code == 302
    assert response.url == url("download", paper)
    paper.refresh_from_db()
    assert paper.first_opened_at == at
    assert "Nouveau" not in client.get(MINE).content.decode()


def test_it_notes_nothing_when_staff_open_a_paper(enter, drawn):
    paper = drawn("amina")
    assert enter("driss").post(url("open", paper)).status_code == 302
    paper.refresh_from_db()
    assert paper.first_opened_at is None


def test_it_never_notes_on_a_get(enter, drawn):
    paper, client = drawn("amina"), enter("amina")
    assert client.get(url("open", paper)).status_code == 405
    assert client.get(url("download", paper)).status_code == 200
    paper.refresh_from_db()
    assert paper.first_opened_at is None


def test_it_hands_out_the_stored_bytes_under_a_readable_name(enter, drawn):
    paper = drawn("amina", number="2026-R-00041")
    response = enter("amina").get(url("download", paper))
    assert b"".join(response.streaming_content) == paper.file.read()
    assert response.headers["Content-Type"] == "application/pdf"
    assert 'inline; filename="essai-2026-R-00041.pdf"' in response.headers["Content-Disposition"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]
    saved = enter("amina").get(url("download", paper) + "?telecharger")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    saved.close()


def test_it_says_that_a_paper_is_on_its_way(enter, issue):
    response = enter("amina").get(url("download", issue("amina")))
    assert response.status_code == 202
    assert "Ton papier se prépare" in response.content.decode()


def test_it_keeps_a_replaced_paper_readable_and_says_so(enter, drawn, at):
    paper = drawn("amina")
    replace_document(document=paper, snapshot=SNAPSHOT, actor=None, at=at)
    client = enter("amina")
    assert "Remplacé par un autre" in client.get(MINE).content.decode()
    assert client.get(url("download", paper)).status_code == 200


# Near misses first: same cohort, same role elsewhere, seats whose kinds are not open to them.
@pytest.mark.parametrize(
    "name", ["bastien", "gael", "chloe", "dalia", "hugo", "elsa", "farid", "nora"]
)
@pytest.mark.parametrize("door", ["download", "open", "retry"])
def test_it_is_not_found_by_anybody_else(enter, drawn, name, door):
    paper = drawn("amina")
    client = enter(name)
    answer = client.get if door == "download" else client.post
    assert answer(url(door, paper)).status_code == 404
    paper.refresh_from_db()
    assert paper.first_opened_at is None


@pytest.mark.parametrize("name", ["amina", "driss", "helene"])
def test_it_is_open_to_its_person_and_to_who_runs_it(enter, drawn, name):
    assert enter(name).get(url("download", drawn("amina"))).status_code == 200


def test_it_sends_a_stranger_to_the_door(client, drawn):
    assert client.get(url("download", drawn("amina"))).status_code == 302
    assert client.get(MINE).status_code == 302


@pytest.fixture
def failed(issue) -> Document:
    paper = issue("amina")
    Rendering.objects.filter(document=paper).update(
        status=DeliveryStatus.FAILED, attempts=3, error="Le disque est plein."
    )
    return paper


def status(document: Document) -> str:
    return Rendering.objects.get(document=document).status


@pytest.mark.parametrize("name", ["driss", "helene"])
def test_it_is_made_again_by_who_runs_it(enter, failed, name, django_capture_on_commit_callbacks):
    client = enter(name)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url("retry", failed), {"page": "/cohortes/1/paie/2/papiers/"})
    assert response.url == "/cohortes/1/paie/2/papiers/"
    assert status(failed) == DeliveryStatus.DONE


def test_it_is_not_made_again_by_its_person(enter, failed):
    assert enter("amina").post(url("retry", failed)).status_code == 403
    assert status(failed) == DeliveryStatus.FAILED


def test_it_makes_a_whole_batch_again(enter, failed, django_capture_on_commit_callbacks):
    client = enter("driss")
    address = reverse("documents:retry_batch", args=[failed.batch])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address).status_code == 302
    assert status(failed) == DeliveryStatus.DONE


def test_it_is_made_again_by_who_follows_it_without_opening_it(enter, failed, monkeypatch):
    """A coordinator follows slips that only the host and the person may read."""
    sealed = replace(SAMPLE, open_to=frozenset({SeatKind.HOST}))
    monkeypatch.setitem(kinds._kinds, "sample", sealed)
    client = enter("driss")
    assert client.get(url("download", failed)).status_code == 404
    assert client.post(url("retry", failed)).status_code == 302
    assert status(failed) == DeliveryStatus.WAITING


@pytest.mark.parametrize(("name", "code"), [("dalia", 404), ("hugo", 404), ("amina", 403)])
def test_it_does_not_make_the_batch_of_others_again(enter, failed, name, code):
    address = reverse("documents:retry_batch", args=[failed.batch])
    assert enter(name).post(address).status_code == code
    assert status(failed) == DeliveryStatus.FAILED


@pytest.mark.parametrize("page", ["https://ailleurs.test/", "//ailleurs.test/", "javascript:1", ""])
def test_it_comes_back_to_our_own_pages_only(enter, failed, page):
    response = enter("driss").post(url("retry", failed), {"page": page})
    assert response.url == MINE
