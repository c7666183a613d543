"""What somebody is shown once they gave news, on the page of their link: a registry.

No message of its own: who said stop to the news is asked nothing here either.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from cohorts.models import Enrolment


@dataclass(frozen=True, slots=True)
class Proposal:
    title: str
    text: str
    url: str
    action: str


Proposer = Callable[[Enrolment, dt.date], Proposal | None]
_proposers: list[Proposer] = []


def register(proposer: Proposer) -> None:
    """`proposer(enrolment, today)` gives one proposal, or None; three queries at most."""
    if proposer not in _proposers:
        _proposers.append(proposer)


def proposals_for(enrolment: Enrolment, today: dt.date) -> list[Proposal]:
    found = (one(enrolment, today) for one in _proposers)
    return [proposal for proposal in found if proposal is not None]
