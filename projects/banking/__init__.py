"""Reading the files banks give: which lines are credits, of which day, in which words."""

from projects.banking.lines import (
    MAX_BYTES,
    Columns,
    Doubt,
    Read,
    ReadLine,
    StatementRefused,
    check_size,
)
from projects.banking.reading import read_statement

__all__ = [
    "MAX_BYTES",
    "Columns",
    "Doubt",
    "Read",
    "ReadLine",
    "StatementRefused",
    "check_size",
    "read_statement",
]
