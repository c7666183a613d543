"""The record of who opened what is sensitive: written in the transaction of the opening."""

import datetime as dt
from collections.abc import Iterable

from ct_platform.kit.actor import Actor
from members.models import AccessAct, AccessRecord


def record_access(
    *,
    person_ids: Iterable[int],
    act: AccessAct,
    subject: str,
    why: str = "",
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Keep for good that `actor` read, wrote or exported `subject` about these persons. One query.

    What a person does about themself is recorded too when it writes; reading oneself is not.
    """
    AccessRecord.objects.bulk_create(
        AccessRecord(
            person_id=person_id,
            by_person_id=actor.person_id,
            by_seat=f"{actor.seat_label}, {actor.place_label}"[:150],
            act=act,
            subject=subject,
            why=why[:200],
            at=at,
        )
        for person_id in person_ids
        if not (act == AccessAct.READ and person_id == actor.person_id)
    )
