"""A closed token never opens again, whoever asks: the database refuses it."""

from django.db import migrations

from ct_platform.kit.frozen_rows import guard, unguard


def create(apps, schema_editor):
    guard(schema_editor, "reports_apitoken", "state = 'closed'")


def drop(apps, schema_editor):
    unguard(schema_editor, "reports_apitoken")


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0005_keep_tokens"),
    ]

    operations = [migrations.RunPython(create, drop)]
