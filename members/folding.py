"""Folding a column in the database as `members.rules.fold` folds what is typed: É is e, a hyphen a space.

SQLite is taught the function itself; PostgreSQL translates letter by letter, with the same table. So
nothing is kept twice, and no extension is asked of the server.
"""

import sqlite3
from typing import Any

from django.db.models import CharField, Func, Value
from django.db.models.functions import Replace

from members.rules import fold

_SQLITE_NAME = "CT_FOLD"
# Latin letters with marks, and the marks alone when a text comes decomposed.
_LETTERS = [chr(code) for block in (range(0xC0, 0x250), range(0x1E00, 0x1F00)) for code in block]
_MARKS = [chr(code) for code in range(0x300, 0x370)]
_SIGNS = [chr(code) for code in range(0x21, 0xC0) if not fold(chr(code))]
_SIGNS += list("\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u2026\u202f\u2032")


def _letter_table() -> tuple[str, str, dict[str, str]]:
    """(from, to) of `translate`, letters beyond `to` being dropped; and those that become several."""
    source, target, several = [], [], {}
    for letter in _LETTERS:
        folded = fold(letter)
        if len(folded) == 1 and folded != letter:
            source.append(letter)
            target.append(folded)
        elif len(folded) > 1:
            several[letter] = folded
        elif not folded:
            source.append(letter)
            target.append(" ")
    source += _SIGNS + _MARKS
    target += [" "] * len(_SIGNS)
    return "".join(source), "".join(target), several


FROM, TO, SEVERAL = _letter_table()


class Folded(Func):
    """`Folded("name")`: lower-case letters and digits, words parted by spaces (one or more)."""

    function = "TRANSLATE"
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, function=_SQLITE_NAME, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Letters that become several first: `translate` gives one for one."""
        inner: Any = self.get_source_expressions()[0]
        for letter, folded in SEVERAL.items():
            inner = Replace(inner, Value(letter), Value(folded))
        lowered = Func(inner, function="LOWER", output_field=CharField())
        whole = Func(
            lowered, Value(FROM), Value(TO), function="TRANSLATE", output_field=CharField()
        )
        return compiler.compile(whole)


def teach_sqlite(sender: Any, connection: Any, **more: Any) -> None:
    """Give each new SQLite connection the function; a list without it would find nobody."""
    if connection.vendor == "sqlite":
        raw: sqlite3.Connection = connection.connection
        raw.create_function(_SQLITE_NAME, 1, _fold_or_null, deterministic=True)


def _fold_or_null(text: str | None) -> str | None:
    return None if text is None else fold(text)
