"""The database itself refuses to touch a roll, an option or the terms of an opened poll."""

import pytest
from django.db import IntegrityError, connection, transaction

from decisions.migrations import _guards
from decisions.models import Elector, Outcome, Poll, PollOption, ProposalVersion
from tests.decisions.assembly import CLOSES_AT, close, member, put_to_vote


def refused(act):
    with pytest.raises(IntegrityError, match=r"frozen|never changed|kept"), transaction.atomic():
        act()


@pytest.fixture
def poll(people):
    return put_to_vote(people)


def test_every_trigger_stands_after_all_migrations(db):
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {name for (name,) in cursor.fetchall()}
    assert {f"{guard[0]}_frozen_{guard[1]}" for guard in _guards.guards()} <= standing


def test_nobody_joins_the_roll_after_opening(poll, people):
    late = member(people.a.cohort)
    refused(lambda: Elector.objects.create(poll=poll, enrolment=late))
    assert Elector.objects.count() == 2


def test_nobody_leaves_the_roll_after_opening(poll):
    refused(lambda: Elector.objects.filter(poll=poll).delete())
    refused(lambda: Elector.objects.filter(poll=poll)._raw_delete("default"))
    assert Elector.objects.count() == 2


def test_nobody_is_swapped_on_the_roll(poll, people):
    refused(lambda: Elector.objects.filter(poll=poll).update(enrolment=people.enrolments["gael"]))
    assert not Elector.objects.filter(enrolment=people.enrolments["gael"]).exists()


def test_an_elector_cannot_be_moved_in_from_a_draft(poll, people):
    draft = Poll.objects.create(
        proposal=poll.proposal, version=poll.version, round=2, closes_at=CLOSES_AT
    )
    waiting = Elector.objects.create(poll=draft, enrolment=people.enrolments["gael"])
    refused(lambda: Elector.objects.filter(pk=waiting.pk).update(poll=poll))
    Elector.objects.filter(pk=waiting.pk).delete()  # a draft is free
    assert Elector.objects.filter(poll=poll).count() == 2


def test_options_are_frozen(poll):
    refused(lambda: PollOption.objects.create(poll=poll, position=4, code="d", label="Autre"))
    refused(lambda: PollOption.objects.filter(poll=poll).update(label="Autre"))
    refused(lambda: PollOption.objects.filter(poll=poll, code="half").delete())
    assert poll.options.count() == 3


@pytest.mark.parametrize(
    "terms", [{"closes_at": CLOSES_AT.replace(day=28)}, {"roll_hash": "0" * 64}, {"statutes": None}]
)
def test_terms_are_frozen(poll, terms):
    refused(lambda: Poll.objects.filter(pk=poll.pk).update(**terms))


def test_a_counted_poll_stays_frozen(poll, people):
    close(poll)
    refused(lambda: Elector.objects.create(poll=poll, enrolment=people.enrolments["gael"]))
    refused(lambda: PollOption.objects.filter(poll=poll).update(label="Autre"))


def test_a_vote_is_never_given_back(poll):
    Elector.objects.filter(poll=poll).update(used=True)
    refused(lambda: Elector.objects.filter(poll=poll).update(used=False))


@pytest.mark.parametrize(
    "facts", [{"number": 9}, {"kind": "rejected"}, {"tally": {}}, {"in_force_from": "2026-11-28"}]
)
def test_a_line_of_the_register_is_never_changed(poll, facts):
    close(poll)
    refused(lambda: Outcome.objects.update(**facts))
    refused(lambda: Outcome.objects.all()._raw_delete("default"))


def test_a_wording_is_never_changed(poll):
    refused(lambda: ProposalVersion.objects.update(text="Autre chose"))
    refused(lambda: ProposalVersion.objects.all()._raw_delete("default"))
