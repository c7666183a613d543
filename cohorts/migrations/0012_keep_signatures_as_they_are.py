"""Signatures of attendance are never edited nor deleted, whoever holds the database."""

from django.db import migrations

from cohorts.migrations import _kept_signatures


def guard(apps, schema_editor):
    _kept_signatures.guard(schema_editor)


def unguard(apps, schema_editor):
    _kept_signatures.unguard(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0011_plan_sessions_and_sign_attendance")]

    operations = [migrations.RunPython(guard, unguard)]
