"""Kinds of papers that projects knows: one module each, registered from ready()."""

from projects.papers.participation import KIND, PARTICIPATION, context, kind_words, title

__all__ = ["KIND", "PARTICIPATION", "context", "kind_words", "title"]
