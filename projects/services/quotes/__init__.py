"""Quotes: written, validated by the host when it asks, sent, answered by a link, taken up by an invoice."""

from projects.services.quotes.answers import accept_quote, let_lapse, refuse_quote
from projects.services.quotes.approval import approve_quote, send_back_quote, submit_quote
from projects.services.quotes.drafts import QuoteSaid, change_quote, replace_quote, write_quote
from projects.services.quotes.sending import send_quote

__all__ = [
    "QuoteSaid",
    "accept_quote",
    "approve_quote",
    "change_quote",
    "let_lapse",
    "refuse_quote",
    "replace_quote",
    "send_back_quote",
    "send_quote",
    "submit_quote",
    "write_quote",
]
