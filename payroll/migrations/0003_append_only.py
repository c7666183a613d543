"""The account, the slips and their lines are append-only: the database itself refuses to change them.

A correction is a new row. On SQLite a later migration that rebuilds one of these tables loses its
triggers and must make them again (`forwards` may be run again as it is).
"""

from django.db import migrations

TABLES = ("payroll_accountentry", "payroll_payslip", "payroll_payslipline")

POSTGRES = """
CREATE OR REPLACE FUNCTION payroll_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % refuses %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
-- Emptying an empty table harms nobody, and tests do it between each other.
CREATE OR REPLACE FUNCTION payroll_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE filled boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', TG_TABLE_NAME) INTO filled;
    IF filled THEN
        RAISE EXCEPTION 'append-only: % refuses TRUNCATE', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""


def forwards(apps, schema_editor):
    def run(sql):
        schema_editor.execute(sql, params=None)

    if schema_editor.connection.vendor == "postgresql":
        run(POSTGRES)
        for table in TABLES:
            run(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION payroll_append_only()"
            )
            run(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION payroll_no_truncate()"
            )
        return
    for table in TABLES:
        for act in ("UPDATE", "DELETE"):
            run(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only: {table} refuses {act}'); END"
            )


def backwards(apps, schema_editor):
    def run(sql):
        schema_editor.execute(sql, params=None)

    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            run(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
            run(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
        run("DROP FUNCTION IF EXISTS payroll_append_only()")
        run("DROP FUNCTION IF EXISTS payroll_no_truncate()")
        return
    for table in TABLES:
        for act in ("update", "delete"):
            run(f"DROP TRIGGER IF EXISTS {table}_no_{act}")


class Migration(migrations.Migration):
    dependencies = [("payroll", "0002_round_money_checks")]
    operations = [migrations.RunPython(forwards, backwards)]
