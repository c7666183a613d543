"""Who may do what with votes. Rows are found by `visible_to` first: other cohorts are unknown (404).

Coordinators support and never decide: they open, cancel and close votes, and cannot vote.
"""

from cohorts.models import Cohort
from ct_platform.kit.actor import Actor
from decisions.models import KeyHolder, Poll


def may_take_part(actor: Actor) -> bool:
    """Coopérants: see what is to decide, and vote when the roll names them."""
    return actor.is_cooperant


def may_run_votes(actor: Actor, cohort: Cohort) -> bool:
    """Coordinator of the territory: open, follow, cancel, close."""
    return actor.is_coordinator and actor.territory_id == cohort.territory_id


def may_run_poll(actor: Actor, poll: Poll) -> bool:
    return may_run_votes(actor, poll.proposal.cohort)


def may_keep_key(actor: Actor, holder: KeyHolder | None) -> bool:
    """The person drawn, from the seat they were drawn in: a coordinator's key is no coopérant's."""
    if holder is None or holder.person_id != actor.person_id:
        return False
    return actor.is_coordinator if holder.is_coordinator else actor.is_cooperant
