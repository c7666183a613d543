"""The sums of a document of ballots, to hold them against the ballots themselves."""

from collections.abc import Mapping
from typing import Any

from decisions.rules.document import read


def aggregated(document: Mapping[str, Any]) -> dict[str, Any]:
    """The same document without its ballots, only their sums: the form a secret poll exports."""
    given = read(document)
    rest = {key: value for key, value in document.items() if key != "ballots"}
    return rest | {
        "aggregate": given.votes,
        "cast": given.election.cast,
        "blank": given.election.blank,
    }
