"""The roll: who votes. Frozen at opening, and its hash kept beside it. Pure."""

import hashlib
from collections.abc import Iterable


def roll_hash(poll_id: int, enrolment_ids: Iterable[int]) -> str:
    """SHA-256 (hex) of the poll and its sorted roll: anybody can compare it with the list.

    Bytes hashed: "poll:<id>" then one enrolment id a line, ascending. Listing order is nothing.
    """
    lines = [f"poll:{poll_id}", *(str(one) for one in sorted(enrolment_ids))]
    return hashlib.sha256("\n".join(lines).encode("ascii")).hexdigest()
