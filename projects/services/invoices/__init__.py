"""Invoices in the host's name: drafted, looked at, issued with a gapless number, corrected by credit notes."""

from projects.services.invoices.credit_notes import (
    Reissue,
    credit_amounts,
    credit_lines,
    credit_whole,
    groups_of,
    reissue,
)
from projects.services.invoices.crediting import is_wholly_credited, left_to_credit
from projects.services.invoices.deposits import deposits_to_take_off, taken_off
from projects.services.invoices.drafts import change_draft, drop_draft, write_draft
from projects.services.invoices.from_quotes import ask_deposit, invoice_quote
from projects.services.invoices.host_numbers import number_by_host
from projects.services.invoices.issuing import issue_invoice, preview_invoice
from projects.services.invoices.messages import mail_invoice, note_handed
from projects.services.invoices.validation import (
    approve_invoice,
    send_back_invoice,
    submit_invoice,
)

__all__ = [
    "Reissue",
    "approve_invoice",
    "ask_deposit",
    "change_draft",
    "credit_amounts",
    "credit_lines",
    "credit_whole",
    "deposits_to_take_off",
    "drop_draft",
    "groups_of",
    "invoice_quote",
    "is_wholly_credited",
    "issue_invoice",
    "left_to_credit",
    "mail_invoice",
    "note_handed",
    "number_by_host",
    "preview_invoice",
    "reissue",
    "send_back_invoice",
    "submit_invoice",
    "taken_off",
    "write_draft",
]
