"""Telling guests: the invitation once, each change once, by mail or on paper.

Written with the act that causes them, sent outside it, at least once. A guest is up to date when a
message that reached them says the event as it stands; whoever is not is owed one (`owe_news`).
"""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cohorts.enums.events import EventState, MessageKind, MessageWay
from cohorts.models import Event, EventGuest, EventMessage
from cohorts.selectors.events import is_worth
from cohorts.services import event_words
from cohorts.services.session_wishes import refuse_archived
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.delivery import DeliveryStatus, deliver, send_keys
from ct_platform.kit.errors import Refused
from members.rules import clean_text

TASK = "cohorts.tasks.send_event_messages"


@transaction.atomic
def invite(
    *, event: Event, keys: Collection[int], word: str, actor: Actor, at: dt.datetime
) -> list[EventMessage]:
    """Write the invitation of these guests, each once ever, with one `word` for all.

    Mails leave once the transaction holds; letters wait to be printed. Raises Refused for an event
    that is over or cancelled, or an archived cohort. Five queries, whatever their number.
    """
    row: Event = (
        Event.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=event.pk)
    )
    refuse_archived(row.cohort)
    if row.is_cancelled:
        raise Refused(_("Cet événement est annulé : on n’y invite plus."))
    if row.ends_at <= at:
        raise Refused(_("Cet événement est passé : on n’y invite plus."))
    guests = list(row.guests.not_invited().filter(pk__in=keys))
    return _written(guests, MessageKind.INVITATION, row.version, clean_text(word), at)


def _written(
    guests: Sequence[EventGuest], kind: str, version: int, word: str, at: dt.datetime
) -> list[EventMessage]:
    mine = [one.pk for one in guests]
    same = {"kind": kind, "version": version}
    before = set(EventMessage.objects.filter(guest__in=mine, **same).values_list("pk", flat=True))
    EventMessage.objects.bulk_create(
        [EventMessage(guest=one, way=one.way, word=word, sent_at=at, **same) for one in guests],
        ignore_conflicts=True,
    )
    rows = EventMessage.objects.filter(guest__in=mine, **same).exclude(pk__in=before)
    written = list(rows.order_by("pk"))
    _leave([one.pk for one in written if not one.is_letter])
    return written


def owe_news(*, event: Event, at: dt.datetime) -> int:
    """Write, in the caller's transaction, what invited guests do not know yet: that the event is
    cancelled, or where and when it is now. How many are new; none once the day is past.

    Asked twice, it writes nothing more. The sweep asks it again, for invitations that were leaving at
    the very moment of the change.
    """
    if event.day < civil_day(at):
        return 0
    told = EventMessage.objects.of_event(event.pk).told()
    guests = event.guests.standing().filter(pk__in=told.values("guest_id"))
    # The edit that moved it, not a later one of the words.
    kind, version = MessageKind.MOVED, event.moved_version
    if event.is_cancelled:
        kind, version = MessageKind.CANCELLED, event.version
    else:
        guests = guests.exclude(pk__in=told.filter(version__gte=version).values("guest_id"))
    # Waiting or failed, it is written already.
    same = EventMessage.objects.of_event(event.pk).filter(kind=kind, version__gte=version)
    found = list(guests.exclude(pk__in=same.values("guest_id")))
    return len(_written(found, kind, version, "", at)) if found else 0


@transaction.atomic
def invite_again(*, guest: EventGuest, at: dt.datetime) -> bool:
    """The invitation went to an address that was wrong: it leaves once more, to the right one.

    True when it was sent or had failed; one that still waits goes to the new address by itself.
    """
    row = EventMessage.objects.filter(guest=guest, kind=MessageKind.INVITATION)
    gone = row.filter(status__in=[DeliveryStatus.DONE, DeliveryStatus.FAILED])
    keys = list(gone.values_list("pk", flat=True))
    row.filter(status=DeliveryStatus.WAITING).update(way=guest.way)
    EventMessage.objects.filter(pk__in=keys).update(
        status=DeliveryStatus.WAITING, attempts=0, error="", way=guest.way, sent_at=at,
        finished_at=None,
    )  # fmt: skip
    if guest.way == MessageWay.MAIL:
        _leave(keys)
    return bool(keys)


