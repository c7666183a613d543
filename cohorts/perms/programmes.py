"""Who may keep the kinds of programmes of a host."""

from cohorts.models import Programme
from ct_platform.kit.actor import Actor


def can_see_programmes(actor: Actor) -> bool:
    """The host, who adds its own beside the network's."""
    return actor.is_host


def can_close_programme(actor: Actor, programme: Programme) -> bool:
    """The host whose own it is; the network's are nobody's here."""
    return actor.is_host and programme.organisation_id == actor.organisation_id
