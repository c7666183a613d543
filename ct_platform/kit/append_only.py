"""Append-only tables: the database itself refuses to change or delete their rows, on both databases.

For migrations. Idempotent. On SQLite a later migration that rebuilds a guarded table loses its
triggers and must guard it again.
"""

from collections.abc import Iterable
from typing import Any

_POSTGRES = """
CREATE OR REPLACE FUNCTION kit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % refuses %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
-- Emptying an empty table harms nobody, and tests do it between each other.
CREATE OR REPLACE FUNCTION kit_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE filled boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', TG_TABLE_NAME) INTO filled;
    IF filled THEN
        RAISE EXCEPTION 'append-only: % refuses TRUNCATE', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""


def guard(schema_editor: Any, tables: Iterable[str]) -> None:
    names = list(tables)
    unguard(schema_editor, names)
    if schema_editor.connection.vendor == "postgresql":
        _run(schema_editor, _POSTGRES)
    for table in names:
        if schema_editor.connection.vendor == "postgresql":
            _run(
                schema_editor,
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION kit_append_only()",
            )
            _run(
                schema_editor,
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION kit_no_truncate()",
            )
            continue
        for act in ("UPDATE", "DELETE"):
            _run(
                schema_editor,
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only: {table} refuses {act}'); END",
            )


def unguard(schema_editor: Any, tables: Iterable[str]) -> None:
    """Take the triggers away. The two PostgreSQL functions stay: other tables may use them."""
    for table in tables:
        if schema_editor.connection.vendor == "postgresql":
            for name in ("append_only", "no_truncate"):
                _run(schema_editor, f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
            continue
        for act in ("update", "delete"):
            _run(schema_editor, f"DROP TRIGGER IF EXISTS {table}_no_{act}")


def _run(schema_editor: Any, sql: str) -> None:
    schema_editor.execute(sql, params=None)
