"""What is said before the vote: by whom, until when, and what becomes of a proposed change."""

import pytest
from django.core.exceptions import PermissionDenied

from ct_platform.kit.errors import Refused
from decisions.models import Contribution, Proposal, ProposalVersion
from decisions.selectors.discussion import compared, discussion_of, under_discussion
from decisions.services import discussion, opening
from decisions.services.proposals import write_proposal
from tests.decisions.assembly import CLOSES_AT, SETTINGS
from tests.factories import TODAY

LATER = SETTINGS | {"counted_kinds": ["production"]}


@pytest.fixture
def proposal(people, at):
    """Amina proposes that the group chooses how to share."""
    return write_proposal(
        cohort=people.a.cohort,
        title="Comment partager ?",
        text="On choisit avant Noël.",
        effect_code="sharing_rule",
        effect_settings=SETTINGS,
        actor=people.actor("amina"),
        at=at,
    )


@pytest.fixture
def say(people, proposal, at):
    def said(name, kind, text="Une phrase."):
        return discussion.contribute(
            proposal=proposal, kind=kind, text=text, actor=people.actor(name), at=at
        )

    return said


def put_to_vote(people, proposal, at):
    return opening.open_poll(
        proposal=proposal, closes_at=CLOSES_AT, actor=people.actor("driss"), at=at
    )


def test_everybody_of_the_group_says_for_against_asks_and_proposes(people, proposal, say):
    for name, kind in (
        ("amina", "pro"),
        ("bastien", "con"),
        ("bastien", "question"),
        ("bastien", "amendment"),
    ):
        say(name, kind)
    sheet = discussion_of(proposal, people.actor("amina"), TODAY)
    assert [len(some) for some in (sheet.pros, sheet.cons, sheet.questions, sheet.changes)] == [
        *(1, 1, 1, 1)
    ]
    assert sheet.pros[0].mine
    assert not sheet.cons[0].mine
    assert sheet.open


def test_whoever_writes_carries_it(people, proposal):
    assert proposal.owner == people.enrolments["amina"]


@pytest.mark.parametrize("name", ["chloe", "gael", "driss", "dalia", "helene"])
def test_nobody_else_speaks(people, proposal, at, name):
    with pytest.raises(PermissionDenied):
        discussion.contribute(
            proposal=proposal, kind="pro", text="Oui.", actor=people.actor(name), at=at
        )
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(("kind", "text"), [("pro", "  "), ("answer", "Oui."), ("rumour", "Oui.")])
def test_nothing_and_no_other_kind_is_said(say, kind, text):
    with pytest.raises(Refused):
        say("amina", kind, text)
    assert not Contribution.objects.exists()


def test_the_same_said_twice_is_said_once(say):
    assert say("amina", "pro") == say("amina", "pro")
    assert say("bastien", "pro") != say("amina", "pro")


@pytest.mark.parametrize("name", ["amina", "bastien", "driss"])
def test_a_question_is_answered_by_the_group_or_its_coordinator(people, proposal, say, at, name):
    question = say("bastien", "question")
    discussion.answer(question=question, text="Le 20.", actor=people.actor(name), at=at)
    asked = discussion_of(proposal, people.actor("amina"), TODAY).questions[0]
    assert [one.said.text for one in asked.answers] == ["Le 20."]


@pytest.mark.parametrize("name", ["chloe", "gael", "dalia", "helene"])
def test_nobody_else_answers(people, say, at, name):
    question = say("bastien", "question")
    with pytest.raises(PermissionDenied):
        discussion.answer(question=question, text="Le 20.", actor=people.actor(name), at=at)


def test_only_a_standing_question_is_answered(people, say, at):
    reply = {"text": "Le 20.", "actor": people.actor("amina"), "at": at}
    with pytest.raises(Refused):
        discussion.answer(question=say("bastien", "pro"), **reply)
    gone = say("bastien", "question")
    discussion.withdraw(contribution=gone, actor=people.actor("bastien"), at=at)
    with pytest.raises(Refused, match="plus posée"):
        discussion.answer(question=gone, **reply)


def take_in(people, change, at, name="amina", **changes):
    asked = {"text": "On choisit en janvier.", "effect_settings": SETTINGS, "said": "En janvier."}
    return discussion.take_in(change=change, actor=people.actor(name), at=at, **asked | changes)


def test_a_change_is_taken_in_by_a_new_version(people, proposal, say, at):
    change = say("bastien", "amendment", "En janvier.")
    version = take_in(people, change, at)
    change.refresh_from_db()
    assert (version.number, version.text, version.change) == (
        2,
        "On choisit en janvier.",
        "En janvier.",
    )
    assert change.taken_in == version
    assert take_in(people, change, at) == version
    assert proposal.versions.count() == 2


@pytest.mark.parametrize("name", ["bastien", "chloe", "driss", "dalia"])
def test_only_who_carries_it_settles_a_change(people, say, at, name):
    change = say("bastien", "amendment")
    with pytest.raises(PermissionDenied):
        take_in(people, change, at, name)
    with pytest.raises(PermissionDenied):
        discussion.decline(change=change, why="Non.", actor=people.actor(name), at=at)
    change.refresh_from_db()
    assert change.taken_in is None
    assert change.declined_why == ""


