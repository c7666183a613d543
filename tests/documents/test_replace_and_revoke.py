"""A wrong paper is replaced by a linked new one, or revoked; nothing is edited or deleted."""

import pytest
from django.db import IntegrityError, transaction

from ct_platform.kit.errors import Frozen, Refused, Stale
from ct_platform.kit.models import TransitionLog
from documents.enums import DocumentStatus
from documents.models import Document
from documents.services.replace import replace_document
from documents.services.revoke import revoke_document
from documents.services.standing import leave_valid
from tests.documents.samples import SNAPSHOT


def test_it_issues_a_linked_paper_and_retires_the_old_one(drawn, people, at):
    old = drawn("amina")
    new = replace_document(
        document=old,
        snapshot={**SNAPSHOT, "net": "250,00 €"},
        number="2026-R-00042",
        reason="montant faux",
        actor=people.actor("driss"),
        at=at,
    )
    old.refresh_from_db()
    assert old.status == DocumentStatus.REPLACED
    assert old.replaced_by == new
    assert old.snapshot["net"] == "249,52 €"
    assert new.status == DocumentStatus.VALID
    assert new.snapshot["net"] == "250,00 €"
    assert (new.subject, new.batch, new.period_from) == (old.subject, old.batch, old.period_from)
    assert new.code != old.code
    log = TransitionLog.objects.get(row_id=old.pk, model="documents.document")
    assert (log.old, log.new, log.reason) == ("valid", "replaced", "montant faux")
    assert log.by_person_id == people.driss.pk


def test_it_replaces_once(drawn, at):
    old = drawn("amina")
    first = replace_document(document=old, snapshot=SNAPSHOT, actor=None, at=at)
    second = replace_document(document=old, snapshot={"net": "1"}, actor=None, at=at)
    assert first == second
    assert Document.objects.count() == 2


def test_it_replaces_the_replacement(drawn, at):
    old = drawn("amina")
    second = replace_document(document=old, snapshot=SNAPSHOT, actor=None, at=at)
    third = replace_document(document=second, snapshot=SNAPSHOT, actor=None, at=at)
    second.refresh_from_db()
    assert second.replaced_by == third


def test_it_does_not_replace_what_was_revoked(drawn, at):
    paper = drawn("amina")
    revoke_document(document=paper, reason="erreur", actor=None, at=at)
    with pytest.raises(Frozen, match="annulé"):
        replace_document(document=paper, snapshot=SNAPSHOT, actor=None, at=at)
    assert Document.objects.count() == 1


def test_it_revokes_with_a_reason_once(drawn, at):
    paper = drawn("amina")
    revoke_document(document=paper, reason=" erreur de personne ", actor=None, at=at)
    revoke_document(document=paper, reason="autre", actor=None, at=at)
    paper.refresh_from_db()
    assert paper.status == DocumentStatus.REVOKED
    assert paper.revoked_reason == "erreur de personne"
    assert TransitionLog.objects.filter(row_id=paper.pk).count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "a" * 201])
def test_it_does_not_revoke_without_a_reason(drawn, at, reason):
    paper = drawn("amina")
    with pytest.raises(Refused):
        revoke_document(document=paper, reason=reason, actor=None, at=at)
    paper.refresh_from_db()
    assert paper.status == DocumentStatus.VALID


def test_it_does_not_revoke_what_was_replaced(drawn, at):
    paper = drawn("amina")
    replace_document(document=paper, snapshot=SNAPSHOT, actor=None, at=at)
    with pytest.raises(Frozen, match="remplacé"):
        revoke_document(document=paper, reason="erreur", actor=None, at=at)


def test_it_lets_one_of_two_actors_win(drawn, at):
    paper = drawn("amina")
    Document.objects.filter(pk=paper.pk).update(status=DocumentStatus.REVOKED)
    with pytest.raises(Stale):
        leave_valid(paper, DocumentStatus.REVOKED, actor=None, at=at, reason="x")
    assert not TransitionLog.objects.filter(row_id=paper.pk).exists()


def test_it_never_says_replaced_without_a_successor(drawn):
    paper = drawn("amina")
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=paper.pk).update(status=DocumentStatus.REPLACED)
