"""An order of refunds is what the bank was given: the database refuses to change or delete it."""

from django.db import migrations

from ct_platform.kit.append_only import guard, unguard

KEPT = ("payroll_refundorder",)


def keep(apps, schema_editor):
    guard(schema_editor, KEPT)


def let_go(apps, schema_editor):
    unguard(schema_editor, KEPT)


class Migration(migrations.Migration):
    dependencies = [("payroll", "0002_send_refunds")]

    operations = [migrations.RunPython(keep, let_go)]
