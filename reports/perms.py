"""Who may read and freeze reports. Scope (whose cohort) is held by the querysets."""

from ct_platform.kit.actor import Actor


def can_follow(actor: Actor) -> bool:
    """Partners, and staff who read what partners read. A coopérant has their own pages."""
    return not actor.is_cooperant


def can_freeze(actor: Actor) -> bool:
    """The coordinator of the territory, who also sees the report before it is frozen."""
    return actor.is_coordinator
