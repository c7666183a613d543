"""Lease, token, sweep: the pattern, on the rows of papers (kit itself has no table of its own)."""

import datetime as dt

import pytest

from ct_platform.kit.delivery import DeliveryStatus
from documents.models import Document, Rendering
from tests.factories import NOW

SECOND = dt.timedelta(seconds=1)


def make_row(number: int = 1, sent_at: dt.datetime = NOW) -> Rendering:
    document = Document.objects.create(
        kind="sample",
        title="x",
        issuer_key=1,
        issuer_name="x",
        effect_key=f"row:{number}",
        code=f"{number:026}",
        snapshot={"check": {"code": f"{number:026}"}},
        template_version="1",
        issued_at=NOW,
    )
    return Rendering.objects.create(document=document, sent_at=sent_at)


@pytest.fixture
def row(db) -> Rendering:
    return make_row()


def test_it_is_claimed_by_one(row):
    token = Rendering.objects.claim(row.pk, NOW)
    assert token is not None
    assert Rendering.objects.claim(row.pk, NOW) is None
    row.refresh_from_db()
    assert (row.status, row.attempts, row.lease_token) == (DeliveryStatus.RUNNING, 1, token)


def test_it_can_be_claimed_again_once_the_lease_has_lapsed(row, settings):
    first = Rendering.objects.claim(row.pk, NOW)
    assert Rendering.objects.claim(row.pk, NOW + settings.DELIVERY_LEASE) is None
    second = Rendering.objects.claim(row.pk, NOW + settings.DELIVERY_LEASE + SECOND)
    assert second not in (None, first)


def test_it_keeps_the_result_of_the_holder_only(row, settings):
    first = Rendering.objects.claim(row.pk, NOW)
    later = NOW + settings.DELIVERY_LEASE + SECOND
    second = Rendering.objects.claim(row.pk, later)
    assert not Rendering.objects.finish(row.pk, first, later)
    assert Rendering.objects.finish(row.pk, second, later)
    row.refresh_from_db()
    assert (row.status, row.finished_at, row.lease_token) == (DeliveryStatus.DONE, later, None)


def test_it_finishes_once(row):
    token = Rendering.objects.claim(row.pk, NOW)
    assert Rendering.objects.finish(row.pk, token, NOW)
    assert not Rendering.objects.finish(row.pk, token, NOW)
    assert Rendering.objects.claim(row.pk, NOW + dt.timedelta(days=1)) is None


def test_it_waits_again_after_a_failure_and_stops_after_the_last(row, settings):
    for attempt in range(1, settings.DELIVERY_ATTEMPTS + 1):
        token = Rendering.objects.claim(row.pk, NOW)
        assert token is not None
        assert Rendering.objects.give_back(row.pk, token, "Le disque est plein.")
        row.refresh_from_db()
        last = attempt == settings.DELIVERY_ATTEMPTS
        assert row.status == (DeliveryStatus.FAILED if last else DeliveryStatus.WAITING)
    assert row.error == "Le disque est plein."
    assert Rendering.objects.claim(row.pk, NOW) is None


def test_it_takes_no_failure_from_who_lost_the_lease(row, settings):
    first = Rendering.objects.claim(row.pk, NOW)
    Rendering.objects.claim(row.pk, NOW + settings.DELIVERY_LEASE + SECOND)
    assert not Rendering.objects.give_back(row.pk, first, "trop tard")
    row.refresh_from_db()
    assert row.status == DeliveryStatus.RUNNING


def test_it_is_lost_after_the_grace_and_not_before(row, settings):
    assert not Rendering.objects.lost(NOW + settings.DELIVERY_GRACE).exists()
    assert Rendering.objects.lost(NOW + settings.DELIVERY_GRACE + SECOND).get() == row


def test_it_is_not_lost_while_a_worker_holds_it(row, settings):
    Rendering.objects.claim(row.pk, NOW)
    assert not Rendering.objects.lost(NOW + settings.DELIVERY_GRACE * 2).exists()
    assert Rendering.objects.lost(NOW + settings.DELIVERY_LEASE + SECOND).exists()


def test_it_is_found_oldest_first(db, settings):
    rows = [make_row(n, NOW - dt.timedelta(minutes=n)) for n in (1, 3, 2)]
    found = list(Rendering.objects.lost(NOW + settings.DELIVERY_GRACE))
    assert found == [rows[1], rows[2], rows[0]]


def test_it_fails_when_every_attempt_killed_its_worker(row, settings):
    at = NOW
    for _ in range(settings.DELIVERY_ATTEMPTS):
        assert Rendering.objects.claim(row.pk, at)
        at += settings.DELIVERY_LEASE + SECOND
    assert Rendering.objects.fail_exhausted(at - settings.DELIVERY_LEASE, "x") == 0
    assert Rendering.objects.fail_exhausted(at, "Trois essais.") == 1
    row.refresh_from_db()
    assert (row.status, row.error) == (DeliveryStatus.FAILED, "Trois essais.")


def test_it_starts_afresh_when_somebody_retries(row):
    Rendering.objects.update(status=DeliveryStatus.FAILED, attempts=3, error="x")
    assert Rendering.objects.retry(NOW) == 1
    row.refresh_from_db()
    assert (row.status, row.attempts, row.error) == (DeliveryStatus.WAITING, 0, "")
    assert Rendering.objects.claim(row.pk, NOW)


def test_it_leaves_finished_rows_alone_when_somebody_retries(row):
    token = Rendering.objects.claim(row.pk, NOW)
    Rendering.objects.finish(row.pk, token, NOW)
    assert Rendering.objects.retry(NOW) == 0
