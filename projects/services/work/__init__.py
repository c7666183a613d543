"""Hours: noted by their author, confirmed by a colleague, locked by a pay run."""

from projects.services.work.attended import note_attended
from projects.services.work.confirmation import confirm_hours, confirm_one, question_hours
from projects.services.work.entries import (
    change_hours,
    keep_hours,
    note_hours,
    repeat_day,
    withdraw_hours,
)
from projects.services.work.from_task import note_task
from projects.services.work.offers import (
    accept_hours,
    decline_hours,
    offer_hours,
    take_back_hours,
)
from projects.services.work.pay import lock_for_run, unlock_run
from projects.services.work.weeks import declare_week

__all__ = [
    "accept_hours",
    "change_hours",
    "confirm_hours",
    "confirm_one",
    "declare_week",
    "decline_hours",
    "keep_hours",
    "lock_for_run",
    "note_attended",
    "note_hours",
    "note_task",
    "offer_hours",
    "question_hours",
    "repeat_day",
    "take_back_hours",
    "unlock_run",
    "withdraw_hours",
]
