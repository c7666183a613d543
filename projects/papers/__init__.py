"""Kinds of papers that projects knows: one module each, registered from ready()."""

from projects.papers.invoice import DOCUMENT_KINDS
from projects.papers.participation import KIND, PARTICIPATION, context, kind_words, title
from projects.papers.quote import QUOTE

KINDS = (PARTICIPATION, QUOTE, *DOCUMENT_KINDS)

__all__ = ["KIND", "KINDS", "PARTICIPATION", "context", "kind_words", "title"]
