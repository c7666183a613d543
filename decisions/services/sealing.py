"""The three keys of a sealed vote: taken before it opens, used by two people after it closes."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from decisions import perms
from decisions.enums import PollState
from decisions.models import KeyHolder, Outcome, Poll, Statutes
from decisions.rules import tally
from decisions.services import boxes, keys, polls, rolls, urn
from decisions.services.locks import lock_poll
from decisions.services.statutes import ensure_statutes
from decisions.services.words import are_key_words


@sensitive_variables()
@transaction.atomic
def take_key(*, poll: Poll, words: Sequence[str], actor: Actor, at: dt.datetime) -> Poll:
    """Keep what six words make: a salt and a public key. The third key opens the vote.

    The vote then opens on the roll of that day; an end that no longer leaves the notice of the
    statutes is pushed by whole days until it does. Taking a key twice changes nothing. Raises
    PermissionDenied for who keeps no key here; Refused when the words are not six words of the
    list, the poll no longer waits for keys, or it cannot open.
    """
    if not are_key_words(tuple(words)):
        raise Refused(_("Il faut les six mots, comme sur la page."), field="words")
    salt = keys.new_salt()
    public = keys.public_half(keys.own_key(words, salt))
    locked, holder = _lock(poll, actor)
    if holder.ready_at is not None:
        return locked
    if locked.state != PollState.ANNOUNCED:
        raise Refused(_("Ce vote n’attend plus de clé."))
    holder.salt, holder.public_key, holder.ready_at = salt, public, at
    holder.save(update_fields=["salt", "public_key", "ready_at"])
    holders = list(KeyHolder.objects.filter(poll=locked))
    if all(one.ready_at for one in holders):
        _open(locked, holders, actor, at)
    return locked


def _open(poll: Poll, holders: Sequence[KeyHolder], actor: Actor, at: dt.datetime) -> None:
    statutes = ensure_statutes(cohort_id=poll.proposal.cohort_id, day=civil_day(at))
    rolls.start(
        poll=poll,
        statutes=statutes,
        actor=actor,
        at=at,
        closes_at=end_with_notice(poll.closes_at, statutes, at),
        public_key=keys.share_out(holders),
        ballot_size=boxes.size_for(poll),
    )


def end_with_notice(closes_at: dt.datetime, statutes: Statutes, at: dt.datetime) -> dt.datetime:
    """The end announced, or as many whole days later as the notice asks: keys may come late."""
    earliest = at + dt.timedelta(hours=statutes.notice_hours)
    late = earliest - closes_at
    if late < dt.timedelta(0):
        return closes_at
    return closes_at + dt.timedelta(days=late.days + 1)


@sensitive_variables()
@transaction.atomic
def open_share(
    *, poll: Poll, words: Sequence[str], actor: Actor, at: dt.datetime
) -> Outcome | None:
    """Open one's share of a closed poll's key; the second share opens the urn and counts it whole.

    One transaction: every ballot is opened, or none is and nothing changes. The first share waits,
    sealed by the server (None). Repeating changes nothing. Raises PermissionDenied for who keeps no
    key here; Refused: the vote is not over, was cancelled, other words, a share or the urn altered.
    """
    mine = _holder(poll, actor)
    key = keys.own_key(words, mine.salt) if mine.salt and words else None
    locked, holder = _lock(poll, actor)
    if locked.state == PollState.COUNTED:
        found: Outcome = Outcome.objects.select_related("winner").get(poll=locked)
        return found
    if locked.state == PollState.CANCELLED:
        raise Refused(_("Ce vote a été annulé."))
    if locked.state != PollState.CLOSED:
        raise Refused(_("L’urne s’ouvre après la fin du vote, pas avant."))
    if key is None or keys.public_half(key) != holder.public_key:
        raise Refused(
            _("Ces mots ne sont pas ceux de cette clé. Il faut les relire un par un."),
            field="words",
        )
    other = KeyHolder.objects.filter(poll=locked).exclude(pk=holder.pk).exclude(opened_share="")
    second = other.first()
    share = _share(holder, key)
    if second is None:
        if not holder.opened_share:
            holder.opened_share = keys.keep_opened(holder, share)
            holder.opened_at, holder.lost_at = at, None
            holder.save(update_fields=["opened_share", "opened_at", "lost_at"])
        return None
    return _tally(locked, _rebuilt(locked, (holder, share), second), actor, at)


@sensitive_variables()
def _share(holder: KeyHolder, key: PrivateKey) -> bytes:
    try:
        return SealedBox(key).decrypt(bytes.fromhex(holder.share_box))
    except (CryptoError, ValueError):
        raise Refused(_altered_key()) from None


@sensitive_variables()
def _rebuilt(poll: Poll, first: tuple[KeyHolder, bytes], second: KeyHolder) -> PrivateKey:
    try:
        shares = [(first[0].position, first[1]), (second.position, keys.kept_share(second))]
        key = keys.rebuild(shares)
    except ValueError:
        raise Refused(_altered_key()) from None
    if keys.public_half(key) != poll.public_key:
        raise Refused(_altered_key())
    return key


@sensitive_variables()
def _tally(poll: Poll, key: PrivateKey, actor: Actor, at: dt.datetime) -> Outcome:
    sealed = urn.stored(poll)
    try:
        urn.check(poll)
        opened = [boxes.open_box(content, key, poll.ballot_size) for content in sealed]
        for ballot in opened:
            _check(poll, ballot)
        board = sorted({boxes.receipt(content) for content in sealed})
        if len(board) != len(sealed):
            raise urn.UrnBroken("one ballot lies twice in the urn")
    except (urn.UrnBroken, boxes.BadBox, tally.BadBallots):
        raise Refused(
            _("L’urne a été changée : on ne peut pas compter. Ce vote est nul, il faut revoter.")
        ) from None
    Poll.objects.filter(pk=poll.pk).update(board=board)
    poll.board = board
    KeyHolder.objects.filter(poll=poll).update(opened_share="")
    transaction.on_commit(urn.forget_on_disk)
    return polls.finish(poll, urn.shuffle(opened), actor.person_id, at)


def _check(poll: Poll, ballot: dict[str, object]) -> None:
    codes = [option.code for option in poll.options.all()]
    tally.check_ballot(method=poll.method, options=codes, rule=poll.rule, ballot=ballot)


@transaction.atomic
def lose_words(*, poll: Poll, actor: Actor, at: dt.datetime) -> Poll:
    """Say that one's words are lost. Before the opening: the key can be taken again.

    Afterwards it is lost, and with two keys lost the urn can never open: the poll is cancelled, its
    urn destroyed, and everybody reads why. Repeating changes nothing, nor does it once one's share
    was used. Raises PermissionDenied for who keeps no key here.
    """
    locked, holder = _lock(poll, actor)
    if locked.state == PollState.ANNOUNCED:
        holder.salt, holder.public_key, holder.ready_at = "", "", None
        holder.save(update_fields=["salt", "public_key", "ready_at"])
        return locked
    over = locked.state not in (PollState.OPEN, PollState.CLOSED)
    if over or holder.lost_at is not None or holder.opened_share:
        return locked
    holder.lost_at = at
    holder.save(update_fields=["lost_at"])
    left = KeyHolder.objects.filter(poll=locked, lost_at__isnull=True).count()
    if left < keys.NEEDED:
        reason = _(
            "Deux clés sur trois sont perdues : l’urne ne s’ouvrira pas. Le vote est nul, on revote."
        )
        polls.void(locked, reason, actor.person_id, at)
    return locked


def _lock(poll: Poll, actor: Actor) -> tuple[Poll, KeyHolder]:
    return lock_poll(poll), _holder(poll, actor)


def _holder(poll: Poll, actor: Actor) -> KeyHolder:
    """The actor's own key, from the seat it was given to."""
    holder: KeyHolder | None = KeyHolder.objects.filter(
        poll=poll, person_id=actor.person_id
    ).first()
    if holder is None or not perms.may_keep_key(actor, holder):
        raise PermissionDenied
    return holder


def _altered_key() -> str:
    return _(
        "Une clé a été changée : l’urne ne s’ouvre pas avec elle. Demandez la troisième personne."
    )
