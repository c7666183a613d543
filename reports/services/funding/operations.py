"""An operation: its number at the authority, which cohorts say, and its facts."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Organisation, Territory
from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused
from reports.models import Operation


def _judged(starts_on: dt.date, ends_on: dt.date) -> None:
    if ends_on <= starts_on:
        raise Refused(_("La fin de l’opération précède son début."), field="ends_on")


@transaction.atomic
def name_operation(
    *,
    territory: Territory,
    host: Organisation,
    number: str,
    name: str,
    measure: str = "",
    authority: int | None = None,
    starts_on: dt.date,
    ends_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> Operation:
    """Say what stands behind a number. Cohorts of this territory and host that say it are its own.

    Raises Refused for a number already named, or dates that cross.
    """
    _judged(starts_on, ends_on)
    with refusing(Operation):
        named: Operation = Operation.objects.create(
            territory=territory,
            host=host,
            number=number.strip(),
            name=name,
            measure=measure,
            authority_id=authority,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    return named


def name_in_own_territory(*, host: int, actor: Actor, at: dt.datetime, **values: Any) -> Operation:
    """As `name_operation`, for the territory of the actor; `host` is a key that was offered."""
    return name_operation(
        territory=Territory.objects.get(pk=actor.territory_id or 0),
        host=Organisation.objects.get(pk=host),
        actor=actor,
        at=at,
        **values,
    )


@transaction.atomic
def edit_operation(
    *, operation: Operation, actor: Actor, at: dt.datetime, **values: Any
) -> Operation:
    """Correct the words and dates; the number and the host never, cohorts are joined by them."""
    _judged(values["starts_on"], values["ends_on"])
    names = ("name", "measure", "starts_on", "ends_on")
    kept = {key: values[key] for key in names} | {"authority_id": values["authority"]}
    Operation.objects.filter(pk=operation.pk).update(**kept)
    return operation
