"""Drawing one paper: late, doubled, lost or killed, it comes out once."""

import datetime as dt
import errno
import hashlib
import uuid
from pathlib import Path

import pytest
import time_machine
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.storage import default_storage

from ct_platform.kit.delivery import DeliveryStatus
from documents import kinds
from documents.models import Rendering
from documents.services import render, storing
from documents.services.render import render_document, retry_failed, sweep
from documents.tasks import render_documents


def row(document) -> Rendering:
    return Rendering.objects.get(document=document)


def test_it_keeps_the_file_its_fingerprint_and_its_key(drawn):
    paper = drawn("amina")
    content = paper.file.read()
    assert content.startswith(b"%PDF-1.7")
    assert paper.sha256 == hashlib.sha256(content).hexdigest()
    assert paper.size == len(content)
    assert paper.file.name == f"papers/{paper.rendering_key[:2]}/{paper.rendering_key}.pdf"
    assert row(paper).status == DeliveryStatus.DONE


def test_it_leaves_the_file_to_its_owner_alone(drawn):
    path = Path(drawn("amina").file.path)
    assert path.stat().st_mode & 0o077 == 0
    assert list(path.parent.glob("*.part")) == []


def test_it_does_nothing_for_a_message_that_comes_twice(drawn, at, monkeypatch):
    paper = drawn("amina")
    monkeypatch.setattr(render, "draw", lambda document: pytest.fail("drawn twice"))
    assert render_document(document_id=paper.pk, at=at) is False
    render_documents([paper.pk, paper.pk])
    assert row(paper).attempts == 1


def test_it_does_nothing_for_a_paper_that_does_not_exist(db, at):
    assert render_document(document_id=41, at=at) is False


def test_it_leaves_alone_what_another_worker_holds(issue, at, monkeypatch):
    paper = issue("amina")
    Rendering.objects.claim(row(paper).pk, at)
    monkeypatch.setattr(render, "draw", lambda document: pytest.fail("drawn by two"))
    assert render_document(document_id=paper.pk, at=at + dt.timedelta(seconds=10)) is False


def test_it_takes_back_what_a_killed_worker_held(issue, at, settings):
    paper = issue("amina")
    Rendering.objects.claim(row(paper).pk, at)  # then the worker dies
    late = at + settings.DELIVERY_LEASE + dt.timedelta(seconds=1)
    with time_machine.travel(late, tick=False):  # the task reads the clock itself
        assert sweep(at=late) == 1
    paper.refresh_from_db()
    assert paper.is_ready
    assert row(paper).attempts == 2


def test_it_drops_the_result_of_a_worker_that_lost_its_lease(issue, at, settings, monkeypatch):
    paper = issue("amina")
    real = render.draw

    def slow(document):
        late = at + settings.DELIVERY_LEASE * 2
        monkeypatch.setattr(render, "draw", real)
        assert render_document(document_id=paper.pk, at=late)  # another one did it meanwhile
        return real(document)

    monkeypatch.setattr(render, "draw", slow)
    assert render_document(document_id=paper.pk, at=at) is False
    paper.refresh_from_db()
    assert row(paper).status == DeliveryStatus.DONE
    assert paper.sha256 == hashlib.sha256(paper.file.read()).hexdigest()


def test_it_says_in_french_that_the_disk_is_full(issue, at, monkeypatch):
    paper = issue("amina")

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storing.os, "fsync", full)
    assert render_document(document_id=paper.pk, at=at) is False
    assert row(paper).error.startswith("Le disque est plein")
    assert row(paper).status == DeliveryStatus.WAITING
    paper.refresh_from_db()
    assert not paper.is_ready
    assert [f for f in Path(default_storage.location).rglob("*") if f.is_file()] == []


def test_it_is_done_once_there_is_room_again(issue, at, monkeypatch, settings):
    paper = issue("amina")
    with monkeypatch.context() as patch:
        patch.setattr(storing.os, "replace", _full)
        render_document(document_id=paper.pk, at=at)
    assert sweep(at=at + settings.DELIVERY_GRACE * 2) == 1
    paper.refresh_from_db()
    assert paper.is_ready
    assert row(paper).error == ""


