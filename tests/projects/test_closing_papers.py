"""The attestations of a closing: one paper a person, whatever is pressed twice."""

import pytest
from django.urls import reverse

from cohorts.enums import CohortState
from cohorts.models import Mandate
from ct_platform.kit.errors import Refused
from documents.enums import DocumentStatus
from documents.models import Document, Rendering
from documents.services.revoke import revoke_document
from projects.rules import closing_batch
from projects.selectors.closing import attestations_of
from projects.services import attestations
from projects.services.attestations import issue_closing_papers
from tests.cohorts.closing_verbs import at_state, closing
from tests.factories import NOW, TODAY
from tests.projects.test_attestation_evidence import D
from tests.projects.verbs import confirm, note


def give(people):
    return issue_closing_papers(cohort=people.a.cohort, actor=people.actor("driss"), at=NOW)


@pytest.fixture
def worked(people):
    confirm(people, "bastien", note(people, "amina"))
    confirm(people, "amina", note(people, "bastien", minutes=60))
    closing(people)
    return people


def test_everybody_with_evidence_gets_one_and_who_has_none_gets_none(worked):
    papers = give(worked)
    assert {paper.subject for paper in papers} == {worked.amina, worked.bastien}
    assert {paper.batch for paper in papers} == {closing_batch(worked.a.cohort.pk)}


def test_who_left_gets_what_they_did(worked):
    Mandate.objects.create(
        enrolment=worked.enrolments["gael"],
        title="Caisse",
        starts_on=D(2026, 9, 10),
        decision_number=1,
    )
    assert worked.gael in {paper.subject for paper in give(worked)}


def test_pressing_twice_gives_the_same_papers(worked):
    assert give(worked) == give(worked)
    assert Document.objects.count() == Rendering.objects.count() == 2


def test_what_changed_since_replaces_the_paper_and_leaves_the_others(worked):
    first = {paper.subject_id: paper for paper in give(worked)}
    Mandate.objects.create(
        enrolment=worked.enrolments["amina"],
        title="Caisse",
        starts_on=D(2026, 9, 10),
        decision_number=1,
    )

    second = {paper.subject_id: paper for paper in give(worked)}

    assert second[worked.bastien.pk] == first[worked.bastien.pk]
    first[worked.amina.pk].refresh_from_db()
    assert first[worked.amina.pk].replaced_by == second[worked.amina.pk]
    assert Document.objects.filter(status=DocumentStatus.VALID).count() == 2


def test_a_revoked_paper_is_given_anew(worked):
    [amina] = [paper for paper in give(worked) if paper.subject == worked.amina]
    revoke_document(document=amina, reason="Erreur.", actor=worked.actor("helene"), at=NOW)
    again = [paper for paper in give(worked) if paper.subject == worked.amina]
    assert again[0].pk != amina.pk and again[0].status == DocumentStatus.VALID


def test_a_run_broken_in_the_middle_gives_nothing_and_the_next_one_gives_all(worked, monkeypatch):
    def fails(**_asked):
        raise RuntimeError("panne")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(attestations, "issue_skills", fails)
        give(worked)
    assert not Document.objects.exists()
    assert len(give(worked)) == 2


@pytest.mark.parametrize(
    "state", [CohortState.RUNNING, CohortState.ARCHIVED, CohortState.RECRUITING]
)
def test_only_a_closing_cohort_gives_them(worked, state):
    at_state(worked.a.cohort, state)
    with pytest.raises(Refused):
        give(worked)
    assert not Document.objects.exists()


def test_the_page_says_who_gets_what_then_what_was_given(worked, enter):
    client, address = enter("driss"), reverse("projects:closing_papers", args=[worked.a.cohort.pk])
    assert "3\u00a0h\u00a030" in client.get(address).content.decode()
    answer = client.post(address, follow=True)
    assert answer.redirect_chain[-1][0] == reverse(
        "projects:closing_progress", args=[worked.a.cohort.pk]
    )
    assert "Donnée" in client.get(address).content.decode()


def test_what_is_new_since_is_shown(worked):
    give(worked)
    confirm(worked, "bastien", note(worked, "amina", minutes=15, day=D(2026, 11, 24)))
    rows = {row.name: row.is_stale for row in attestations_of(worked.a.cohort, TODAY)}
    assert rows == {"Amina Sarr": True, "Bastien Cherif": False, "Gaël Parti": False}


@pytest.mark.parametrize(
    ("name", "status"), [("dalia", 404), ("chloe", 404), ("amina", 403), ("helene", 403)]
)
def test_nobody_else_gives_them(worked, enter, name, status):
    answer = enter(name).post(reverse("projects:closing_papers", args=[worked.a.cohort.pk]))
    assert answer.status_code == status
    assert not Document.objects.exists()


def test_it_costs_the_same_for_two_and_for_forty(worked, django_assert_max_num_queries):
    from tests import factories as make

    kitchen = make.ProjectFactory(cohort=worked.a.cohort)
    for row in make.EnrolmentFactory.create_batch(40, cohort=worked.a.cohort):
        make.WorkEntryFactory(enrolment=row, project=kitchen, confirmed=True)
    with django_assert_max_num_queries(38):
        assert len(give(worked)) == 42
