"""From the question to the method: what the chooser recommends, as data. Pure.

Source: voting.md, §4. A recommendation, not a limit: `alternatives` are methods that also fit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from decisions.rules.publication import OPEN, Secrecy

SEALED: Secrecy = "sealed"


class Subject(StrEnum):
    LIVING_RULE = "living_rule"
    YES_NO = "yes_no"
    STATUTES = "statutes"
    ONE_SHARING_RULE = "one_sharing_rule"
    SEVERAL_SHARING_RULES = "several_sharing_rules"
    ELECT_ONE = "elect_one"
    ELECT_SEVERAL = "elect_several"
    EXCLUDE = "exclude"
    ADMIT = "admit"
    RECALL = "recall"  # end somebody's mandate before its day
    PICK = "pick"  # a name, a menu, a day
    ORDER = "order"
    SPEND_RESERVE = "spend_reserve"


# They concern a person by name: sealed, and only the outcome is published.
ABOUT_A_PERSON = frozenset(
    {Subject.ELECT_ONE, Subject.ELECT_SEVERAL, Subject.EXCLUDE, Subject.ADMIT, Subject.RECALL}
)


@dataclass(frozen=True, slots=True)
class Advice:
    """A method code, the part of its rule that is not default, and how secret it should be."""

    method: str
    rule: Mapping[str, Any] = field(default_factory=dict)
    secrecy: Secrecy = OPEN
    alternatives: tuple[str, ...] = ()


TWO_THIRDS = MappingProxyType({"majority": "qualified", "fraction": "2/3", "base": "expressed"})
TWO_THIRDS_OF_ROLL = MappingProxyType({**TWO_THIRDS, "base": "roll"})

ADVICE: Mapping[Subject, Advice] = MappingProxyType(
    {
        Subject.LIVING_RULE: Advice("consent", {"fallback": dict(TWO_THIRDS)}, OPEN, ("majority",)),
        Subject.YES_NO: Advice("majority", {"majority": "simple"}, OPEN, ("consent",)),
        Subject.STATUTES: Advice("majority", TWO_THIRDS),
        Subject.ONE_SHARING_RULE: Advice("majority", TWO_THIRDS, SEALED, ("consent",)),
        # The rule in force stands among the options.
        Subject.SEVERAL_SHARING_RULES: Advice(
            "majority-judgment", {}, SEALED, ("ranked", "approval", "choice")
        ),
        Subject.ELECT_ONE: Advice("majority-judgment", {}, SEALED, ("approval", "choice")),
        # How many seats is asked: there is no good default.
        Subject.ELECT_SEVERAL: Advice("approval", {}, SEALED),
        Subject.EXCLUDE: Advice("majority", TWO_THIRDS_OF_ROLL, SEALED),
        Subject.ADMIT: Advice("majority", TWO_THIRDS, SEALED),
        # More than half, as it takes to be given.
        Subject.RECALL: Advice("majority", {"majority": "absolute", "base": "expressed"}, SEALED),
        Subject.PICK: Advice("approval", {}, OPEN, ("choice", "majority-judgment", "ranked")),
        Subject.ORDER: Advice("ranked", {}, OPEN, ("majority-judgment", "approval")),
        # The budget is asked.
        Subject.SPEND_RESERVE: Advice("equal-shares", {}, OPEN, ("approval", "ranked")),
    }
)


def advise(subject: Subject) -> Advice:
    return ADVICE[subject]
