"""A paper is ready: its person is told once, by a link; a dead mail server loses nothing."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core import mail

from documents import kinds
from documents.models import Document, Notice
from documents.services import notices
from tests.documents.samples import SAMPLE
from tests.factories import NOW


@pytest.fixture(autouse=True)
def _announced(monkeypatch):
    told = replace(SAMPLE, announced_to=lambda person_id: True)
    monkeypatch.setitem(kinds._kinds, "sample", told)


@pytest.fixture
def amina(people):
    people.amina.email = "amina@exemple.test"
    people.amina.save()
    return people.amina


@pytest.fixture
def dead_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1


def test_a_ready_paper_is_told_by_a_link_alone(
    amina, drawn, settings, django_capture_on_commit_callbacks
):
    settings.PUBLIC_ORIGIN = "https://coop.exemple.test"
    with django_capture_on_commit_callbacks(execute=True):
        drawn("amina", title="Bulletin de paie, novembre 2026", number="2026-R-00041")
    (letter,) = mail.outbox
    assert letter.to == ["amina@exemple.test"]
    assert "https://coop.exemple.test/mes-papiers/" in letter.body
    assert "Bonjour Amina," in letter.body
    assert letter.attachments == []
    said = letter.subject + letter.body
    for secret in ("249,52", "€", "Sarr", "00041"):
        assert secret not in said
    assert Notice.objects.get().status == "done"


def test_a_paper_on_its_way_is_not_told(amina, issue):
    issue("amina")
    assert not Notice.objects.exists()


@pytest.mark.parametrize("reason", ["no address", "not announced"])
def test_nobody_else_is_written_to(
    amina, drawn, monkeypatch, reason, django_capture_on_commit_callbacks
):
    if reason == "no address":
        amina.email = ""
        amina.save()
    else:
        monkeypatch.setitem(kinds._kinds, "sample", SAMPLE)
    with django_capture_on_commit_callbacks(execute=True):
        drawn("amina")
    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_five_tasks_send_one_message(amina, drawn, at):
    drawn("amina")
    notice = Notice.objects.get()
    assert [notices.tell(notice_id=notice.pk, at=at) for _ in range(5)] == [True] + [False] * 4
    assert len(mail.outbox) == 1


def test_announcing_twice_writes_once(amina, drawn, at):
    paper = drawn("amina")
    notices.announce(document=Document.objects.get(pk=paper.pk), at=at)
    assert Notice.objects.count() == 1


def test_a_dead_mail_server_loses_nothing(amina, drawn, at, dead_server, settings):
    paper = drawn("amina")
    assert Document.objects.get(pk=paper.pk).is_ready
    notice = Notice.objects.get()
    assert notices.tell(notice_id=notice.pk, at=at) is False
    notice.refresh_from_db()
    assert (notice.status, notice.attempts) == ("waiting", 1)
    assert notice.error == "Le message n’est pas parti."
    # Not at once: a server that is down is not back in a minute.
    assert notices.sweep(at=at + dt.timedelta(minutes=5)) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert notices.sweep(at=at + dt.timedelta(hours=2)) == 1
    notice.refresh_from_db()
    assert notice.status == "done"
    assert len(mail.outbox) == 1


def test_it_gives_up_after_three_tries_with_a_sentence(amina, drawn, at, dead_server):
    drawn("amina")
    notice = Notice.objects.get()
    for day in range(3):
        notices.tell(notice_id=notice.pk, at=at + dt.timedelta(days=day))
    notice.refresh_from_db()
    assert (notice.status, notice.attempts) == ("failed", 3)
    assert notices.sweep(at=at + dt.timedelta(days=4)) == 0


def test_a_message_held_by_a_dead_worker_is_sent_by_the_sweep(amina, drawn, at, settings):
    drawn("amina")
    notice = Notice.objects.get()
    assert Notice.objects.claim(notice.pk, at)
    assert notices.sweep(at=at + dt.timedelta(minutes=1)) == 0
    later = NOW + settings.DELIVERY_LEASE + dt.timedelta(minutes=1)
    assert notices.sweep(at=later) == 1
