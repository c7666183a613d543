"""A sealed vote: three keys before it opens, two to open the urn, all of it or nothing."""

import base64
import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from nacl.public import PrivateKey

from ct_platform.kit.errors import Refused
from ct_platform.kit.invariants import all_invariants
from decisions.enums import OutcomeKind, PollState
from decisions.models import Elector, KeyHolder, Outcome, Poll, Statutes, UrnBallot
from decisions.services import boxes, keys, polls, sealing
from decisions.services.due import close_due, wipe_due
from decisions.services.words import all_words, cleaned, draw_words
from tests.decisions.assembly import CLOSES_AT, NOW, fill, put_to_vote
from tests.decisions.secrecy.sealed import announce, seal

ELEVEN = ["hours"] * 7 + ["half"] * 4


def quiet():
    return not [
        x for one in all_invariants() if one.code.startswith("decisions") for x in one.check()
    ]


def counted(people, **changes):
    vote = seal(people, **changes)
    vote.cast_all(ELEVEN)
    vote.close()
    return vote


# --- keys before the opening


def test_it_is_announced_first_with_three_holders_and_no_roll(people):
    vote = announce(people)
    assert vote.poll.state == PollState.ANNOUNCED and vote.poll.opened_at is None
    assert not Elector.objects.exists()
    holders = list(KeyHolder.objects.order_by("position"))
    assert [one.is_coordinator for one in holders] == [True, False, False]
    assert holders[0].person == people.driss
    persons = {voter.person_id for voter in vote.voters}
    assert {one.person_id for one in holders[1:]} <= persons and len({*holders}) == 3


def test_the_two_cooperants_are_drawn_by_lot(people):
    drawn = set()
    for _time in range(12):
        vote = announce(people)
        drawn |= set(
            KeyHolder.objects.filter(poll=vote.poll, is_coordinator=False).values_list(
                "person", flat=True
            )
        )
        polls.cancel_poll(poll=vote.poll, reason="Encore", actor=people.actor("driss"), at=NOW)
    assert len(drawn) > 4  # 24 draws among 12: four or fewer once in 10^9


def test_the_third_key_opens_the_vote_on_the_roll_of_that_day(people):
    vote = announce(people)
    vote.take(1), vote.take(2)
    assert vote.fresh().is_announced
    vote.take(3)
    poll = vote.fresh()
    assert poll.is_open and poll.closes_at == CLOSES_AT and poll.ballot_size % 64 == 0
    assert len(bytes.fromhex(poll.public_key)) == 32
    assert Elector.objects.filter(poll=poll).count() == 12
    assert all(one.share_box for one in KeyHolder.objects.all())
    assert quiet()


def test_no_word_is_kept_and_taking_a_key_twice_changes_nothing(people):
    vote = announce(people)
    vote.take(1)
    before = KeyHolder.objects.values().get(position=1)
    vote.take(1)
    assert KeyHolder.objects.values().get(position=1) == before
    assert not set(str(before).lower().replace("'", " ").split()) & set(vote.words[1])


def test_words_that_are_not_six_of_the_list_make_no_key(people):
    vote = announce(people)
    good = draw_words()
    for words in (good[:5], (*good[:5], "xyzzy"), ()):
        with pytest.raises(Refused, match="six mots"):
            sealing.take_key(poll=vote.poll, words=words, actor=vote.actor(1), at=NOW)
    assert not vote.holder(1).public_key


def test_only_a_holder_takes_a_key_and_from_the_seat_it_was_given_to(people):
    vote = announce(people)
    for name in ("dalia", "chloe", "helene"):
        with pytest.raises(PermissionDenied):
            sealing.take_key(poll=vote.poll, words=draw_words(), actor=people.actor(name), at=NOW)
    KeyHolder.objects.filter(position=1).update(is_coordinator=False)
    with pytest.raises(PermissionDenied):
        vote.take(1)


def test_lost_before_the_opening_a_key_is_taken_again(people):
    vote = announce(people)
    vote.take(1), vote.lose(1)
    assert vote.holder(1).ready_at is None and vote.fresh().is_announced
    for position in (1, 2, 3):
        vote.take(position)
    assert vote.fresh().is_open


@pytest.mark.parametrize(
    ("days_late", "notice", "end"),
    [(0, 48, 0), (1, 48, 1), (1, 24, 0), (3, 0, 1), (3, 48, 3)],
)
def test_keys_that_come_late_push_the_end_by_whole_days(people, days_late, notice, end):
    vote = announce(people)
    Statutes.objects.update(notice_hours=notice)
    at = NOW + dt.timedelta(days=days_late)
    for position in (1, 2, 3):
        vote.take(position, at=at)
    poll = vote.fresh()
    assert poll.closes_at == CLOSES_AT + dt.timedelta(days=end)
    assert poll.closes_at - at >= dt.timedelta(hours=notice)


