"""The cash box after a market: counted by two people, shared out by rate, carried to the host."""

from projects.services.cash.counting import Counted, open_count, tally
from projects.services.cash.handing import hand_over, take_back
from projects.services.cash.settling import Part, counter_count, decide, split_takings

__all__ = [
    "Counted",
    "Part",
    "counter_count",
    "decide",
    "hand_over",
    "open_count",
    "split_takings",
    "take_back",
    "tally",
]
