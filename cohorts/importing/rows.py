"""What was read of a spreadsheet, in a shape that is kept as JSON until somebody confirms it."""

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell cannot be taken as it is. `reason` is a sentence without its place."""

    number: int  # of the row, as the spreadsheet shows it
    column: str  # the heading, as it is written in the file
    value: str
    reason: str

    @property
    def sentence(self) -> str:
        return _("Ligne %(row)d, colonne « %(column)s » : %(reason)s") % {
            "row": self.number,
            "column": self.column,
            "reason": self.reason,
        }


@dataclass(slots=True)
class Row:
    """One person of the file. `values` by column code: dates ISO, phones E.164, durations minutes."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def day(self, code: str) -> dt.date | None:
        return dt.date.fromisoformat(self.values[code]) if self.values.get(code) else None

    def text(self, code: str) -> str:
        return self.values.get(code, "")

    @property
    def name(self) -> str:
        return f"{self.text('first_name')} {self.text('last_name')}".strip()


@dataclass(slots=True)
class ReadFile:
    """A whole file as read. `notes` are sentences about what was left aside."""

    rows: list[Row]
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "ReadFile":
        rows = [
            Row(
                number=row["number"],
                values=row["values"],
                errors=[Problem(**problem) for problem in row["errors"]],
                warnings=[Problem(**problem) for problem in row["warnings"]],
            )
            for row in kept["rows"]
        ]
        return cls(rows=rows, notes=kept["notes"])
