"""The link of a message about a vote: bound to one person, their address and one poll; single use.

A link signs its person in, for two hours and for that vote alone, only where the house already lets
that mailbox open the account by a code, and only for an open poll: whoever a message was forwarded to
could then vote, and an open ballot is seen, replaced and signed with a name, while a secret one is for
ever. Elsewhere it leads to the usual door and then to the vote. A contact address, which a coordinator
may change, and a phone number are never a way in.
"""

import datetime as dt
import hmac
import secrets
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import NEEDS_SECOND_FACTOR, Seat, SeatKind
from ct_platform.kit.clock import civil_day
from ct_platform.kit.crypto import blind_indexes
from ct_platform.kit.errors import Refused
from decisions.enums import NoticeWay, PollState
from decisions.models import VoteNotice
from members.models import Person
from members.seats import seats_of

# A vote may last a month; a message forgotten in a mailbox stops being a key before.
LASTS = dt.timedelta(days=8)
# How long the browser that used a link may ask again, when the answer was lost on the way.
LOST_ANSWER = dt.timedelta(minutes=10)
_PLACE = "vote_notice|link"


class LinkRefused(Refused):
    """The link opens nothing; `known` tells a wrong address from a link that is over."""

    def __init__(self, sentence: str, *, known: bool) -> None:
        super().__init__(sentence)
        self.known = known


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that still stands. `seat` is None when its person enters by the usual door."""

    notice: VoteNotice
    person: Person
    seat: Seat | None


def make(*, notice: VoteNotice) -> str:
    """A fresh token for this notice, 128 bits, kept as a keyed hash only. An earlier one is over."""
    secret = secrets.token_urlsafe(16)
    notice.link_index = _indexes(notice, secret)[0]
    notice.save(update_fields=["link_index"])
    return f"{notice.pk}-{secret}"


def look(*, token: str, at: dt.datetime) -> Opened:
    """What a link leads to now, changing nothing. Raises LinkRefused with what to do."""
    notice = _find(token)
    if notice.link_used_at is not None:
        raise LinkRefused(_("Ce lien a déjà servi. Un lien sert une seule fois."), known=True)
    return _opened(notice, at)


@transaction.atomic
def use(*, token: str, same_browser: bool, at: dt.datetime) -> Opened:
    """Consume a link that signs its person in; one that leads to the usual door has nothing to consume.

    `same_browser`: this very browser used it and asks again, since on a poor network the answer may be
    lost; it is let in again for ten minutes. Raises LinkRefused as `look` does.
    """
    notice = _find(token)
    if notice.link_used_at is None:
        opened = _opened(notice, at)
        if opened.seat is None:
            return opened
        unused = VoteNotice.objects.filter(pk=notice.pk, link_used_at__isnull=True)
        if unused.update(link_used_at=at):
            return opened
        notice.refresh_from_db(fields=["link_used_at"])  # somebody was faster
    used_at = notice.link_used_at
    if not same_browser or used_at is None or at - used_at > LOST_ANSWER:
        raise LinkRefused(_("Ce lien a déjà servi. Un lien sert une seule fois."), known=True)
    return _opened(notice, at)


def _find(token: str) -> VoteNotice:
    key, _dash, secret = token.partition("-")
    notice: VoteNotice | None = None
    if key.isascii() and key.isdigit() and len(key) < 16:
        notice = (
            VoteNotice.objects.exclude(link_index="")
            .select_related("recipient__user", "poll__proposal__cohort")
            .filter(pk=int(key), poll__isnull=False)
            .first()
        )
    if notice is None or not any(
        hmac.compare_digest(one, notice.link_index) for one in _indexes(notice, secret)
    ):
        raise LinkRefused(
            _("Ce lien n’est pas connu. Prends celui du dernier message."), known=False
        )
    return notice


def _indexes(notice: VoteNotice, secret: str) -> list[str]:
    """The address is part of what is hashed: a mailbox the person has left opens nothing any more."""
    person: Person = notice.recipient
    address = person.phone if notice.way == NoticeWay.SMS else person.email
    account = person.user.email if person.user else ""
    return blind_indexes(_PLACE, f"{notice.pk}|{address}|{account or ''}|{secret}")


def _opened(notice: VoteNotice, at: dt.datetime) -> Opened:
    poll = notice.vote
    if poll.state == PollState.CANCELLED:
        raise LinkRefused(_("Ce vote a été annulé. La raison est sur le site."), known=True)
    if poll.state != PollState.OPEN or at >= poll.closes_at:
        raise LinkRefused(_("Ce vote est fini."), known=True)
    if at >= notice.sent_at + LASTS:
        raise LinkRefused(_("Ce lien a plus de 8 jours : il n’ouvre plus."), known=True)
    return Opened(notice, notice.recipient, _seat(notice, at))


def _seat(notice: VoteNotice, at: dt.datetime) -> Seat | None:
    """The seat a link opens by itself; None when the person must show more than a message."""
    person: Person = notice.recipient
    user = person.user
    if notice.vote.is_secret or notice.way != NoticeWay.MAIL or user is None:
        return None
    if not user.is_active or not user.email or user.email != person.email.lower():
        return None
    if user.is_staff or user.is_superuser:
        return None
    if Authenticator.objects.filter(user_id=user.pk).exists():
        return None
    seats = seats_of(person.pk, civil_day(at))
    if any(seat.kind in NEEDS_SECOND_FACTOR for seat in seats):
        return None
    cohort_id = notice.vote.proposal.cohort_id
    return next(
        (s for s in seats if s.kind is SeatKind.COOPERANT and s.cohort_id == cohort_id), None
    )
