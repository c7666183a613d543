"""Emptying the test database between transactional tests.

Triggers refuse to delete what was issued; that is their work. Here, and only here, they are set
aside while tables are emptied, and put back.
"""

from typing import Any

from django.db import connection


def set_triggers_aside_while_flushing() -> None:
    operations = type(connection.ops)
    plain = operations.sql_flush

    def flush(self: Any, style: Any, tables: list[str], **options: Any) -> list[str]:
        if self.connection.vendor == "postgresql":
            return _empty_what_is_full(self.connection, tables)
        return _without_triggers(self.connection, plain(self, style, tables, **options))

    operations.sql_flush = flush


def _without_triggers(on: Any, emptying: list[str]) -> list[str]:
    with on.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = cursor.fetchall()
    return [*(f'DROP TRIGGER "{name}"' for name, _ in found), *emptying, *(sql for _, sql in found)]


def _empty_what_is_full(on: Any, tables: list[str]) -> list[str]:
    """TRUNCATE rewrites the files of every table, full or not: seconds. A test fills a few tables
    with a few rows, and DELETE takes milliseconds; keys are judged once all of them are gone.
    """
    if not tables:
        return []
    with on.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")"  # noqa: S608 - our tables
                for table in tables
            )
        )
        full = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relhastriggers AND relname = ANY(%s)", [full]
        )
        guarded = [row[0] for row in cursor.fetchall()]
    return [
        *(f'ALTER TABLE "{table}" DISABLE TRIGGER USER' for table in guarded),
        *(f'DELETE FROM "{table}"' for table in full),  # noqa: S608 - our tables
        "SET CONSTRAINTS ALL IMMEDIATE",
        *(f'ALTER TABLE "{table}" ENABLE TRIGGER USER' for table in guarded),
    ]
