"""The demo tells its story through the services, and what it tells must hold together."""

import io

import pytest
from django.core.management import CommandError, call_command

from cohorts.models import (
    Application,
    Cohort,
    Enrolment,
    OwnProject,
    OwnStep,
    SelfAssessment,
    Skill,
    SkillConfirmation,
)  # fmt: skip
from cohorts.selectors.follow_ups import followed
from ct_platform.home.demo.doors import demo_people, demo_user
from ct_platform.home.demo.keys import demo_keys
from ct_platform.home.demo.load import load_demo
from ct_platform.home.demo.scene import actor_of
from ct_platform.home.seed import seed
from ct_platform.home.views.demo import enter_as
from ct_platform.kit import clock
from decisions.enums import ADOPTING, EffectState, PollState
from decisions.models import Assembly, Contribution, KeyHolder, Outcome, Poll, Proposal, Proxy
from decisions.selectors.made import law_of
from decisions.services import polls, sealing
from documents.models import Document
from payroll.models import PayRun, SplitRule
from reports.models import CostLine, Snapshot
from testimonials.models import Publication


def test_the_demo_lives_from_the_vote_to_the_report(db):
    load_demo()
    # Of the story five, of two years that are over twelve, elsewhere on the map three.
    assert Cohort.objects.count() == 20
    assert SplitRule.objects.get().outcome.poll.proposal.title == "Comment partager le pot commun ?"
    assert PayRun.objects.get().state == "issued"
    assert Document.objects.filter(kind="payslip").count() == 15
    assert Document.objects.filter(kind="participation").count() == 15
    assert Poll.objects.filter(state="open").count() == 3
    assert Publication.objects.standing().filter(use="site").count() == 3
    assert Publication.objects.to_contact().count() == 2
    assert (
        Snapshot.objects.count() == 16
    )  # at work, ending, two of former years; those that merged years count
    states = Application.objects.order_by("pk").values_list("state", flat=True)
    assert sorted(states) == [
        "declined", "received", "received", "received", "selected", "selected", "waiting",
    ]  # fmt: skip
    # Eight of the story, three of each cohort that is over.
    assert Skill.objects.in_use().count() == 8 + 12 * 3 and SelfAssessment.objects.exists()
    # A funder reads the costs noted before the report was frozen.
    paid_for = Snapshot.objects.standing().get(
        cohort=CostLine.objects.values("cohort").distinct().get()["cohort"]
    )
    assert CostLine.objects.standing_at(paid_for.frozen_at).count() == 4
    of_story = SkillConfirmation.objects.standing().filter(enrolment__cohort__state="running")
    assert of_story.count() == 6


def test_the_demo_has_decided_by_every_method_and_what_was_decided_holds(db):
    load_demo()
    decided = Outcome.objects.order_by("number")
    assert {one.poll.method for one in decided} == {
        "approval", "choice", "consent", "majority", "majority-judgment", "ranked", "equal-shares",
    }  # fmt: skip
    assert [one.number for one in decided] == list(range(1, len(decided) + 1))
    days = [one.decided_at for one in decided]
    assert days == sorted(days)
    adopted = decided.filter(kind__in=ADOPTING)
    assert {one.effect_state for one in adopted} == {EffectState.APPLIED}
    # The consent that an objection stopped once, and the wording that took it in.
    first, second = Poll.objects.filter(method="consent").order_by("round")
    assert (first.outcome.kind, second.outcome.kind) == ("objected", "adopted")
    assert Contribution.objects.get(taken_in=second.version).author.last_name == "Diabaté"
    assert second.outcome.tally["detail"]["objection"] == 1
    cohort = Cohort.objects.get(name="Les Racines du Plateau")
    law = law_of(cohort.pk, clock.today(), clock.today())
    assert [one.title for one in law.made.mandates] == ["Trésorerie"]
    assert [one.label for one in law.made.prices] == ["Bouquet du samedi"]
    assert [one.poll.method for one in law.look_again] == ["consent"]
    assert cohort.statutes.get().adopted_by_count == 14


def test_one_assembly_was_signed_another_is_convened_and_three_votes_wait_for_who_enters(db):
    load_demo()
    coming, held = Assembly.objects.all()
    assert (coming.state, held.state) == ("convened", "signed")
    assert coming.starts_at > clock.now()
    assert held.minutes_document.kind == "meeting_minutes"
    price = Poll.objects.get(agenda_items__assembly=held)
    assert price.room_figures == {"for": 2, "against": 0, "abstain": 1, "blank": 0}
    assert price.outcome.tally["cast"] == 13
    used, waiting = Proxy.objects.order_by("given_at")
    assert (used.poll, waiting.poll) == (price, None)
    assert waiting.proposal in Proposal.objects.undecided()
    visitor = Enrolment.objects.get(person__first_name="Aminata")
    waiting = Poll.objects.filter(electors__enrolment=visitor, electors__used=False, state="open")
    assert {(one.method, one.secrecy) for one in waiting} == {
        ("majority", "open"), ("approval", "sealed"), ("majority-judgment", "open"),
    }  # fmt: skip


def test_everybody_prepares_something_and_who_left_gives_news(db):
    load_demo()
    today = clock.today()
    now = Enrolment.objects.filter(cohort__name="Les Racines du Plateau")
    assert OwnProject.objects.filter(enrolment__in=now).count() == 15
    assert OwnStep.objects.filter(enrolment__in=now).values("enrolment").distinct().count() == 15
    found = followed(Cohort.objects.get(name="Les Premières Pousses"), today)
    assert [(one.answered, one.due) for one in found.rates] == [(4, 5), (3, 5), (0, 0)]
    assert [one.enrolment.person.first_name for one, _question in found.to_call] == ["Awa"]


def test_the_words_told_on_the_demo_page_open_the_urn(db, rf, settings):
    load_demo()
    assert demo_keys() is None  # no word of a key is told elsewhere
    settings.DEMO = True
    told = demo_keys()
    page = enter_as(rf.get("/demo/entrer/")).content.decode()
    assert all(key.words in page and key.name in page for key in told.keys)
    poll = Poll.objects.get(proposal__title=told.title)
    polls.close_poll(poll=poll, actor=None, at=poll.closes_at)
    holders = KeyHolder.objects.filter(poll=poll).select_related("person")
    words = {key.name: key.words.split() for key in told.keys}
    for holder in list(holders)[1:]:
        person = holder.person
        sealing.open_share(
            poll=poll,
            words=words[person.full_name],
            actor=actor_of(person, clock.today()),
            at=poll.closes_at,
        )
    poll.refresh_from_db()
    assert (poll.state, poll.outcome.kind) == (PollState.COUNTED, "elected")
    assert demo_keys() is None  # nothing left to open


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
        assert Cohort.objects.count() == 20
        assert PayRun.objects.filter(state="issued").count() == 0


@pytest.mark.parametrize("day", ["2026-10-01T00:30", "2026-10-31T23:30"])
def test_the_group_is_deciding_whatever_the_day(db, day):
    import time_machine

    with time_machine.travel(f"{day}:00+01:00", tick=False):
        load_demo()
        assert Poll.objects.filter(state="open").count() == 3
        assert Assembly.objects.filter(state="signed").count() == 1
        assert Contribution.objects.count() == 9


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
