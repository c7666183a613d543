"""A world written once and laid again: its rows as plain INSERTs, its objects as a pickle.

Thousands of tests begin with the same people. Written through the models they cost as much as the test
itself; laid again, with the same keys and fresh objects, they cost a tenth.
"""

import pickle
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import IntegrityError, connection, transaction

from ct_platform.kit import clock

World = TypeVar("World")
_INSERT = re.compile(r'INSERT INTO "(\w+)"')
_LAID: dict[Hashable, tuple[list[str], bytes]] = {}


def laid_again(build: Callable[[], World], ground: Hashable) -> World:
    """What `build()` gives, in a transaction that a test rolls back.

    `build` may only add rows, and touches nothing but the database. `ground` names what its rows lean
    on and did not write: laid on another ground, or at another hour, they are built again.
    """
    if not connection.in_atomic_block:
        return build()
    world = (build, ground, clock.now())
    if world not in _LAID:
        added = _Added()
        with connection.execute_wrapper(added):
            built = build()
        _LAID[world] = added.as_statements(), pickle.dumps(built)
        return built
    statements, objects = _LAID[world]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    except IntegrityError:  # the test wrote first, and has these keys
        return build()
    fresh: World = pickle.loads(objects)  # noqa: S301 - our own, of this process
    return fresh


@dataclass
class _Added:
    """Hears INSERTs go by, and writes the rows they left as one statement a table."""

    before: dict[str, list[int]] = field(default_factory=dict)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if (found := _INSERT.match(sql)) and found[1] not in self.before:
            self.before[found[1]] = []
            self.before[found[1]] = [row[0] for row in _ask(f'SELECT id FROM "{found[1]}"')]  # noqa: S608 - our tables
        return execute(sql, params, many, context)

    def as_statements(self) -> list[str]:
        return [_insert(table, keys) for table, keys in self.before.items()]


def _insert(table: str, but: list[int]) -> str:
    """One INSERT of every row of `table` whose key is not among `but`, values written out."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')  # noqa: S608 - our tables
        names = [f'"{column[0]}"' for column in cursor.description]
    quoted = "quote_nullable({}::text)" if connection.vendor == "postgresql" else "quote({})"
    values = " || ',' || ".join(quoted.format(name) for name in names)
    others = f"WHERE id NOT IN ({','.join(map(str, but))})" if but else ""
    rows = _ask(f'SELECT {values} FROM "{table}" {others} ORDER BY id')  # noqa: S608 - our tables
    written = ",".join(f"({row[0]})" for row in rows)
    return f'INSERT INTO "{table}" ({",".join(names)}) VALUES {written}'  # noqa: S608 - our tables


def _ask(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
