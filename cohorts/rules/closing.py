"""Judgement about closing a cohort: what stands in the way of the archive. Pure."""

from collections.abc import Collection


def is_passed(missing: Collection[str], explained: Collection[str]) -> bool:
    """Whether a written reason covers what is missing: it was written for these, and never for more."""
    return set(missing) <= set(explained)
