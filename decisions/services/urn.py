"""The urn of a secret vote: one irrevocable ballot each, and nothing that says whose it is.

Two tables without common key are not enough: rows written together share a transaction id, and rows
written one after the other keep their physical order. So every cast rewrites them all, and closes the boxes
of a secret vote anew: from one copy of the database to the next, no box is the same.
"""

import datetime as dt
import logging
import secrets
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, Value, When
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from decisions import perms
from decisions.enums import Channel
from decisions.models import Elector, KeyHolder, Poll, UrnBallot
from decisions.selectors.urns import agrees, void_reason
from decisions.services import boxes
from decisions.services.casting import checked_ballot, elector_for, require_open
from decisions.services.locks import lock_poll

log = logging.getLogger(__name__)


class UrnBroken(Refused):
    """The urn and the roll do not agree, or could not be written: nothing may be cast nor counted."""


@sensitive_variables()
@transaction.atomic
def cast_secret(
    *,
    poll: Poll,
    ballot: Mapping[str, Any],
    actor: Actor,
    at: dt.datetime,
    represented_id: int | None = None,
) -> str:
    """Cast the one ballot of a secret or sealed poll, for good.

    Gives the receipt of a sealed ballot (its SHA-256, which proves that it is in the urn and never
    what it says), "" for a secret one. Raises PermissionDenied for any seat but a coopérant's,
    Refused as an open ballot is and when this vote was already used: nothing is then written, and a
    malformed ballot does not consume the vote. UrnBroken when the urn and the roll disagree.
    """
    if not perms.may_take_part(actor) or actor.enrolment_id is None:
        raise PermissionDenied
    checked = checked_ballot(poll, ballot)
    locked = lock_poll(poll)
    elector = _unused(locked, actor.enrolment_id, represented_id, at)
    mine = add(locked, [(elector.pk, Channel.PHONE)], [checked])
    return boxes.receipt(mine[0]) if mine else ""


@sensitive_variables()
def require_castable(
    *,
    poll: Poll,
    ballot: Mapping[str, Any],
    actor: Actor,
    at: dt.datetime,
    represented_id: int | None = None,
) -> None:
    """Raises what `cast_secret` would raise now, and writes nothing: a voter confirms before casting."""
    if not perms.may_take_part(actor) or actor.enrolment_id is None:
        raise PermissionDenied
    checked_ballot(poll, ballot)
    _unused(poll, actor.enrolment_id, represented_id, at)


def _unused(poll: Poll, enrolment_id: int, represented_id: int | None, at: dt.datetime) -> Elector:
    require_open(poll, at)
    elector = elector_for(poll, enrolment_id, represented_id)
    if elector.used:
        raise Refused(_("Tu as déjà voté. Un vote secret ne se change pas."))
    return elector


@sensitive_variables()
def add(
    poll: Poll, electors: Sequence[tuple[int, Channel]], ballots: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Close these checked ballots and put them in for these electors; gives the boxes if sealed.

    The caller holds the poll's lock. Raises UrnBroken as `put_in` and `read` do.
    """
    if poll.is_sealed:
        mine = [boxes.close(poll, one) for one in ballots]
        put_in(poll, electors, [*stored(poll), *mine])
        return mine
    # Every box anew: an old box beside a new one would tell which is the latest.
    put_in(poll, electors, boxes.close_secret(poll, [*read(poll), *ballots]))
    return []


@sensitive_variables()
def put_in(poll: Poll, electors: Sequence[tuple[int, Channel]], contents: Sequence[str]) -> None:
    """Mark these electors and lay `contents`, the whole urn anew, rewriting the whole roll too.

    The caller holds the poll's lock and has checked both. Raises UrnBroken and rolls back.
    """
    channels = [When(pk=pk, then=Value(channel)) for pk, channel in electors]
    now_used = Q(used=True) | Q(pk__in=[pk for pk, _channel in electors])
    try:
        with transaction.atomic():
            # One statement over all rows: with two, the last to vote stands last on the disk.
            Elector.objects.filter(poll=poll).update(
                used=ExpressionWrapper(now_used, output_field=BooleanField()),
                channel=Case(*channels, default=F("channel")),
            )
            _lay(contents, poll)
            check(poll)
    except DatabaseError:
        # The database quotes the row that failed; no log may keep it, hence no cause either.
        log.error("the urn of poll %s could not be written", poll.pk)
        raise UrnBroken(
            _("Ton bulletin n’a pas pu être déposé. Rien n’a changé : essaie encore.")
        ) from None


@sensitive_variables()
def _lay(contents: Sequence[str], poll: Poll) -> None:
    """All ballots anew, under fresh random keys, laid in the order of their keys."""
    UrnBallot.objects.filter(poll=poll).delete()
    fresh = sorted(uuid.uuid4() for _content in contents)
    shuffled = shuffle(contents)
    UrnBallot.objects.bulk_create(
        UrnBallot(id=key, poll=poll, content=content)
        for key, content in zip(fresh, shuffled, strict=True)
    )


def shuffle(rows: Sequence[Any]) -> list[Any]:
    """In an order that the machine's own randomness gives."""
    shuffled = list(rows)
    secrets.SystemRandom().shuffle(shuffled)
    return shuffled


def stored(poll: Poll) -> list[str]:
    """What the urn holds, in the order of its random keys. One query."""
    return list(
        UrnBallot.objects.filter(poll=poll).order_by("id").values_list("content", flat=True)
    )


@sensitive_variables()
def read(poll: Poll) -> list[dict[str, Any]]:
    """The ballots of a secret urn, in no order. One query. Raises UrnBroken when one was altered."""
    try:
        return boxes.open_secret(poll, shuffle(stored(poll)))
    except boxes.BadBox:
        log.error("a ballot of poll %s does not open", poll.pk)
        raise UrnBroken(void_reason()) from None


def check(poll: Poll) -> None:
    """Raises UrnBroken unless there are as many ballots as used votes. Two queries."""
    if not agrees(poll):
        log.error("poll %s: the urn and the roll do not agree", poll.pk)
        raise UrnBroken(void_reason())


def destroy(poll: Poll, at: dt.datetime) -> None:
    """Empty the urn for good, unopened, and forget its keys. The caller holds the poll's lock."""
    UrnBallot.objects.filter(poll=poll).delete()
    KeyHolder.objects.filter(poll=poll).update(salt="", share_box="", opened_share="")
    Poll.objects.filter(pk=poll.pk).update(urn_wiped_at=at)
    poll.urn_wiped_at = at
    transaction.on_commit(forget_on_disk)


def forget_on_disk() -> None:
    """What was deleted also leaves the disk. Outside transactions, where it does nothing inside.

    SQLite keeps past pages in its journal until it is folded back; PostgreSQL keeps dead rows.
    Where the site's role may not VACUUM, PostgreSQL sweeps them by itself (kit/roles.py).
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute(
                "VACUUM (SKIP_LOCKED) decisions_urnballot, decisions_keyholder, decisions_elector"
            )
