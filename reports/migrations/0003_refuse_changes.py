"""A frozen report stays: the database itself refuses to change or delete it, or its basis.

A later migration that rebuilds one of these tables on SQLite drops its trigger: call `drop` before
it and `create` after it. tests/reports/test_freeze.py fails when a trigger is missing.
"""

from django.db import migrations

TABLES = ("reports_snapshot", "reports_basis")

FUNCTION = """
CREATE FUNCTION reports_refuse_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a frozen report stays as it is' USING ERRCODE = 'restrict_violation';
END $$;
"""


def create(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        schema_editor.execute(FUNCTION)
    for table in TABLES:
        for act in ("UPDATE", "DELETE"):
            body = (
                "FOR EACH ROW EXECUTE FUNCTION reports_refuse_changes()"
                if postgresql
                else "BEGIN SELECT RAISE(ABORT, 'a frozen report stays as it is'); END"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} {body}"
            )


def drop(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        schema_editor.execute(
            f"DROP TRIGGER {table}_frozen" + (f" ON {table}" if postgresql else "")
        )
    if postgresql:
        schema_editor.execute("DROP FUNCTION reports_refuse_changes()")


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_keep_the_basis")]

    operations = [migrations.RunPython(create, drop)]
