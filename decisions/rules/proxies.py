"""Who may be represented by whom in one poll. Pure. Source: voting.md, §1 and the statutes."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

Person = TypeVar("Person", bound=Hashable)


class Reason(StrEnum):
    GIVER_NOT_ON_ROLL = "giver_not_on_roll"
    HOLDER_NOT_ON_ROLL = "holder_not_on_roll"
    SELF = "self"
    TWICE = "twice"
    CHAIN = "chain"
    TOO_MANY = "too_many"


SENTENCES: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.GIVER_NOT_ON_ROLL: "Cette personne n’est pas sur la liste de ce vote.",
        Reason.HOLDER_NOT_ON_ROLL: "La personne choisie n’est pas sur la liste de ce vote.",
        Reason.SELF: "On ne se donne pas procuration à soi-même.",
        Reason.TWICE: "Cette personne a déjà donné sa procuration pour ce vote.",
        Reason.CHAIN: "Une personne qui porte une voix ne donne pas la sienne, et l’inverse.",
        Reason.TOO_MANY: "La personne choisie porte déjà le nombre de voix permis.",
    }
)


def refusals(
    given: Iterable[tuple[Person, Person]], roll: Collection[Person], per_holder: int
) -> dict[Person, Reason]:
    """Read proxies (giver, holder) in the order they were given; say which givers are refused.

    An earlier proxy stands, a later one that conflicts with it is refused: to try one more, put it
    last. No chain: whoever holds one gives none, and the reverse. ValueError if `per_holder` < 0.
    """
    if per_holder < 0:
        raise ValueError("a number of proxies is not negative")
    holders: dict[Person, Person] = {}
    held: Counter[Person] = Counter()
    refused: dict[Person, Reason] = {}
    for giver, holder in given:
        reason = None
        if giver not in roll:
            reason = Reason.GIVER_NOT_ON_ROLL
        elif holder not in roll:
            reason = Reason.HOLDER_NOT_ON_ROLL
        elif giver == holder:
            reason = Reason.SELF
        elif giver in holders:
            reason = Reason.TWICE
        elif held[giver] or holder in holders:
            reason = Reason.CHAIN
        elif held[holder] >= per_holder:
            reason = Reason.TOO_MANY
        if reason:
            refused[giver] = reason
        else:
            holders[giver] = holder
            held[holder] += 1
    return refused
