"""What the database itself refuses to change in votes, on both databases.

- once a poll is open, its terms, options and roll are frozen; an elector's `used` goes up only;
- a line of the register (Outcome) keeps its result, and no line is deleted;
- a text version and a signature are never edited nor deleted.

Idempotent. A migration that rebuilds one of these tables on SQLite (a new constraint, an altered
field) drops its triggers, and cannot rename a table that another trigger names: call `unguard` before
it and `guard` after it. tests/decisions/test_frozen_roll.py fails when a trigger is missing.
"""

from collections.abc import Iterator
from typing import Any

FROZEN_TERMS = (
    "proposal_id",
    "round",
    "version_id",
    "method",
    "rule",
    "secrecy",
    "publication",
    "about_person",
    "closes_at",
    "opened_at",
    "statutes_id",
    "quorum",
    "roll_hash",
    "lot_commitment",
    "public_key",
    "ballot_size",
)
OUTCOME_FACTS = (
    "poll_id",
    "number",
    "cohort_id",
    "kind",
    "winner_id",
    "tally",
    "decided_at",
    "in_force_from",
)
BEFORE_OPENING = "('draft', 'announced')"
ROWS = "poll is open or over: its roll and options are frozen"
TERMS = "poll is open or over: its terms are frozen"
FACTS = "a line of the register is never changed"
KEPT = "what was written down is kept"

# table, event, condition over NEW and OLD ({distinct} differs between databases), sentence
Guard = tuple[str, str, str, str]


def _opened(row: str) -> str:
    return f"(SELECT state FROM decisions_poll WHERE id = {row}.poll_id) NOT IN {BEFORE_OPENING}"  # noqa: S608 - constants


def _changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"NEW.{column} {{distinct}} OLD.{column}" for column in columns)


def guards() -> Iterator[Guard]:
    for table in ("decisions_elector", "decisions_polloption"):
        yield table, "insert", _opened("NEW"), ROWS
        yield table, "delete", _opened("OLD"), ROWS
    yield "decisions_polloption", "update", f"{_opened('OLD')} OR {_opened('NEW')}", ROWS
    # The urn re-lays every elector row at each secret vote: who they are may not change, nor may a
    # vote be given back.
    identity = _changed(("poll_id", "enrolment_id"))
    yield (
        "decisions_elector",
        "update",
        f"({_opened('OLD')} OR {_opened('NEW')}) AND ({identity} OR (OLD.used AND NOT NEW.used))",
        ROWS,
    )
    yield (
        "decisions_poll",
        "update",
        f"OLD.state NOT IN {BEFORE_OPENING} AND ({_changed(FROZEN_TERMS)})",
        TERMS,
    )
    yield "decisions_outcome", "update", _changed(OUTCOME_FACTS), FACTS
    yield "decisions_outcome", "delete", "TRUE", FACTS
    for table in ("decisions_proposalversion", "decisions_minutessignature"):
        yield table, "update", "TRUE", KEPT
        yield table, "delete", "TRUE", KEPT


def guard(schema_editor: Any) -> None:
    unguard(schema_editor)
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table, event, condition, sentence in guards():
        name = f"{table}_frozen_{event}"
        if postgresql:
            row = "OLD" if event == "delete" else "NEW"
            told = condition.format(distinct="IS DISTINCT FROM")
            _run(
                schema_editor,
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {told} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation'; "
                f"END IF; RETURN {row}; END $$",
            )
            _run(
                schema_editor,
                f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()",
            )
        else:
            told = condition.format(distinct="IS NOT")
            _run(
                schema_editor,
                f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} "
                f"WHEN {told} BEGIN SELECT RAISE(ABORT, '{sentence}'); END",
            )


def unguard(schema_editor: Any) -> None:
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table, event, _condition, _sentence in guards():
        name = f"{table}_frozen_{event}"
        _run(
            schema_editor, f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if postgresql else "")
        )
        if postgresql:
            _run(schema_editor, f"DROP FUNCTION IF EXISTS {name}()")


def _run(schema_editor: Any, sql: str) -> None:
    schema_editor.execute(sql, params=None)
