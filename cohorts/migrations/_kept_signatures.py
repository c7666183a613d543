"""Attendance signatures and their history are kept as written: both databases refuse to change them.

Idempotent. A migration that rebuilds one of these tables on SQLite (a new constraint, an altered
field) drops its triggers: call `unguard` before it and `guard` after it.
tests/cohorts/test_sign_attendance.py fails when a trigger is missing.
"""

from typing import Any

TABLES = ("cohorts_attendancesignature", "cohorts_trainersignature", "cohorts_attendancechange")
SENTENCE = "what was signed is kept as it was"


def guard(schema_editor: Any) -> None:
    unguard(schema_editor)
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for event in ("update", "delete"):
            name = f"{table}_kept_{event}"
            if postgresql:
                _run(
                    schema_editor,
                    f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                    f"RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'check_violation'; END $$",
                )
                _run(
                    schema_editor,
                    f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {name}()",
                )
            else:
                _run(
                    schema_editor,
                    f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
                )


def unguard(schema_editor: Any) -> None:
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for event in ("update", "delete"):
            name = f"{table}_kept_{event}"
            suffix = f" ON {table}" if postgresql else ""
            _run(schema_editor, f"DROP TRIGGER IF EXISTS {name}{suffix}")
            if postgresql:
                _run(schema_editor, f"DROP FUNCTION IF EXISTS {name}()")


def _run(schema_editor: Any, sql: str) -> None:
    schema_editor.execute(sql, params=None)
