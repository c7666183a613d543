"""Rows that freeze at a moment of their life: the database itself refuses to change them afterwards.

For migrations, on both databases. Unlike `append_only`, a row lives freely until it meets a condition
(an invoice until it is issued); its children freeze with it. Idempotent. On SQLite a later migration
that rebuilds a guarded table loses its triggers and must guard it again.
"""

from typing import Any

_ACTS = ("UPDATE", "DELETE")


def guard(schema_editor: Any, table: str, frozen: str) -> None:
    """Refuse UPDATE and DELETE of rows of `table` that met `frozen`, SQL on one column of the old row:
    "state = 'issued'"."""
    _guard(schema_editor, table, dict.fromkeys(_ACTS, f"OLD.{frozen}"))


def guard_children(schema_editor: Any, table: str, key: str, parent: str, frozen: str) -> None:
    """Refuse to add, change or take away rows of `table` whose `parent` (by `key`) met `frozen`."""

    def holds(row: str) -> str:
        where = f"WHERE id = {row}.{key} AND {frozen}"
        return f"EXISTS (SELECT 1 FROM {parent} {where})"  # noqa: S608 - our own names

    _guard(
        schema_editor,
        table,
        {
            "INSERT": holds("NEW"),
            "UPDATE": f"{holds('OLD')} OR {holds('NEW')}",
            "DELETE": holds("OLD"),
        },
    )


def unguard(schema_editor: Any, table: str) -> None:
    for act in ("insert", "update", "delete"):
        if schema_editor.connection.vendor == "postgresql":
            _run(schema_editor, f"DROP TRIGGER IF EXISTS {table}_frozen_{act} ON {table}")
            _run(schema_editor, f"DROP FUNCTION IF EXISTS {table}_frozen_{act}()")
        else:
            _run(schema_editor, f"DROP TRIGGER IF EXISTS {table}_frozen_{act}")


def _guard(schema_editor: Any, table: str, conditions: dict[str, str]) -> None:
    unguard(schema_editor, table)
    for act, condition in conditions.items():
        name = f"{table}_frozen_{act.lower()}"
        if schema_editor.connection.vendor == "postgresql":
            # A WHEN clause takes no subquery: the question is asked inside the function.
            _run(
                schema_editor,
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN IF {condition} THEN RAISE EXCEPTION 'frozen: {table} refuses {act}' "
                "USING ERRCODE = 'restrict_violation'; END IF; "
                f"RETURN {'OLD' if act == 'DELETE' else 'NEW'}; END $$",
            )
            _run(
                schema_editor,
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()",
            )
            continue
        _run(
            schema_editor,
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, 'frozen: {table} refuses {act}'); END",
        )


def _run(schema_editor: Any, sql: str) -> None:
    schema_editor.execute(sql, params=None)
