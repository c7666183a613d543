"""Two people at the same moment: threads on PostgreSQL, where locks are real."""

import datetime as dt

import pytest

from ct_platform.kit.errors import DomainError
from documents.models import Document
from payroll.models import AccountEntry, PayRun, Payslip
from payroll.services.runs import (
    approve_run,
    compute_run,
    freeze_run,
    issue_run,
    open_run,
    reopen_run,
)  # fmt: skip
from projects.models import WorkEntry
from projects.services.work import confirm_hours
from tests.at_once import together
from tests.factories import NOW
from tests.payroll.scene import NOVEMBER, PAID_ON, set_scene

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_issuers_make_one_set_of_papers(people):
    scene = set_scene(people)
    run = scene.approved()
    people_at = [scene.driss, scene.helene, scene.driss, scene.helene]
    answers = together(*[lambda a=a: issue_run(run=run, actor=a, at=NOW) for a in people_at])
    assert [type(answer) for answer in answers] == [PayRun] * 4
    assert sorted(Payslip.objects.values_list("number", flat=True)) == [
        "2026-R-00001",
        "2026-R-00002",
    ]
    assert Document.objects.filter(batch=run.batch).count() == 6
    assert AccountEntry.objects.count() == 6


def test_two_coordinators_open_one_run(people):
    scene = set_scene(people)
    driss, cohort = scene.driss, scene.cohort

    def opens():
        return open_run(cohort=cohort, month=NOVEMBER, paid_on=PAID_ON, actor=driss, at=NOW)

    answers = together(opens, opens)
    assert PayRun.objects.count() == 1
    assert sum(isinstance(answer, DomainError) for answer in answers) == 1


def test_a_confirmation_that_races_the_photo_is_wholly_in_or_wholly_out(people):
    scene = set_scene(people)
    driss, helene = scene.driss, scene.helene
    bastien = people.actor("bastien")
    for number in range(12):
        entry = scene.work("amina", 30 + number, confirmed=False, day=dt.date(2026, 11, 10))
        run = PayRun.objects.first() or scene.open()
        together(
            lambda run=run: freeze_run(run=run, actor=driss, at=NOW),
            lambda entry=entry: confirm_hours(entries=[entry], seen={}, actor=bastien, at=NOW),
        )
        run.refresh_from_db()
        locked = WorkEntry.objects.filter(pay_run_key=run.pk)
        photographed = [e for p in run.photograph["people"] for e in p["entries"]]
        assert sorted(e[0] for e in photographed) == sorted(locked.values_list("pk", flat=True))
        assert sum(e[2] for e in photographed) == sum(locked.values_list("minutes", flat=True))
        reopen_run(run=run, reason="Encore", actor=helene, at=NOW)


def test_approving_races_reopening_and_one_of_them_wins(people):
    scene = set_scene(people)
    run = scene.reviewed()
    driss, helene = scene.driss, scene.helene
    together(
        lambda: approve_run(run=run, actor=helene, at=NOW),
        lambda: reopen_run(run=run, reason="Erreur", actor=driss, at=NOW),
    )
    run.refresh_from_db()
    # Reopening may follow the agreement; an agreement never stands on a reopened run.
    assert (run.state, run.approved_by) in (("draft", None), ("approved", people.helene))


def test_many_computations_store_one_set_of_shares(people):
    scene = set_scene(people)
    run, driss = scene.frozen(), scene.driss
    together(*[lambda: compute_run(run=run, actor=driss, at=NOW)] * 4)
    assert run.shares.count() == 2
