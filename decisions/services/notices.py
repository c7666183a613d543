"""Who is told of a vote: written with its opening, sent outside it, at least once, to each person once."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit.clock import civil_day
from ct_platform.kit.delivery import DeliveryQuerySet, deliver, send_keys
from decisions.enums import AssemblyState, Channel, NoticeKind, NoticeWay, PollState
from decisions.models import Assembly, Elector, KeyHolder, Poll, VoteNotice
from decisions.services import messages, vote_links
from members.models import Person

TASK = "decisions.tasks.send_notices"
LINKED = frozenset({NoticeKind.OPENING, NoticeKind.REMINDER})


@transaction.atomic
def announce_opening(*, poll: Poll, at: dt.datetime) -> int:
    """Write one notice to each person of the roll who has an address; send when the opening holds.

    Returns how many were written. Repeated, it writes only to who has an address since. Two queries.
    """
    roll = Elector.objects.filter(poll=poll).select_related("enrolment__person")
    people = [elector.enrolment.person for elector in roll]
    return write(VoteNotice(poll=poll, kind=NoticeKind.OPENING), people, at)


@transaction.atomic
def notify_holders(*, poll: Poll, at: dt.datetime) -> int:
    """Tell the three who keep a sealed poll's key: to take it, then, once it is closed, to open the urn.

    To be called with the announcement and with the closing. Returns how many have an address.
    """
    batch = 2 if poll.state == PollState.CLOSED else 1
    holders = KeyHolder.objects.filter(poll=poll).select_related("person")
    like = VoteNotice(poll=poll, kind=NoticeKind.KEY, batch=batch)
    return write(like, [holder.person for holder in holders], at)


@transaction.atomic
def notify_convened(*, assembly: Assembly, at: dt.datetime) -> int:
    """Tell everybody who may vote in the cohort that an assembly is convened; how many are new."""
    day = civil_day(at)
    called = Enrolment.objects.filter(cohort_id=assembly.cohort_id).entitled_to_vote(day)
    people = [enrolment.person for enrolment in called.select_related("person")]
    return write(VoteNotice(assembly=assembly, kind=NoticeKind.CONVENING), people, at)


def write(like: VoteNotice, people: Iterable[Person], at: dt.datetime) -> int:
    """Write a notice as `like` to each of `people` who has an address; how many are new.

    Unique keys drop what was already written, also by somebody at the same moment.
    """
    ways = [(person, messages.way_to(person)) for person in people]
    same = {"poll": like.poll, "assembly": like.assembly, "kind": like.kind, "batch": like.batch}
    written = VoteNotice.objects.filter(**same)
    before = set(written.values_list("pk", flat=True))
    VoteNotice.objects.bulk_create(
        [
            VoteNotice(**same, recipient=person, way=way, sent_at=at)
            for person, way in ways
            if way is not None
        ],
        ignore_conflicts=True,
    )
    new = [key for key in written.values_list("pk", flat=True) if key not in before]
    if new:
        transaction.on_commit(lambda: send(new), robust=True)
    return len(new)


def send(keys: Sequence[int]) -> int:
    """Queue these messages now, by their keys alone; what a dead broker refuses is left to the sweep."""
    return send_keys(TASK, keys)


def tell(*, notice_id: int, at: dt.datetime) -> bool:
    """Send one message if it is still to be sent; True when this call did it.

    Claimed before it is sent, outside any transaction: a duplicate task is a quiet no-op. The link
    is made here and kept nowhere: a second attempt makes another, and the first opens nothing.
    """
    token = VoteNotice.objects.claim(notice_id, at)
    if token is None:
        return False
    notice = VoteNotice.objects.select_related(
        "recipient__user", "poll__proposal__cohort", "assembly__cohort"
    ).get(pk=notice_id)
    if reason := _why_not(notice, at):
        VoteNotice.objects.drop(notice_id, token, reason)
        return False
    link = vote_links.make(notice=notice) if notice.kind in LINKED else ""
    return deliver(
        notice, token, lambda: messages.deliver(notice, messages.message_of(notice, link)), at=at
    )


def _why_not(notice: VoteNotice, at: dt.datetime) -> str:
    """Why a message is no longer to be sent; "" when it is."""
    if notice.assembly is not None:
        over = notice.meeting.state != AssemblyState.CONVENED or at >= notice.meeting.starts_at
        return _("L’assemblée n’attend plus personne.") if over else _no_address(notice)
    poll = notice.vote
    if notice.kind in LINKED and (poll.state != PollState.OPEN or at >= poll.closes_at):
        return _("Le vote était fini avant l’envoi.")
    if notice.kind == NoticeKind.REMINDER and notice.recipient_id not in awaited(poll):
        return _("Plus rien à rappeler.")
    expected = PollState.CLOSED if notice.batch == 2 else PollState.ANNOUNCED
    if notice.kind == NoticeKind.KEY and poll.state != expected:
        return _("Cette clé n’est plus attendue.")
    return _no_address(notice)


def _no_address(notice: VoteNotice) -> str:
    person: Person = notice.recipient
    address = person.phone if notice.way == NoticeWay.SMS else person.email
    return "" if address else _("Il n’y a plus d’adresse où écrire.")


def awaited(poll: Poll) -> dict[int, Person]:
    """Who may still cast a ballot here, by key: themselves, or the holder of their proxy. One query.

    Whoever is counted in the room or on paper is not awaited.
    """
    unused = Elector.objects.filter(poll=poll, used=False).exclude(
        channel__in=[Channel.ROOM, Channel.PAPER]
    )
    holders = unused.select_related("enrolment__person", "proxy_holder__person")
    people = [(elector.proxy_holder or elector.enrolment).person for elector in holders]
    return {person.pk: person for person in people}


def sweep(*, at: dt.datetime) -> int:
    """Send again what a broker lost, a dead worker held or a mail server refused; returns how many."""
    lost = VoteNotice.objects.take_lost(at, _("Le message n’est pas parti, après trois essais."))
    return send(lost) if lost else 0


@transaction.atomic
def try_again(*, poll: Poll, at: dt.datetime) -> int:
    """Send the failed opening notices once more, and write to who has an address since; how many.

    Nothing of a vote that is over.
    """
    if poll.state != PollState.OPEN or at >= poll.closes_at:
        return 0
    failed = VoteNotice.objects.failed().filter(poll=poll, kind=NoticeKind.OPENING)
    return _retry(failed, at) + announce_opening(poll=poll, at=at)


@transaction.atomic
def call_again(*, assembly: Assembly, at: dt.datetime) -> int:
    """Send the failed calls once more, and write to who may vote or has an address since; how many.

    Nothing of an assembly that has begun, or was called off.
    """
    if assembly.state != AssemblyState.CONVENED or at >= assembly.starts_at:
        return 0
    failed = VoteNotice.objects.failed().filter(assembly=assembly, kind=NoticeKind.CONVENING)
    return _retry(failed, at) + notify_convened(assembly=assembly, at=at)


def _retry(failed: DeliveryQuerySet, at: dt.datetime) -> int:
    keys = list(failed.values_list("pk", flat=True))
    VoteNotice.objects.filter(pk__in=keys).retry(at)
    if keys:
        transaction.on_commit(lambda: send(keys), robust=True)
    return len(keys)
