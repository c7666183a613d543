"""The database guards open polls, counted results, wordings and signatures again, and more of them."""

from django.db import migrations

from decisions.migrations import _guards


def guard(apps, schema_editor):
    _guards.guard(schema_editor)


def unguard(apps, schema_editor):
    _guards.unguard(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("decisions", "0006_keep_one_writing")]

    operations = [migrations.RunPython(guard, unguard)]
