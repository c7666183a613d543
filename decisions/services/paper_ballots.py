"""Paper ballots of a secret vote, in the same urn as the phones'. Source: voting.md, §5.

Who votes on paper is ticked first (their phone is then refused). Two people then type the papers,
in turn, neither seeing what the other typed; equal, they enter the urn in one transaction, laid
again with all the others.

Of what the first teller typed the database keeps a commitment only. Three papers have few possible
contents, so a bare or a server-keyed hash would be guessed by whoever holds the server's disk: the
key is made, slowly, of four words shown to the first teller once, said aloud to the second, and
kept nowhere. Once the two agree, the commitment is wiped as well.
"""

import datetime as dt
import hmac
import secrets
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from hashlib import blake2b
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from nacl import pwhash

from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Frozen, Refused
from decisions.enums import Channel, PollState, RoomCountKind
from decisions.models import Elector, Poll, RoomCount
from decisions.rules import tally
from decisions.services import room, urn
from decisions.services.casting import checked_ballot, require_open
from decisions.services.locks import lock_poll
from decisions.services.words import all_words, cleaned

# With fewer, who reads the papers nearly reads a name on them.
FEWEST = 3
# 44 bits, each try a tenth of a second.
SPOKEN_WORDS = 4
KEY, HALF = 32, 16


class Typed(StrEnum):
    WAITING = "waiting"  # for the second teller, and the first one's words
    AGREED = "agreed"
    DIFFERENT = "different"  # both are discarded: the papers are counted again


class Typing(NamedTuple):
    said: Typed
    words: tuple[str, ...] = ()  # for the first teller, once


@transaction.atomic
def tick_paper(*, poll: Poll, enrolment_ids: Collection[int], at: dt.datetime) -> Poll:
    """Say who votes on paper, in all: those not in `enrolment_ids` are unticked.

    Behind the poll's lock, as casting is; what a teller had typed is discarded. Raises Refused: an
    open vote, no assembly, the hour has passed (unticking stays possible), somebody off the roll,
    not in the room, or who already voted; Frozen once the papers are in the urn.
    """
    locked = lock_poll(poll)
    require_paper(locked)
    if _in_the_urn(locked):
        raise Frozen(_("Les bulletins de papier sont dans l’urne : la liste ne change plus."))
    lines = {one.enrolment_id: one for one in Elector.objects.filter(poll=locked)}
    asked = set(enrolment_ids)
    ticked = {key for key, one in lines.items() if one.channel == Channel.PAPER}
    if not asked <= set(lines):
        raise Refused(_("Cette personne n’est pas sur la liste de ce vote."))
    if asked - ticked:
        require_open(locked, at)
        room.require_countable([lines[key] for key in asked - ticked], room.in_the_room(locked))
    if asked == ticked:
        return locked
    # One statement over the whole roll, as a cast: no line is left standing apart on the disk.
    Elector.objects.filter(poll=locked).update(
        channel=Case(
            When(enrolment_id__in=asked, then=Value(Channel.PAPER)),
            When(enrolment_id__in=ticked - asked, then=Value(Channel.NONE)),
            default=F("channel"),
        )
    )
    _waiting(locked).update(discarded=True, digest="")
    return locked


