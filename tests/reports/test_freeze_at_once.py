"""Two coordinators freeze at the very same moment. SQLite hides it: PostgreSQL only."""

import pytest

from cohorts.models import Cohort
from documents.models import Document
from reports.models import Basis, Snapshot
from reports.services.freeze import freeze_snapshot
from tests.factories import NOW
from tests.projects.races import while_uncommitted
from tests.reports.scene import set_scene

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_freezes_at_once_are_one_report(people):
    set_scene(people)

    def freeze():
        cohort = Cohort.objects.get(pk=people.a.cohort.pk)
        return freeze_snapshot(cohort=cohort, actor=people.actor("driss"), at=NOW)

    first, second = while_uncommitted(freeze, freeze)
    assert first == second
    assert Snapshot.objects.count() == Basis.objects.count() == 1
    assert Document.objects.filter(kind="report").count() == 1
