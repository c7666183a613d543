import threading

import pytest
from django.db import connection, connections

from cohorts.enums import COHORT_ALLOWED, CohortState
from cohorts.models import Cohort
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.models import TransitionLog
from ct_platform.kit.states import move
from tests.factories import NOW, CohortFactory


def step(cohort: Cohort, to: str) -> None:
    move(cohort, to, allowed=COHORT_ALLOWED, by_person_id=7, at=NOW, reason="parce que")


def test_it_moves_and_leaves_a_trace(db):
    cohort = CohortFactory(state=CohortState.DRAFT)
    step(cohort, CohortState.RECRUITING)
    cohort.refresh_from_db()
    assert cohort.state == CohortState.RECRUITING
    log = TransitionLog.objects.get()
    assert (log.model, log.row_id, log.old, log.new, log.by_person_id) == (
        "cohorts.cohort", cohort.pk, "draft", "recruiting", 7,
    )  # fmt: skip


def test_a_step_that_is_not_in_the_table_is_refused(db):
    cohort = CohortFactory(state=CohortState.DRAFT)
    with pytest.raises(Refused):
        step(cohort, CohortState.ARCHIVED)
    cohort.refresh_from_db()
    assert cohort.state == CohortState.DRAFT
    assert TransitionLog.objects.count() == 0


def test_who_read_an_old_state_changes_nothing(db):
    cohort = CohortFactory(state=CohortState.DRAFT)
    late = Cohort.objects.get(pk=cohort.pk)
    step(cohort, CohortState.RECRUITING)
    with pytest.raises(Stale):
        step(late, CohortState.RECRUITING)
    assert TransitionLog.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_one_moves():
    cohort = CohortFactory(state=CohortState.DRAFT)
    barrier, won = threading.Barrier(8), []

    def race() -> None:
        mine = Cohort.objects.get(pk=cohort.pk)
        barrier.wait()
        try:
            step(mine, CohortState.RECRUITING)
            won.append(1)
        except Stale:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert connection.vendor == "postgresql"
    assert len(won) == TransitionLog.objects.count() == 1
