"""A file is never edited, only followed by a newer version: the database refuses the rest."""

from django.db import migrations

from ct_platform.kit.append_only import guard, unguard

TABLES = (
    "cohorts_entrysituation", "cohorts_entryplace", "cohorts_sensitiveanswers",
    "cohorts_exitsituation", "cohorts_fileproof",
)  # fmt: skip


def forwards(apps, schema_editor):
    guard(schema_editor, TABLES)


def backwards(apps, schema_editor):
    unguard(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0009_hold_entry_files")]
    operations = [migrations.RunPython(forwards, backwards)]
