"""The roll, the options and the terms of a poll are frozen at opening, by the database itself.

A later migration that rebuilds one of these tables on SQLite (a new constraint, an altered field)
drops its triggers, and cannot rename a table that another trigger names: call `drop` before it and
`create` after it. tests/decisions/test_frozen_roll.py fails when a trigger is missing.
"""

from django.db import migrations

FROZEN_ROWS = ("decisions_elector", "decisions_polloption")
FROZEN_COLUMNS = (
    "proposal_id",
    "round",
    "method",
    "closes_at",
    "opened_at",
    "statutes_id",
    "roll_hash",
)
TRIGGERS = (
    *(
        f"{table}_frozen_{event}"
        for table in FROZEN_ROWS
        for event in ("insert", "update", "delete")
    ),
    "decisions_poll_frozen_update",
)
ROWS_SENTENCE = "poll is no longer a draft: its roll and options are frozen"
TERMS_SENTENCE = "poll is no longer a draft: its terms are frozen"

POSTGRESQL = """
CREATE FUNCTION decisions_refuse_frozen_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND EXISTS (
    SELECT 1 FROM decisions_poll WHERE id = OLD.poll_id AND state <> 'draft'
  ) THEN
    RAISE EXCEPTION 'poll is no longer a draft: its roll and options are frozen' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP <> 'DELETE' AND EXISTS (
    SELECT 1 FROM decisions_poll WHERE id = NEW.poll_id AND state <> 'draft'
  ) THEN
    RAISE EXCEPTION 'poll is no longer a draft: its roll and options are frozen' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION decisions_refuse_frozen_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'poll is no longer a draft: its terms are frozen' USING ERRCODE = 'check_violation';
END $$;
"""


def _changed(distinct):
    return " OR ".join(f"NEW.{column} {distinct} OLD.{column}" for column in FROZEN_COLUMNS)


def _postgresql():
    yield POSTGRESQL
    for table in FROZEN_ROWS:
        for event in ("insert", "update", "delete"):
            yield (
                f"CREATE TRIGGER {table}_frozen_{event} BEFORE {event.upper()} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION decisions_refuse_frozen_rows();"
            )
    yield (
        "CREATE TRIGGER decisions_poll_frozen_update BEFORE UPDATE ON decisions_poll FOR EACH ROW "
        f"WHEN (OLD.state <> 'draft' AND ({_changed('IS DISTINCT FROM')})) "
        "EXECUTE FUNCTION decisions_refuse_frozen_terms();"
    )


def _sqlite():
    def frozen(row):
        return f"(SELECT state FROM decisions_poll WHERE id = {row}.poll_id) <> 'draft'"  # noqa: S608 - constants

    when = {
        "insert": frozen("NEW"),
        "update": f"{frozen('OLD')} OR {frozen('NEW')}",
        "delete": frozen("OLD"),
    }
    for table in FROZEN_ROWS:
        for event, condition in when.items():
            yield (
                f"CREATE TRIGGER {table}_frozen_{event} BEFORE {event.upper()} ON {table} "
                f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{ROWS_SENTENCE}'); END"
            )
    yield (
        "CREATE TRIGGER decisions_poll_frozen_update BEFORE UPDATE ON decisions_poll "
        f"WHEN OLD.state <> 'draft' AND ({_changed('IS NOT')}) "
        f"BEGIN SELECT RAISE(ABORT, '{TERMS_SENTENCE}'); END"
    )


def create(apps, schema_editor):
    statements = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
    for statement in statements():
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name in TRIGGERS:
        table = name.partition("_frozen_")[0]
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        schema_editor.execute("DROP FUNCTION decisions_refuse_frozen_rows()")
        schema_editor.execute("DROP FUNCTION decisions_refuse_frozen_terms()")


class Migration(migrations.Migration):
    dependencies = [("decisions", "0002_say_why_and_when")]

    operations = [migrations.RunPython(create, drop)]
