"""Where synthetic rows go: COPY on PostgreSQL, many rows a statement on SQLite. Keys are given here.

Rows wait in memory until `flush`, which writes table after table in the order they were named, so
that what is pointed at is written first. Nothing is checked by forms or services: the constraints and
triggers of the database are.
"""

import datetime as dt
import io
import json
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.db import connection, models
from django.db.models import NOT_PROVIDED, Max

Row = list[str | None]
# SQLite takes so many values in one statement, and no more.
_SQLITE_VALUES = 30_000
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def plain(value: Any) -> str | None:
    """A value as both databases read it: ISO days, instants in UTC, JSON as text, booleans as 0 or 1."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int | Decimal | dt.date):
        return str(value)
    raise TypeError(f"no plain form for {value!r}")


class _Table:
    """One model: its columns, what stands in those that nobody gives, and the next free key."""

    def __init__(self, model: type[models.Model], at: dt.datetime) -> None:
        self.model = model
        fields = model._meta.concrete_fields
        self.columns = [str(field.column) for field in fields]
        self.defaults = {field.attname: _default_of(field) for field in fields}
        if "created_at" in self.defaults:
            self.defaults["created_at"] = plain(at)
        last = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        self.next_key: int = last + 1
        self.rows: list[Row] = []


def _default_of(field: "models.Field[Any, Any]") -> str | None:
    if field.default is NOT_PROVIDED:
        return None if field.null or not field.empty_strings_allowed else ""
    given = field.default() if callable(field.default) else field.default
    return plain(given) if isinstance(given, str | int | dict | list | Decimal) else None


class Sink:
    def __init__(self, order: Sequence[type[models.Model]], at: dt.datetime, salt: str) -> None:
        """`order`: every table, those that are pointed at first; `at`: when the rows are made.

        `salt` changes with each run, so that two of the same seed give other codes.
        """
        self._tables = {model: _Table(model, at) for model in order}
        self._codes = random.Random(salt)  # noqa: S311 - invented data, not a secret
        self.written = 0

    def key(self, model: type[models.Model]) -> int:
        """Take the next key of a table, for a row whose key others need first."""
        table = self._tables[model]
        table.next_key += 1
        return table.next_key - 1

    def bits(self) -> int:
        """128 bits, for a code or a UUID that nobody else has."""
        return self._codes.getrandbits(128)

    def uuid(self) -> str:
        """32 hexadecimal digits, which both databases read as a UUID."""
        return f"{self.bits():032x}"

    def coming(self, model: type[models.Model]) -> int:
        """The key the next row of a table will have."""
        return self._tables[model].next_key

    def add(self, model: type[models.Model], **values: Any) -> int:
        """Keep one row for the next flush, the rest being what the model says by itself; its key."""
        key: int = values.pop("id", 0) or self.key(model)
        table = self._tables[model]
        given = {name: plain(value) for name, value in values.items()}
        given["id"] = str(key)
        row = table.defaults | given
        if len(row) != len(table.columns):
            raise ValueError(f"{model.__name__} has no {sorted(set(row) - set(table.defaults))}")
        table.rows.append(list(row.values()))
        return key

    def maker(self, model: type[models.Model], names: Sequence[str]) -> "Maker":
        """A quicker `add` for a table of millions: values already plain, always of these columns."""
        return Maker(self._tables[model], names)

    def flush(self) -> None:
        for table in self._tables.values():
            if table.rows:
                _write(table)
                self.written += len(table.rows)
                table.rows = []

    def settle_keys(self) -> None:
        """The database gives keys after ours from now on; what it has given already it gives no more."""
        if connection.vendor != "postgresql":
            return  # SQLite looks at the rows
        with connection.cursor() as cursor:
            for model in self._tables:
                name = connection.ops.quote_name(model._meta.db_table)
                keys = f"SELECT pg_get_serial_sequence('{name}', 'id')::regclass AS given"
                last = f"GREATEST(pg_sequence_last_value(given), (SELECT MAX(id) FROM {name}))"  # noqa: S608 - our own names
                statement = f"SELECT setval(given, {last}) FROM ({keys}) AS keys"  # noqa: S608 - the same
                cursor.execute(statement)


class Maker:
    def __init__(self, table: _Table, names: Sequence[str]) -> None:
        self._table = table
        places = list(table.defaults)
        self._at = [places.index(name) for name in names]
        self._empty: Row = list(table.defaults.values())

    def __call__(self, *values: str | None) -> int:
        table = self._table
        row = self._empty.copy()
        key = table.next_key
        table.next_key = key + 1
        row[0] = str(key)
        for place, value in zip(self._at, values, strict=True):
            row[place] = value
        table.rows.append(row)
        return key


@contextmanager
def checked_at_once() -> Iterator[None]:
    """Foreign keys are judged row by row, not all together at the end: the memory stays flat."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield


def _write(table: _Table) -> None:
    name = connection.ops.quote_name(table.model._meta.db_table)
    columns = ", ".join(map(connection.ops.quote_name, table.columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.cursor.copy_expert(f"COPY {name} ({columns}) FROM STDIN", _copied(table.rows))
            return
        at_once = _SQLITE_VALUES // len(table.columns)
        one = f"({', '.join(['%s'] * len(table.columns))})"
        for start in range(0, len(table.rows), at_once):
            rows = table.rows[start : start + at_once]
            values = ", ".join([one] * len(rows))
            sql = f"INSERT INTO {name} ({columns}) VALUES {values}"  # noqa: S608 - our own names
            cursor.execute(sql, [value for row in rows for value in row])


def _copied(rows: list[Row]) -> io.StringIO:
    lines = (
        "\t".join(
            "\\N" if value is None else value.translate(_ESCAPED) if _is_odd(value) else value
            for value in row
        )
        for row in rows
    )
    return io.StringIO("\n".join(lines) + "\n")


def _is_odd(value: str) -> bool:
    return "\\" in value or "\t" in value or "\n" in value or "\r" in value
