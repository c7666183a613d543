"""Who lets somebody back in: one checks, another approves. The button and the door ask the same."""

from cohorts.enums.recovery import RecoveryState
from cohorts.models import RecoveryRequest
from cohorts.rules.recovery import Signer, may_sign_second
from ct_platform.kit.actor import Actor


def signer_of(actor: Actor) -> Signer:
    return Signer(actor.person_id, actor.is_host)


def can_see_recoveries(actor: Actor) -> bool:
    """Coordinations and hosts; each sees its own (RecoveryQuerySet.visible_to)."""
    return actor.is_coordinator or actor.is_host


def can_check(actor: Actor, request: RecoveryRequest) -> bool:
    """Whoever sees the request, while nobody has said who it is."""
    return can_see_recoveries(actor) and request.is_received


def can_approve(actor: Actor, request: RecoveryRequest) -> bool:
    """Somebody else than who checked, and not the person; the host is one of the two."""
    if not can_see_recoveries(actor) or not request.is_checked or request.checked_by_id is None:
        return False
    first = Signer(request.checked_by_id, request.checked_by_host)
    return actor.person_id != request.person_id and may_sign_second(
        first=first, second=signer_of(actor)
    )


def can_renew_card(actor: Actor, request: RecoveryRequest) -> bool:
    """One of the two who signed, while the card has not served: a paper is lost, a mail bounces."""
    return (
        can_see_recoveries(actor)
        and request.is_approved
        and actor.person_id in (request.checked_by_id, request.approved_by_id)
    )


def can_refuse(actor: Actor, request: RecoveryRequest) -> bool:
    """Whoever sees it and is not the person, until somebody has entered."""
    return (
        can_see_recoveries(actor)
        and actor.person_id != request.person_id
        and request.state in (RecoveryState.RECEIVED, RecoveryState.CHECKED, RecoveryState.APPROVED)
    )
