"""Four eyes: who reads, who approves, under which profile, on which figures."""

import datetime as dt
from dataclasses import replace

import pytest

from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.models import TransitionLog
from payroll.services.runs import approve_run, compute_run, freeze_run, reopen_run, review_run
from tests import factories as make
from tests.factories import NOW
from tests.payroll.scene import PAID_ON, set_scene

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def scene(people):
    return set_scene(people)


def test_the_coordinator_reviews_and_the_host_approves(scene):
    run = scene.approved()
    assert run.state == "approved"
    assert (run.reviewed_by, run.approved_by) == (scene.people.driss, scene.people.helene)
    steps = TransitionLog.objects.filter(model="payroll.payrun").values_list("new", flat=True)
    assert list(steps) == ["frozen", "computed", "reviewed", "approved"]


def test_who_reviewed_cannot_approve_even_from_a_seat_at_the_host(scene):
    run = scene.reviewed()
    make.HostSeatFactory(person=scene.people.driss, organisation=scene.world.host)
    same_person = replace(scene.helene, person_id=scene.people.driss.pk)
    with pytest.raises(Refused, match="Une autre personne"):
        approve_run(run=run, actor=same_person, at=NOW)
    run.refresh_from_db()
    assert (run.state, run.approved_by) == ("reviewed", None)


def test_nothing_is_approved_under_an_unconfirmed_profile(people):
    scene = set_scene(people, confirmed=False)
    run = scene.reviewed()
    with pytest.raises(Refused, match="sans valeur de bulletin"):
        approve_run(run=run, actor=scene.helene, at=NOW)
    run.refresh_from_db()
    assert run.state == "reviewed"


def test_the_host_approves_what_it_saw_and_nothing_else(scene):
    run = scene.reviewed()
    seen = run.reading
    reopen_run(run=run, reason="Une vente manque.", actor=scene.driss, at=NOW)
    scene.sell("10.00")
    run = freeze_run(run=run, actor=scene.driss, at=LATER)
    run = compute_run(run=run, actor=scene.driss, at=LATER)
    run = review_run(run=run, actor=scene.driss, at=LATER)
    with pytest.raises(Stale, match="ont changé"):
        approve_run(run=run, seen=seen, actor=scene.helene, at=LATER)
    assert approve_run(run=run, seen=run.reading, actor=scene.helene, at=LATER).state == "approved"


def test_reviewing_may_move_the_day_of_payment_but_not_before_the_month(scene):
    run = scene.computed()
    with pytest.raises(Refused, match="précéder le mois"):
        review_run(run=run, paid_on=dt.date(2026, 10, 1), actor=scene.driss, at=NOW)
    day = PAID_ON + dt.timedelta(days=3)
    assert review_run(run=run, paid_on=day, actor=scene.driss, at=NOW).paid_on == day


def test_reviewing_and_approving_twice_change_nothing(scene):
    run = scene.reviewed()
    again = review_run(run=run, actor=scene.helene, at=LATER)
    assert (again.reviewed_by, again.reviewed_at) == (scene.people.driss, NOW)
    run = approve_run(run=run, actor=scene.helene, at=NOW)
    assert approve_run(run=run, actor=scene.helene, at=LATER).approved_at == NOW


def test_a_run_is_not_approved_before_it_is_reviewed(scene):
    run = scene.computed()
    with pytest.raises(Refused):
        approve_run(run=run, actor=scene.helene, at=NOW)
    run.refresh_from_db()
    assert run.state == "computed"