def _leave(keys: Sequence[int]) -> None:
    if keys:
        transaction.on_commit(lambda: send(keys), robust=True)


def send(keys: Sequence[int]) -> int:
    """Queue these messages by their keys alone; what a dead broker refuses is left to the sweep."""
    return send_keys(TASK, keys)


def tell(*, message_id: int, at: dt.datetime) -> bool:
    """Send one message if it still says what stands; True when this call did it.

    Claimed before it is sent, outside any transaction: a duplicate task is a quiet no-op.
    """
    token = EventMessage.objects.sendable().claim(message_id, at)
    if token is None:
        return False
    message = EventMessage.objects.select_related(
        "guest__event__cohort__territory", "guest__event__cohort__host"
    ).get(pk=message_id)
    event: Event = message.guest.event
    if reason := _why_not(message, event, at):
        EventMessage.objects.drop(message_id, token, reason)
        return False
    said: dict[str, Any] = (
        {"version": event.version} if message.kind == MessageKind.INVITATION else {}
    )
    return deliver(message, token, lambda: event_words.deliver(message, event), at=at, **said)


def _why_not(message: EventMessage, event: Event, at: dt.datetime) -> str:
    """Why a message is no longer to be sent; "" when it is."""
    if message.guest.erased_at is not None:
        return _("La personne est effacée.")
    if not is_worth(message, event):
        return _("L’événement a changé avant l’envoi.")
    if event.ends_at <= at:
        return _("L’événement est passé.")
    return "" if message.guest.email else _("Il n’y a plus d’adresse où écrire.")


def sweep(*, at: dt.datetime) -> int:
    """Send again what a broker lost, a dead worker held or a mail server refused; and write what a
    change left untold. Returns how many messages are queued again."""
    changed = Event.objects.filter(
        Q(state=EventState.CANCELLED) | Q(moved_version__gt=1), day__gte=civil_day(at)
    )
    for event in changed.order_by("pk"):
        with transaction.atomic():
            owe_news(event=event, at=at)
    rows = EventMessage.objects.sendable()
    lost = rows.take_lost(at, _("Le message n’est pas parti, après trois essais."))
    return send(lost) if lost else 0


# --- what a hand carries, what failed


@transaction.atomic
def note_posted(*, event: Event, keys: Collection[int], seen_version: int, at: dt.datetime) -> int:
    """Note that these letters were posted or handed over; how many. Twice changes nothing.

    They say the event as it stood at `seen_version`, when they were printed: what changed since is
    owed to their readers.
    """
    row: Event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    letters = EventMessage.objects.of_event(row.pk).letters().filter(pk__in=keys)
    waiting = list(letters.filter(status=DeliveryStatus.WAITING).values_list("pk", "kind"))
    posted = EventMessage.objects.filter(
        pk__in=[key for key, _kind in waiting], status=DeliveryStatus.WAITING
    ).update(status=DeliveryStatus.DONE, finished_at=at)
    EventMessage.objects.filter(
        pk__in=[key for key, kind in waiting if kind == MessageKind.INVITATION]
    ).update(version=min(seen_version, row.version))
    owe_news(event=row, at=at)
    return posted


@transaction.atomic
def try_again(*, event: Event, at: dt.datetime) -> int:
    """Send once more the messages that did not leave and still say what stands; how many."""
    keys = _failed(event)
    EventMessage.objects.filter(pk__in=keys).retry(at)
    _leave(keys)
    return len(keys)


@transaction.atomic
def put_on_paper(*, event: Event, at: dt.datetime) -> int:
    """Turn the messages that did not leave into letters to print; how many."""
    return EventMessage.objects.filter(pk__in=_failed(event), status=DeliveryStatus.FAILED).update(
        way=MessageWay.LETTER, status=DeliveryStatus.WAITING, attempts=0, error=""
    )


def _failed(event: Event) -> list[int]:
    rows = EventMessage.objects.of_event(event.pk).failed().sendable()
    return [one.pk for one in rows.order_by("pk") if is_worth(one, event)]
