"""The one way a state changes: a guarded UPDATE that must touch exactly one row, and its log."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.models import TransitionLog

Allowed = Mapping[str, frozenset[str]]


def move(
    row: models.Model,
    to: str,
    *,
    allowed: Allowed,
    by_person_id: int | None,
    at: dt.datetime,
    reason: str = "",
    **stamps: Any,
) -> None:
    """Move `row.state` to `to`, writing `stamps` in the same UPDATE and one log row.

    Refused when the table of transitions has no such step; Stale when somebody moved the row
    first (the UPDATE is conditional on the state read, so of two racers exactly one wins).
    """
    old = row.state  # type: ignore[attr-defined]
    if to not in allowed.get(old, frozenset()):
        raise Refused(_("Cette étape n’est pas possible maintenant."))
    with transaction.atomic():
        touched = type(row)._default_manager.filter(pk=row.pk, state=old).update(state=to, **stamps)
        if touched != 1:
            raise Stale(
                _("Quelqu’un vient d’agir sur cette page. Rechargez-la pour voir où on en est.")
            )
        TransitionLog.objects.create(
            model=row._meta.label_lower,
            row_id=row.pk,
            old=old,
            new=to,
            by_person_id=by_person_id,
            at=at,
            reason=reason,
        )
    row.state = to  # type: ignore[attr-defined]
    for name, value in stamps.items():
        setattr(row, name, value)
