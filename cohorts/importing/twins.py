"""The same person written twice in one file. Pure."""

from collections import defaultdict
from collections.abc import Sequence

from cohorts.importing.rows import Row
from members.rules import Identity, Likeness, likely_same, marks_of


def identity_of(row: Row) -> Identity:
    return Identity(
        row.text("first_name"),
        row.text("last_name"),
        row.day("birth_date"),
        row.text("email"),
        row.text("phone"),
    )


def earlier_twins(rows: Sequence[Row]) -> dict[int, tuple[Row, Likeness]]:
    """Row number → the earlier row it looks most like, and why. Rows must be free of errors.

    Compares only rows that share a name, a birth date or a contact: cost grows with the number of
    rows, not with its square.
    """
    order = list(Likeness)
    seen: dict[str, list[tuple[Row, Identity]]] = defaultdict(list)
    found: dict[int, tuple[Row, Likeness]] = {}
    for row in rows:
        identity = identity_of(row)
        marks = list(marks_of(identity))
        near = {other.number: (other, known) for mark in marks for other, known in seen[mark]}
        alike = [
            (order.index(likeness), other.number, other, likeness)
            for other, known in near.values()
            if (likeness := likely_same(identity, known)) is not None
        ]
        if alike:
            _rank, _number, other, likeness = min(alike, key=lambda one: one[:2])
            found[row.number] = (other, likeness)
        for mark in marks:
            seen[mark].append((row, identity))
    return found
