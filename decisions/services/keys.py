"""The three who keep a sealed poll's key, and how six words make a key of their own."""

import datetime as dt
import secrets
from collections.abc import Sequence

from Crypto.Protocol.SecretSharing import Shamir
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from nacl import pwhash
from nacl.encoding import RawEncoder
from nacl.hash import blake2b
from nacl.public import PrivateKey, PublicKey, SealedBox

from cohorts.models import Enrolment
from ct_platform.kit import crypto, states
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from decisions.enums import POLL_ALLOWED, PollState
from decisions.models import KeyHolder, Poll
from decisions.services.notices import notify_holders

# Two shares of three rebuild the secret of sixteen bytes from which the poll's key comes.
NEEDED, SHARES, SECRET = 2, 3, 16
PERSON = b"ct-poll-v1"


def announce(*, poll: Poll, voters: Sequence[int], actor: Actor, at: dt.datetime) -> Poll:
    """Announce a sealed draft: who opens it and two voters drawn by lot each have a key to take.

    `voters`: enrolments. Those without an account cannot hold a key. Raises Refused when fewer than
    two voters have one.
    """
    able = Enrolment.objects.filter(pk__in=voters, person__user__is_active=True)
    people = list(
        able.exclude(person_id=actor.person_id).order_by("pk").values_list("person_id", flat=True)
    )
    if len(people) < SHARES - 1:
        raise Refused(
            _("Il faut deux coopérants avec un compte pour garder les clés."), field="secrecy"
        )
    drawn = secrets.SystemRandom().sample(people, SHARES - 1)
    KeyHolder.objects.bulk_create(
        KeyHolder(poll=poll, position=place, person_id=person, is_coordinator=place == 1)
        for place, person in enumerate([actor.person_id, *drawn], start=1)
    )
    states.move(
        poll, PollState.ANNOUNCED, allowed=POLL_ALLOWED, by_person_id=actor.person_id, at=at
    )
    notify_holders(poll=poll, at=at)
    return poll


@sensitive_variables()
def own_key(words: Sequence[str], salt: str) -> PrivateKey:
    """The key that six words make with a salt (hexadecimal): Argon2id, about a tenth of a second."""
    seed = pwhash.argon2id.kdf(
        PrivateKey.SIZE,
        " ".join(words).encode("ascii"),
        bytes.fromhex(salt),
        opslimit=pwhash.argon2id.OPSLIMIT_INTERACTIVE,
        memlimit=pwhash.argon2id.MEMLIMIT_INTERACTIVE,
    )
    return PrivateKey(seed)


def new_salt() -> str:
    return secrets.token_bytes(pwhash.argon2id.SALTBYTES).hex()


def public_half(key: PrivateKey) -> str:
    return bytes(key.public_key).hex()


@sensitive_variables()
def poll_key(secret: bytes) -> PrivateKey:
    return PrivateKey(blake2b(secret, digest_size=32, person=PERSON, encoder=RawEncoder))


@sensitive_variables()
def share_out(holders: Sequence[KeyHolder]) -> str:
    """Draw the secret of a poll, give each holder a boxed share, and keep only the public key."""
    secret = secrets.token_bytes(SECRET)
    shares = dict(Shamir.split(NEEDED, SHARES, secret))
    for holder in holders:
        box = SealedBox(PublicKey(bytes.fromhex(holder.public_key)))
        holder.share_box = box.encrypt(shares[holder.position]).hex()
        holder.save(update_fields=["share_box"])
    return public_half(poll_key(secret))


@sensitive_variables()
def rebuild(shares: Sequence[tuple[int, bytes]]) -> PrivateKey:
    """The poll's key from two shares. A wrong share gives another key, silently: compare it."""
    return poll_key(Shamir.combine(list(shares)))


def keep_opened(holder: KeyHolder, share: bytes) -> str:
    return crypto.seal(_place(holder), share.hex())


def kept_share(holder: KeyHolder) -> bytes:
    """ValueError when it was tampered with."""
    return bytes.fromhex(crypto.unseal(_place(holder), holder.opened_share))


def _place(holder: KeyHolder) -> str:
    return f"decisions_keyholder|opened_share|{holder.pk}"
