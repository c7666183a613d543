"""Two people close one cohort at the very same moment. SQLite hides it: PostgreSQL only."""

import pytest

from cohorts.enums import CohortState
from cohorts.models import Cohort
from cohorts.services.cohorts import archive_cohort
from ct_platform.kit.errors import Refused
from documents.models import Document, Rendering
from projects.services.attestations import issue_closing_papers
from tests.cohorts.closing_verbs import closing, explain_all
from tests.factories import NOW
from tests.projects.races import while_uncommitted
from tests.projects.verbs import confirm, note

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def worked(people):
    confirm(people, "bastien", note(people, "amina"))
    confirm(people, "amina", note(people, "bastien", minutes=60))
    closing(people)
    return people


def give(people):
    return issue_closing_papers(cohort=people.a.cohort, actor=people.actor("driss"), at=NOW)


def test_two_presses_at_once_make_one_batch(worked):
    one, other = while_uncommitted(lambda: give(worked), lambda: give(worked))
    assert one == other and len(one) == 2
    assert Document.objects.count() == Rendering.objects.count() == 2


def test_papers_race_the_archive_and_come_before_it_or_not_at_all(worked):
    explain_all(worked)

    def archive():
        return archive_cohort(cohort=worked.a.cohort, actor=worked.actor("driss"), at=NOW)

    _done, late = while_uncommitted(archive, lambda: give(worked))
    state = Cohort.objects.get(pk=worked.a.cohort.pk).state
    assert (state == CohortState.ARCHIVED) == isinstance(late, Refused)
    assert Document.objects.count() == (0 if isinstance(late, Refused) else 2)
