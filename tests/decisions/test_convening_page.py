"""The coordinator sees who was called to an assembly, person by person, and calls again."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse

from decisions.models import VoteNotice
from decisions.services import assemblies, notices
from tests.decisions.assembly import member
from tests.decisions.mailbox import received, write_to
from tests.decisions.meeting import STARTS_AT, convened
from tests.factories import NOW


def address(assembly, name="convening"):
    return reverse(f"decisions:{name}", args=[assembly.pk])


def words(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", said.replace("\u00a0", " "))


@pytest.fixture
def dead_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1


def test_each_person_called_stands_with_when_and_how(
    people, enter, django_capture_on_commit_callbacks
):
    write_to(people, "amina")
    with django_capture_on_commit_callbacks(execute=True):
        assembly = convened(people)
    page = words(enter("driss").get(address(assembly)))
    assert "Amina Sarr mercredi 25 novembre, 10 h 30, par e-mail Envoyé" in page
    assert "À prévenir de vive voix : 1 personne" in page
    assert "Bastien Cherif" in page
    for stranger in ("Gaël", "Chloé", "Driss Marchal mercredi"):
        assert stranger not in page


def test_what_did_not_leave_is_said_and_sent_again(
    people, enter, at, dead_server, settings, django_capture_on_commit_callbacks
):
    write_to(people, "amina")
    assembly = convened(people, starts_at=NOW + dt.timedelta(days=3))
    notice = VoteNotice.objects.get()
    for hour in range(3):
        notices.tell(notice_id=notice.pk, at=at + dt.timedelta(hours=hour))
    driss = enter("driss")
    assert "Pas parti" in words(driss.get(address(assembly)))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    write_to(people, "bastien")
    for expected in (2, 0):
        with django_capture_on_commit_callbacks(execute=True):
            said = words(driss.post(address(assembly, "convene_again"), follow=True))
        assert ("2 messages repartent." if expected else "Il n’y a rien à renvoyer.") in said
    assert len(received("amina")) == len(received("bastien")) == 1
    assert "Pas parti" not in words(driss.get(address(assembly)))


def test_who_came_since_is_to_be_told(people, enter):
    write_to(people, "amina", "bastien")
    assembly = convened(people)
    newcomer = member(people.a.cohort)
    page = words(enter("driss").get(address(assembly)))
    assert "À prévenir de vive voix : 1 personne" in page
    assert newcomer.person.full_name in page


@pytest.mark.parametrize("why", ["begun", "cancelled"])
def test_nobody_is_called_to_what_awaits_nobody(people, enter, at, why):
    write_to(people, "amina")
    assembly = convened(people)
    if why == "cancelled":
        assemblies.cancel_assembly(assembly=assembly, actor=people.actor("driss"), at=at)
    write_to(people, "bastien")
    moment = STARTS_AT if why == "begun" else at
    assembly.refresh_from_db()
    assert notices.call_again(assembly=assembly, at=moment) == 0
    assert VoteNotice.objects.count() == 1
    assert mail.outbox == []
    if why == "cancelled":
        page = words(enter("driss").get(address(assembly)))
        assert "n’attend plus personne" in page
        assert "Renvoyer ce qui manque" not in page


@pytest.mark.parametrize(
    ("name", "status"), [("dalia", 404), ("amina", 403), ("helene", 404), ("chloe", 404)]
)
def test_nobody_else_sees_who_was_called(people, enter, name, status):
    assembly = convened(people)
    for answer in (
        enter(name).get(address(assembly)),
        enter(name).post(address(assembly, "convene_again")),
    ):
        assert answer.status_code in (status, 403)


def test_the_assembly_leads_to_its_messages(people, enter):
    assembly = convened(people)
    link = address(assembly)
    room = reverse("decisions:assembly", args=[assembly.pk])
    assert link in enter("driss").get(room).content.decode()
    assert link not in enter("amina").get(room).content.decode()
