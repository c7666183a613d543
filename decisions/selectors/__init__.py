"""What pages and neighbours read about votes."""

from decisions.selectors.register import all_in_force, in_force, outcomes_of
from decisions.selectors.running import Turnout, turnout_of
from decisions.selectors.statutes import statutes_in_force
from decisions.selectors.taking_part import next_to_vote

__all__ = [
    "Turnout",
    "all_in_force",
    "in_force",
    "next_to_vote",
    "outcomes_of",
    "statutes_in_force",
    "turnout_of",
]