def test_nobody_votes_before_it_opens_and_it_may_be_cancelled(people):
    vote = announce(people)
    with pytest.raises(Refused, match="pas encore ouvert"):
        vote.cast(vote.voters[0])
    with pytest.raises(Refused, match="pas encore ouvert"):
        vote.close()
    polls.cancel_poll(poll=vote.poll, reason="Non", actor=people.actor("driss"), at=NOW)
    with pytest.raises(Refused, match="n’attend plus"):
        vote.take(1)


def test_two_cooperants_need_an_account(people):
    voters = fill(people.a.cohort, 6)
    for voter in voters[1:]:
        voter.person.user.is_active = False
        voter.person.user.save()
    with pytest.raises(Refused, match="deux coopérants avec un compte"):
        announce(people, roll=6)
    assert not Poll.objects.exists()


def test_a_subject_being_announced_is_not_put_to_vote_twice(people):
    announce(people)
    with pytest.raises(Refused, match="déjà ouvert"):
        put_to_vote(people)


# --- ballots


def test_a_sealed_ballot_gives_its_receipt_and_shows_nothing(people):
    vote = seal(people)
    receipt = vote.cast(vote.voters[0])
    [content] = UrnBallot.objects.values_list("content", flat=True)
    assert receipt == boxes.receipt(content) and len(receipt) == 64
    assert b"half" not in base64.b64decode(content)
    assert len(base64.b64decode(content)) == vote.poll.ballot_size + 48


def test_the_same_choice_gives_another_box_each_time(people):
    vote = seal(people)
    assert len(set(vote.cast_all(["half"] * 12))) == 12


def test_receipts_stay_true_while_the_urn_is_laid_again(people):
    vote = seal(people)
    receipts = vote.cast_all(ELEVEN)
    assert sorted(
        map(boxes.receipt, UrnBallot.objects.values_list("content", flat=True))
    ) == sorted(receipts)


# --- opening the urn


def test_it_closes_and_waits_for_two_keys(people):
    vote = seal(people)
    vote.cast_all(ELEVEN)
    assert close_due(at=CLOSES_AT) == 1
    assert vote.fresh().is_closed and not Outcome.objects.exists()
    assert close_due(at=CLOSES_AT) == 0
    assert vote.close() is None


@pytest.mark.parametrize("pair", [(1, 2), (2, 1), (1, 3), (3, 2)])
def test_any_two_of_three_open_it_whole(people, pair):
    vote = counted(people)
    assert vote.open(pair[0]) is None and vote.fresh().is_closed
    outcome = vote.open(pair[1])
    assert (outcome.kind, outcome.winner.code) == (OutcomeKind.ELECTED, "hours")
    assert outcome.tally["detail"]["votes"] == {"equal": 0, "hours": 7, "half": 4}
    poll = vote.fresh()
    assert poll.is_counted
    contents = UrnBallot.objects.values_list("content", flat=True)
    assert poll.board == sorted(map(boxes.receipt, contents)) and len(poll.board) == 11
    assert not KeyHolder.objects.exclude(opened_share="").exists()
    assert vote.open(pair[0]).pk == vote.open(pair[1]).pk == outcome.pk
    assert quiet()


def test_one_share_alone_opens_nothing_even_twice(people):
    vote = counted(people)
    assert vote.open(2) is None and vote.open(2) is None
    assert vote.fresh().is_closed


def test_it_never_opens_early(people):
    vote = seal(people)
    vote.cast_all(ELEVEN)
    for at in (NOW, CLOSES_AT - dt.timedelta(seconds=1)):
        with pytest.raises(Refused, match="après la fin"):
            vote.open(1, at=at)
    assert not KeyHolder.objects.exclude(opened_share="").exists()


def test_wrong_words_open_nothing(people):
    vote = counted(people)
    vote.open(1)
    for words in (vote.words[3], vote.words[2][::-1], draw_words(), ()):
        with pytest.raises(Refused, match="ne sont pas ceux de cette clé"):
            vote.open(2, words)
    assert vote.fresh().is_closed and vote.holder(2).opened_share == ""


def test_words_are_read_as_people_type_them():
    assert cleaned("  Abeille,\nÉCOLE  œuf. forêt ") == ("abeille", "ecole", "oeuf", "foret")


def test_only_a_holder_opens(people):
    vote = counted(people)
    for name in ("dalia", "chloe", "elsa"):
        with pytest.raises(PermissionDenied):
            sealing.open_share(
                poll=vote.poll, words=vote.words[1], actor=people.actor(name), at=NOW
            )


def test_a_share_swapped_by_somebody_with_the_database_opens_nothing(people):
    """Shamir combines a wrong share silently: the rebuilt key tells."""
    vote = counted(people)
    holder = vote.holder(2)
    from nacl.public import PublicKey, SealedBox

    false = SealedBox(PublicKey(bytes.fromhex(holder.public_key))).encrypt(b"0123456789abcdef")
    KeyHolder.objects.filter(pk=holder.pk).update(share_box=false.hex())
    vote.open(2)
    with pytest.raises(Refused, match="Une clé a été changée"):
        vote.open(1)
    assert vote.fresh().is_closed and not Outcome.objects.exists()


