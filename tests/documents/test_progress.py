"""Live progress of a batch: who has their paper, who waits, who failed."""

import pytest
from django.template.loader import render_to_string

from ct_platform.kit.delivery import DeliveryStatus
from documents.models import Rendering
from documents.selectors import batch_progress


@pytest.fixture
def batch(issue, drawn):
    """Amina's two papers (sent, waiting), Bastien's failed; Chloé's is another run's."""
    sent = drawn("amina", title="Bulletin d’Amina")
    issue("amina", title="Attestation d’Amina", effect_key="sample:second")
    failed = issue("bastien", title="Bulletin de Bastien")
    issue("chloe")
    Rendering.objects.filter(document=failed).update(
        status=DeliveryStatus.FAILED, error="Le disque est plein."
    )
    return sent.batch


def show(batch: str, **changes) -> str:
    return render_to_string(
        "documents/_progress.html",
        {
            "progress": batch_progress(batch),
            "fragment_url": "/cohortes/1/paie/2/papiers/?fragment",
            "page_url": "/cohortes/1/paie/2/papiers/",
            "can_retry": True,
            **changes,
        },
    )


def test_it_counts_and_groups_by_person(batch):
    progress = batch_progress(batch)
    assert (progress.total, progress.done, progress.waiting, progress.failed) == (3, 1, 1, 1)
    assert [row.person_name for row in progress.rows] == ["Bastien Cherif", "Amina Sarr"]
    assert [paper.label for paper in progress.rows[1].papers] == ["Envoyé", "En attente"]
    assert not progress.is_finished


def test_it_costs_one_query_whatever_their_number(batch, django_assert_num_queries):
    with django_assert_num_queries(1):
        batch_progress(batch)


def test_it_is_empty_for_an_unknown_batch(db):
    progress = batch_progress("nothing:0")
    assert (progress.total, progress.is_complete) == (0, False)


def test_it_asks_again_while_something_moves_and_reloads_without_script(batch):
    page = show(batch)
    assert 'hx-get="/cohortes/1/paie/2/papiers/?fragment" hx-trigger="every 2s"' in page
    assert 'href="/cohortes/1/paie/2/papiers/"' in page
    assert "1 sur 3 envoyés" in page
    assert "Le disque est plein." in page
    assert "Refaire" in page


def test_it_stops_asking_when_nothing_moves(batch):
    Rendering.objects.filter(status=DeliveryStatus.WAITING).update(status=DeliveryStatus.DONE)
    page = show(batch)
    assert "hx-get" not in page
    assert "Recharger" not in page


def test_it_offers_no_retry_to_who_may_not(batch):
    assert "<form" not in show(batch, can_retry=False)


def test_it_says_when_all_is_sent(batch):
    Rendering.objects.filter(document__batch=batch).update(status=DeliveryStatus.DONE, error="")
    assert "Les 3 papiers sont envoyés." in show(batch)
