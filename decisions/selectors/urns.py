"""Whether the urn of a secret vote can still be counted, and what is said when it cannot."""

from django.utils.translation import gettext as _

from decisions.enums import PollState
from decisions.models import Elector, KeyHolder, Poll, UrnBallot

HOLDERS = 3
WAITED_FOR = (PollState.ANNOUNCED, PollState.OPEN, PollState.CLOSED)


def agrees(poll: Poll) -> bool:
    """Whether there are as many ballots as used votes. Two queries."""
    inside = UrnBallot.objects.filter(poll=poll).count()
    return inside == Elector.objects.filter(poll=poll, used=True).count()


def is_lost(poll: Poll) -> bool:
    """Whether a vote not counted yet never can be: ballots or keys are missing, as after a restore.

    Three queries for a sealed poll, two for a secret one, none for others.
    """
    if not poll.is_secret or poll.state not in WAITED_FOR:
        return False
    if poll.is_sealed and KeyHolder.objects.filter(poll=poll).count() != HOLDERS:
        return True
    return not agrees(poll)


def void_reason() -> str:
    """Why a vote whose urn was lost or changed is void: everybody reads it."""
    return _(
        "L’urne de ce vote a été perdue ou changée : serveur remis d’une sauvegarde, ou base modifiée. "
        "On ne peut pas compter. Le vote est nul, on revote."
    )
