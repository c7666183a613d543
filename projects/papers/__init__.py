"""Kinds of papers that projects knows: one module each, registered from ready()."""

from projects.papers.invoice import DOCUMENT_KINDS as INVOICE_KINDS
from projects.papers.participation import KIND, PARTICIPATION, context, kind_words, title

__all__ = ["INVOICE_KINDS", "KIND", "PARTICIPATION", "context", "kind_words", "title"]
