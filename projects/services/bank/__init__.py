"""Bank statements of a host: brought in once, matched line by line, forgotten where they are others'."""

from projects.services.bank.importing import choose_columns, drop_statement, import_statement
from projects.services.bank.matching import confirm_match, tell_apart, undo_match
from projects.services.bank.minding import forget_lines, forget_old

__all__ = [
    "choose_columns",
    "confirm_match",
    "drop_statement",
    "forget_lines",
    "forget_old",
    "import_statement",
    "tell_apart",
    "undo_match",
]
