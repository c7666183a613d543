"""Append-only tables: the database itself refuses to change or delete their rows, on both databases.

Idempotent. On SQLite a migration that rebuilds a guarded table loses its triggers: guard it again.
The PostgreSQL functions come from 0003_append_only.
"""

from collections.abc import Iterable
from typing import Any


def guard(schema_editor: Any, tables: Iterable[str]) -> None:
    unguard(schema_editor, tables)
    for table in tables:
        if schema_editor.connection.vendor == "postgresql":
            _run(
                schema_editor,
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION payroll_append_only()",
            )
            _run(
                schema_editor,
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION payroll_no_truncate()",
            )
            continue
        for act in ("UPDATE", "DELETE"):
            _run(
                schema_editor,
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only: {table} refuses {act}'); END",
            )


def unguard(schema_editor: Any, tables: Iterable[str]) -> None:
    for table in tables:
        if schema_editor.connection.vendor == "postgresql":
            for name in ("append_only", "no_truncate"):
                _run(schema_editor, f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
            continue
        for act in ("update", "delete"):
            _run(schema_editor, f"DROP TRIGGER IF EXISTS {table}_no_{act}")


def _run(schema_editor: Any, sql: str) -> None:
    schema_editor.execute(sql, params=None)