def _full(*args):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_it_stops_after_three_attempts_and_waits_for_a_person(issue, at, monkeypatch, settings):
    paper = issue("amina")
    monkeypatch.setattr(storing.os, "replace", _full)
    for n in range(5):
        render_document(document_id=paper.pk, at=at + settings.DELIVERY_LEASE * n)
    assert row(paper).status == DeliveryStatus.FAILED
    assert row(paper).attempts == 3
    assert sweep(at=at + settings.DELIVERY_LEASE * 9) == 0


def test_it_starts_afresh_when_a_person_retries(
    issue, at, monkeypatch, settings, django_capture_on_commit_callbacks
):
    paper = issue("amina")
    with monkeypatch.context() as patch:
        patch.setattr(storing.os, "replace", _full)
        for n in range(3):
            render_document(document_id=paper.pk, at=at + settings.DELIVERY_LEASE * n)
    with django_capture_on_commit_callbacks(execute=True):
        assert retry_failed(document=paper, at=at) == 1
        assert retry_failed(document=paper, at=at) == 0
    paper.refresh_from_db()
    assert paper.is_ready


def test_it_retries_only_the_failed_papers_of_the_batch(issue, at):
    failed, waiting, other = issue("amina"), issue("bastien"), issue("chloe")
    Rendering.objects.filter(document__in=[failed, other]).update(status=DeliveryStatus.FAILED)
    assert retry_failed(batch=failed.batch, at=at) == 1
    assert row(failed).status == DeliveryStatus.WAITING
    assert row(waiting).attempts == 0
    assert row(other).status == DeliveryStatus.FAILED


def test_it_stops_what_kills_its_worker_at_the_last_attempt(issue, at, settings):
    paper = issue("amina")
    for n in range(3):  # claimed, never finished: the worker died each time
        moment = at + (settings.DELIVERY_LEASE + dt.timedelta(seconds=1)) * n
        assert Rendering.objects.claim(row(paper).pk, moment)
    assert sweep(at=at + settings.DELIVERY_LEASE * 4) == 0
    assert row(paper).status == DeliveryStatus.FAILED
    assert row(paper).error == "Ce papier n’a pas pu être fait, après trois essais."


def test_it_does_not_fail_the_lot_for_one_bad_paper(issue):
    bad = issue("amina", snapshot={"lines": [[1]] * 3, "facts": "pas une liste", "steps": 3})
    good = issue("bastien")
    render_documents([bad.pk, good.pk])
    good.refresh_from_db()
    assert good.is_ready
    assert row(bad).status == DeliveryStatus.WAITING
    assert row(bad).error.startswith("Ce papier n’a pas pu être fait")


def test_it_says_so_when_a_kind_is_gone(issue, at, monkeypatch):
    paper = issue("amina")
    monkeypatch.delitem(kinds._kinds, "sample")
    assert render_document(document_id=paper.pk, at=at) is False
    assert row(paper).error.startswith("Ce papier n’a pas pu être fait")


def test_it_gives_the_paper_back_when_it_takes_too_long(issue, at, monkeypatch):
    paper = issue("amina")

    def too_long(document):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(render, "draw", too_long)
    with pytest.raises(SoftTimeLimitExceeded):
        render_document(document_id=paper.pk, at=at)
    assert row(paper).status == DeliveryStatus.WAITING
    assert row(paper).error == "Ce papier est trop long à faire."


def test_it_never_draws_over_a_stored_original(drawn, at, monkeypatch):
    paper = drawn("amina")
    Rendering.objects.filter(document=paper).update(
        status=DeliveryStatus.WAITING, lease_token=uuid.uuid4()
    )
    monkeypatch.setattr(render, "draw", lambda document: pytest.fail("drawn over"))
    assert render_document(document_id=paper.pk, at=at)
    assert row(paper).status == DeliveryStatus.DONE


def test_it_draws_the_same_bytes_again_from_the_photograph(drawn):
    paper = drawn("amina")
    assert render.draw(paper) == paper.file.read()


def test_it_saves_by_overwriting_where_there_is_no_disk():
    class Bucket:
        saved: dict[str, bytes] = {}

        def path(self, name):
            raise NotImplementedError

        def save(self, name, content):
            self.saved[name] = content.read()
            return name

    bucket = Bucket()
    assert storing.store("ab" * 32, b"x", storage=bucket) == f"papers/ab/{'ab' * 32}.pdf"
    assert list(bucket.saved.values()) == [b"x"]