def test_the_coordinator_carries_what_nobody_carries_any_more(people, proposal, say, at):
    change = say("bastien", "amendment")
    proposal.owner = people.enrolments["gael"]
    proposal.save()
    assert take_in(people, Contribution.objects.get(pk=change.pk), at, "driss").number == 2


def test_taking_in_must_change_the_text(people, say, at):
    change = say("bastien", "amendment")
    with pytest.raises(Refused, match="pas changé"):
        take_in(people, change, at, text="On choisit avant Noël.")
    change.refresh_from_db()
    assert change.taken_in is None
    assert ProposalVersion.objects.count() == 1


def test_what_it_does_may_change_alone(people, say, at):
    change = say("bastien", "amendment", "Sans les réunions.")
    version = take_in(people, change, at, text="On choisit avant Noël.", effect_settings=LATER)
    assert version.effect_settings == LATER


def test_a_change_is_declined_with_a_reason(people, say, at):
    change = say("bastien", "amendment")
    amina = people.actor("amina")
    with pytest.raises(Refused, match="Dis pourquoi"):
        discussion.decline(change=change, why=" ", actor=amina, at=at)
    assert discussion.decline(change=change, why="Trop tard.", actor=amina, at=at).declined_why
    assert take_in(people, change, at).number == 2  # and one may change one's mind


def test_what_is_in_the_text_is_no_longer_declined_nor_taken_back(people, say, at):
    change = say("bastien", "amendment")
    take_in(people, change, at)
    with pytest.raises(Refused, match="déjà dans le texte"):
        discussion.decline(change=change, why="Non.", actor=people.actor("amina"), at=at)
    with pytest.raises(Refused, match="déjà dans le texte"):
        discussion.withdraw(contribution=change, actor=people.actor("bastien"), at=at)


def test_one_takes_back_ones_own_words_and_the_line_stays(people, proposal, say, at):
    said = say("bastien", "con", "Je me suis trompé.")
    for name in ("amina", "driss", "chloe"):
        with pytest.raises(PermissionDenied):
            discussion.withdraw(contribution=said, actor=people.actor(name), at=at)
    bastien = people.actor("bastien")
    discussion.withdraw(contribution=said, actor=bastien, at=at)
    assert discussion.withdraw(contribution=said, actor=bastien, at=at).withdrawn_at == at
    sheet = discussion_of(proposal, bastien, TODAY)
    assert sheet.cons[0].withdrawn


def test_nothing_is_written_while_a_vote_is_under_way(people, proposal, say, at):
    question, change, own = (
        say("bastien", "question"),
        say("bastien", "amendment"),
        say("amina", "pro"),
    )
    put_to_vote(people, proposal, at)
    amina = people.actor("amina")
    acts = (
        lambda: say("bastien", "con"),
        lambda: discussion.answer(question=question, text="Oui.", actor=amina, at=at),
        lambda: take_in(people, change, at),
        lambda: discussion.decline(change=change, why="Non.", actor=amina, at=at),
        lambda: discussion.withdraw(contribution=own, actor=amina, at=at),
        lambda: discussion.withdraw_proposal(proposal=proposal, actor=amina, at=at),
    )
    for act in acts:
        with pytest.raises(Refused, match="On vote sur ce texte"):
            act()
    assert Contribution.objects.count() == 3
    assert not discussion_of(proposal, amina, TODAY).open


def test_a_withdrawn_proposal_is_neither_discussed_nor_voted(people, proposal, say, at):
    amina = people.actor("amina")
    with pytest.raises(PermissionDenied):
        discussion.withdraw_proposal(proposal=proposal, actor=people.actor("bastien"), at=at)
    discussion.withdraw_proposal(proposal=proposal, actor=amina, at=at)
    assert discussion.withdraw_proposal(proposal=proposal, actor=amina, at=at).withdrawn_at == at
    with pytest.raises(Refused, match="retirée"):
        say("bastien", "pro")
    with pytest.raises(Refused, match="retirée"):
        put_to_vote(people, Proposal.objects.get(), at)
    assert not under_discussion(amina, people.a.cohort.pk).exists()


def test_the_list_counts_what_stands_and_stays_in_its_cohort(people, say, at):
    say("amina", "pro")
    gone = say("bastien", "con")
    discussion.withdraw(contribution=gone, actor=people.actor("bastien"), at=at)
    (listed,) = under_discussion(people.actor("bastien"), people.a.cohort.pk)
    assert listed.voices == 1
    assert not under_discussion(people.actor("chloe"), people.a.cohort.pk).exists()


def test_two_wordings_are_compared_word_by_word():
    pieces = compared("On choisit avant Noël.", "On choisit vite, avant Pâques.")
    assert [(one.kind, one.text) for one in pieces] == [
        ("kept", "On choisit"),
        ("added", "vite,"),
        ("kept", "avant"),
        ("gone", "Noël."),
        ("added", "Pâques."),
    ]
