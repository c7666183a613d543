"""The demo tells its story through the services, and what it tells must hold together."""

import io

import pytest
from django.core.management import CommandError, call_command

from cohorts.models import Cohort, Enrolment
from ct_platform.home.demo.doors import demo_people, demo_user
from ct_platform.home.demo.load import load_demo
from ct_platform.home.seed import seed
from decisions.models import Outcome, Poll
from documents.models import Document
from payroll.models import PayRun, SplitRule
from reports.models import Snapshot
from testimonials.models import Publication


def test_the_demo_lives_from_the_vote_to_the_report(db):
    load_demo()
    assert Cohort.objects.count() == 2
    assert SplitRule.objects.get().outcome == Outcome.objects.get()
    assert PayRun.objects.get().state == "issued"
    assert Document.objects.filter(kind="payslip").count() == 15
    assert Document.objects.filter(kind="participation").count() == 15
    assert Poll.objects.filter(state="open").count() == 1
    assert Publication.objects.count() == 3
    assert Snapshot.objects.count() == 1


def test_everything_the_demo_and_the_seed_write_is_consistent(db, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = False  # papers wait: their files have their own tests
    load_demo()
    seed(cohorts=3)
    call_command("check_consistency", stdout=io.StringIO())


def test_loading_twice_changes_nothing(db):
    load_demo()
    before = (Document.objects.count(), Enrolment.objects.count(), Poll.objects.count())
    load_demo()
    assert (Document.objects.count(), Enrolment.objects.count(), Poll.objects.count()) == before


def test_the_demo_opens_on_any_day_of_the_year(db):
    import time_machine

    with time_machine.travel("2027-03-03T10:00:00+01:00", tick=False):
        load_demo()  # no pay parameters for that month: the pay waits, the rest is there
        assert Cohort.objects.count() == 2
        assert PayRun.objects.filter(state="issued").count() == 0


def test_a_door_opens_only_in_the_demo(people, settings):
    key = str(people.amina.user_id)
    assert demo_user(key) is None
    settings.DEMO = True
    assert demo_user(key) == people.amina.user
    assert demo_user("999999") is None
    assert demo_user("1 OR 1=1") is None


def test_each_door_says_who_and_where(people):
    doors = {door.name: door.what for _title, group in demo_people() for door in group}
    assert "Le Plateau" in doors["Driss Marchal"]
    assert "Les Racines du Plateau" in doors["Amina Sarr"]


def test_the_demo_command_refuses_other_settings(db):
    with pytest.raises(CommandError, match="démonstration"):
        call_command("demo", "--load-only")


def test_the_same_seed_gives_the_same_world(db):
    first = seed(cohorts=2, seed_number=7)
    second = seed(cohorts=2, seed_number=7)
    assert first == second
    assert Cohort.objects.count() == 4
