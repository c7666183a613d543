"""Expenses with their receipts: sent from a phone, answered by the coordination, noted from a page."""

from projects.services.spending.claims import (
    accept_claim,
    refuse_claim,
    send_claim,
    take_back_claim,
)
from projects.services.spending.expenses import change_noted, note_expense
from projects.services.spending.receipts import keep_receipt, read_receipt

__all__ = [
    "accept_claim",
    "change_noted",
    "keep_receipt",
    "note_expense",
    "read_receipt",
    "refuse_claim",
    "send_claim",
    "take_back_claim",
]