def test_a_share_moved_to_another_holder_opens_nothing(people):
    vote = counted(people)
    vote.open(1)
    moved = vote.holder(1).opened_share
    KeyHolder.objects.filter(position=1).update(opened_share="")
    KeyHolder.objects.filter(position=3).update(opened_share=moved)
    with pytest.raises(Refused, match="Une clé a été changée"):
        vote.open(2)


@pytest.mark.parametrize("how", ["flip", "foreign", "doubled", "removed", "added", "garbage"])
def test_an_altered_urn_is_not_counted_at_all(people, how):
    vote = counted(people)
    row = UrnBallot.objects.first()
    raw = bytearray(base64.b64decode(row.content))
    raw[50] ^= 1
    other = UrnBallot.objects.last().content
    stranger = Poll(
        public_key=keys.public_half(PrivateKey.generate()), ballot_size=vote.fresh().ballot_size
    )
    match how:
        case "flip":
            UrnBallot.objects.filter(pk=row.pk).update(content=base64.b64encode(raw).decode())
        case "foreign":
            UrnBallot.objects.filter(pk=row.pk).update(
                content=boxes.close(stranger, {"blank": True})
            )
        case "doubled":
            UrnBallot.objects.filter(pk=row.pk).update(content=other)
        case "removed":
            row.delete()
        case "added":
            UrnBallot.objects.create(
                poll=vote.poll, content=boxes.close(vote.fresh(), {"choice": "half"})
            )
        case "garbage":
            UrnBallot.objects.filter(pk=row.pk).update(
                content=boxes.close(vote.fresh(), {"choice": "nobody"})
            )
    vote.open(1)
    with pytest.raises(Refused, match="L’urne a été changée"):
        vote.open(3)
    assert vote.fresh().is_closed and not Outcome.objects.exists() and vote.fresh().board == []
    polls.cancel_poll(poll=vote.poll, reason="Urne changée", actor=people.actor("driss"), at=NOW)
    assert not UrnBallot.objects.exists()


def test_a_missed_quorum_needs_no_key_and_opens_nothing(people):
    vote = seal(people)
    vote.cast_all(["hours"] * 5)
    outcome = vote.close()
    assert outcome.kind == OutcomeKind.QUORUM_MISSED and "detail" not in outcome.tally
    assert not UrnBallot.objects.exists() and not KeyHolder.objects.exclude(share_box="").exists()
    assert vote.fresh().board == [] and quiet()


# --- lost words


def test_one_lost_key_is_no_harm(people):
    vote = counted(people)
    vote.lose(3)
    vote.open(1)
    assert vote.open(2).kind == OutcomeKind.ELECTED


def test_two_lost_keys_make_the_vote_void_and_it_says_so(people):
    vote = seal(people)
    vote.cast_all(ELEVEN)
    vote.lose(1), vote.lose(1)
    assert vote.fresh().is_open
    vote.lose(2)
    poll = vote.fresh()
    assert poll.is_cancelled and "on revote" in poll.cancel_reason
    assert not UrnBallot.objects.exists() and quiet()
    vote.lose(3)
    assert put_to_vote(people).is_open


def test_words_found_again_still_open(people):
    vote = counted(people)
    vote.lose(1)
    vote.open(1)
    assert vote.holder(1).lost_at is None
    vote.lose(2)
    assert vote.open(3).kind == OutcomeKind.ELECTED


# --- what remains


def test_urns_and_keys_are_wiped_when_nobody_may_contest_any_more(people):
    vote = counted(people)
    vote.open(1), vote.open(2)
    day = dt.timedelta(days=1)
    assert wipe_due(at=CLOSES_AT + 15 * day - dt.timedelta(seconds=1)) == 0
    assert UrnBallot.objects.count() == 11
    assert wipe_due(at=CLOSES_AT + 15 * day) == 1
    assert not UrnBallot.objects.exists()
    assert set(KeyHolder.objects.values_list("salt", "share_box", "opened_share")) == {("", "", "")}
    assert len(vote.fresh().board) == 11 and quiet()
    assert wipe_due(at=CLOSES_AT + 16 * day) == 0


def test_an_urn_that_waits_for_its_keys_is_not_wiped(people):
    vote = counted(people)
    assert wipe_due(at=CLOSES_AT + dt.timedelta(days=60)) == 0
    assert UrnBallot.objects.count() == 11
    assert vote.fresh().is_closed


def test_the_list_has_more_than_two_thousand_words_that_nobody_mistakes():
    words = all_words()
    assert len(words) == len(set(words)) >= 2048
    assert all(4 <= len(word) <= 10 and word.isascii() and word.islower() for word in words)
    shorter = {}
    for word in words:  # no word is another with one letter changed, more or less
        for place in range(len(word)):
            shorter.setdefault((place, word[:place] + word[place + 1 :]), []).append(word)
    assert [same for same in shorter.values() if len(same) > 1] == []
    assert not {left for _place, left in shorter} & set(words)
