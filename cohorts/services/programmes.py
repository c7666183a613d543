"""The kinds of programmes a host adds to the network's."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Programme
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused


@dataclass(frozen=True, slots=True)
class ProgrammeWishes:
    """What a host says of a programme. Days and ages inclusive; hours of minors in minutes."""

    code: str
    name: str
    shortest_days: int
    longest_days: int
    lowest_age: int
    highest_age: int | None
    fewest_seats: int
    usual_seats: int
    most_seats: int
    minor_day_minutes: int
    minor_week_minutes: int


@transaction.atomic
def add_programme(*, wishes: ProgrammeWishes, actor: Actor) -> Programme:
    """Add a programme of the host's own, offered at once to its cooperatives.

    Minors always need their guardian's agreement; the host says in its contract settings whether it
    takes them. Raises Refused when the days, ages,
    places or hours are out of order or outside the law, or the code is taken.
    """
    if actor.organisation_id is None:
        raise Refused(_("Un programme s’ajoute depuis la coopérative hôte."))
    with refusing(Programme):
        return Programme.objects.create(
            organisation_id=actor.organisation_id,
            **{name: getattr(wishes, name) for name in ProgrammeWishes.__slots__},
        )


@transaction.atomic
def close_programme(*, programme: Programme, at: dt.datetime) -> None:
    """Offer it no more; cooperatives that have it keep it. Closing it twice changes nothing."""
    Programme.objects.filter(pk=programme.pk, closed_on__isnull=True).update(
        closed_on=civil_day(at)
    )
