"""What says who read is append-only: the database refuses to change or delete it."""

from django.db import migrations

from ct_platform.kit.append_only import guard, unguard

TABLES = ("members_accessrecord",)


def forwards(apps, schema_editor):
    guard(schema_editor, TABLES)


def backwards(apps, schema_editor):
    unguard(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("members", "0005_log_access")]
    operations = [migrations.RunPython(forwards, backwards)]
