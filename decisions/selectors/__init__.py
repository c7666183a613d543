"""What pages and neighbours read about votes."""

from decisions.selectors.discussion import under_discussion
from decisions.selectors.register import all_in_force, in_force, outcomes_of
from decisions.selectors.running import Turnout, turnout_of
from decisions.selectors.statutes import statutes_in_force
from decisions.selectors.taking_part import waiting_for

__all__ = [
    "Turnout",
    "all_in_force",
    "in_force",
    "outcomes_of",
    "statutes_in_force",
    "turnout_of",
    "under_discussion",
    "waiting_for",
]
