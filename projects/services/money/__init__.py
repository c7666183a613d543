"""Money in and out of the projects: recorded, paid, corrected, struck out, counted by a pay run."""

from projects.services.money._agreed import AtPrice
from projects.services.money.corrections import (
    change_expense,
    change_sale,
    mark_paid,
    withdraw_movement,
)
from projects.services.money.records import add_project, record_expense, record_sale
from projects.services.money.settlement import Settlement, settle_for_run, unsettle_run

__all__ = [
    "AtPrice",
    "Settlement",
    "add_project",
    "change_expense",
    "change_sale",
    "mark_paid",
    "record_expense",
    "record_sale",
    "settle_for_run",
    "unsettle_run",
    "withdraw_movement",
]
