"""How much of a result may be shown, so that no choice can be guessed. Pure.

Small numbers speak: among six ballots, five "for" tell every "for" voter who the sixth is. Source:
voting.md, §6, Publication.
"""

from collections.abc import Mapping
from typing import Any

Level = str  # full, counts, outcome_only
Secrecy = str  # open, secret, sealed
FULL: Level = "full"
COUNTS: Level = "counts"
OUTCOME_ONLY: Level = "outcome_only"
OPEN: Secrecy = "open"
# From how many ballots cast the counts of a secret poll are shown; on how many it may be opened.
LEAST_COUNTS, LEAST_ROLL = 10, 5
KEPT = ("format", "method", "poll", "roll", "present", "quorum", "outcome", "winners")


def may_open(secrecy: Secrecy, roll: int) -> bool:
    """A secret poll needs a roll of five; an open one hides nothing."""
    return secrecy == OPEN or roll >= LEAST_ROLL


def level(*, secrecy: Secrecy, about_person: bool, roll: int, cast: int) -> Level:
    """Open: everything, names included. Secret: counts from ten ballots cast, never on a person.

    Raises ValueError for a secrecy that is unknown, or a secret poll that could not be opened.
    """
    if secrecy not in ("open", "secret", "sealed") or not 0 <= cast <= roll:
        raise ValueError("unknown secrecy, or more ballots than people")
    if not may_open(secrecy, roll):
        raise ValueError("no secret poll under five people")
    if secrecy == OPEN:
        return FULL
    return OUTCOME_ONLY if about_person or cast < LEAST_COUNTS else COUNTS


def published(result: Mapping[str, Any], level: Level) -> dict[str, Any]:
    """A `ct-tally/1` without what the level forbids; no ballot of anyone is ever in there.

    outcome_only keeps what is decided and the quorum: no ranking, count, blank, tie or lot. A
    missed quorum of a secret poll shows no count at any level: its urn is destroyed unopened.
    """
    if level == FULL:
        return dict(result)
    if level == COUNTS and result["quorum"]["reached"]:
        return dict(result)
    return {key: result[key] for key in KEPT if key in result}