@sensitive_variables()
@transaction.atomic
def type_papers(
    *, poll: Poll, papers: Sequence[Mapping[str, Any]], actor: Actor, spoken: str = ""
) -> Typing:
    """One teller types all the papers, in any order; equal to another's, they enter the urn.

    The first gets four words, which the second gives as `spoken`. A teller may correct their own
    while they wait, and gets new words. Raises PermissionDenied for who is not a teller; Refused:
    fewer than three people ticked, not a paper each, an answer that is not of this vote, the
    other's words missing; Frozen once they are in the urn. UrnBroken as a cast does.
    """
    locked = lock_poll(poll)
    require_paper(locked)
    if not room.may_tell(actor, locked):
        raise PermissionDenied
    if _in_the_urn(locked):
        raise Frozen(_("Les bulletins de papier sont déjà dans l’urne."))
    ticked = _ticked(locked)
    _require_enough(len(ticked), len(papers))
    checked = [checked_ballot(locked, one) for one in papers]
    contents = sorted(tally.canonical(one).decode() for one in checked)
    waiting = _waiting(locked)
    other: RoomCount | None = waiting.exclude(teller_id=actor.person_id).first()
    words = cleaned(spoken) if other else draw_spoken()
    if other is not None and len(words) != SPOKEN_WORDS:
        raise Refused(
            _("Une autre personne a tapé ses bulletins. Demande-lui ses quatre mots."),
            field="spoken",
        )
    waiting.filter(teller_id=actor.person_id).update(discarded=True, digest="")
    mine = RoomCount.objects.create(
        poll=locked, kind=RoomCountKind.PAPER, teller_id=actor.person_id, papers=len(contents)
    )
    if other is None:
        mine.digest = _commitment(mine, words, contents)
        mine.save(update_fields=["digest"])
        return Typing(Typed.WAITING, words)
    kept, again = other.digest, _commitment(other, words, contents)
    if not hmac.compare_digest(kept[:KEY], again[:KEY]):
        # Raised, not answered: nothing changes, and the first teller's papers still wait.
        raise Refused(_("Ce ne sont pas les quatre mots de l’autre personne."), field="spoken")
    RoomCount.objects.filter(pk__in=[mine.pk, other.pk]).update(digest="")
    if not hmac.compare_digest(kept, again):
        RoomCount.objects.filter(pk__in=[mine.pk, other.pk]).update(discarded=True)
        return Typing(Typed.DIFFERENT)
    urn.add(locked, [(pk, Channel.PAPER) for pk in ticked], checked)
    return Typing(Typed.AGREED)


def require_paper(poll: Poll) -> None:
    """Raises Refused unless papers can be typed in this vote: secret, open, in an assembly."""
    if not poll.is_secret:
        raise Refused(_("Ce vote est ouvert : dans la salle, on compte les mains."))
    if poll.state != PollState.OPEN:
        raise Refused(_("Ce vote n’est pas ouvert."))
    if not room.assemblies_of(poll):
        raise Refused(
            _("On vote sur papier pendant une assemblée qui a ce vote à l’ordre du jour.")
        )


def draw_spoken() -> tuple[str, ...]:
    return tuple(secrets.choice(all_words()) for _place in range(SPOKEN_WORDS))


@sensitive_variables()
def _commitment(count: RoomCount, words: Sequence[str], contents: Sequence[str]) -> str:
    """In hexadecimal: which words, then which papers in whatever order, both under a key made of the words."""
    place = f"decisions_roomcount|{count.poll_id}|{count.pk}".encode()
    key = pwhash.argon2id.kdf(
        KEY,
        " ".join(words).encode("ascii"),
        blake2b(place, digest_size=pwhash.argon2id.SALTBYTES).digest(),
        opslimit=pwhash.argon2id.OPSLIMIT_INTERACTIVE,
        memlimit=pwhash.argon2id.MEMLIMIT_INTERACTIVE,
    )
    said = "\x1f".join(sorted(contents)).encode()
    proof = blake2b(b"words", key=key, digest_size=HALF).hexdigest()
    return proof + blake2b(b"papers\x1f" + said, key=key, digest_size=HALF).hexdigest()


def _waiting(poll: Poll) -> QuerySet[RoomCount]:
    rows = RoomCount.objects.filter(poll=poll, kind=RoomCountKind.PAPER, discarded=False)
    return rows.exclude(digest="")


def _ticked(poll: Poll) -> list[int]:
    lines = Elector.objects.filter(poll=poll, channel=Channel.PAPER, used=False)
    return list(lines.order_by("pk").values_list("pk", flat=True))


def _in_the_urn(poll: Poll) -> bool:
    return Elector.objects.filter(poll=poll, channel=Channel.PAPER, used=True).exists()


def _require_enough(people: int, papers: int) -> None:
    if people < FEWEST:
        raise Refused(too_few())
    if people != papers:
        raise Refused(
            _("%(papers)s bulletins pour %(people)s personnes : comptez encore.")
            % {"papers": papers, "people": people}
        )


def too_few() -> str:
    """Said of one or two papers: who types them would know whose they are."""
    return _(
        "Il faut trois bulletins de papier au moins : avec moins, on devine qui a choisi quoi. "
        "Votez sur l’appareil prêté dans la salle, chacun à son tour."
    )
