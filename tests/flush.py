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
        before, after = _triggers(self.connection)
        return [*before, *plain(self, style, tables, **options), *after]

    operations.sql_flush = flush


def _triggers(on: Any) -> tuple[list[str], list[str]]:
    with on.cursor() as cursor:
        if on.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = cursor.fetchall()
            return [f'DROP TRIGGER "{name}"' for name, _ in found], [sql for _, sql in found]
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
        )
        tables = [row[0] for row in cursor.fetchall()]
    return (
        [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables],
        [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables],
    )
