"""How one question is decided, as data: a method, its rule, how secret. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from decisions.rules import choice
from decisions.rules.publication import OPEN, Secrecy


@dataclass(frozen=True, slots=True)
class Terms:
    """`method` and `rule` as in the ballots file (rules/tally.py); the rule may leave defaults out."""

    method: str = choice.CODE
    rule: Mapping[str, Any] = field(default_factory=dict)
    secrecy: Secrecy = OPEN
