"""What was asked and answered about a figure stays as it was said: the database refuses the rest."""

from django.db import migrations

from ct_platform.kit.append_only import guard, unguard

TABLES = ("reports_question", "reports_answer")


def create(apps, schema_editor):
    guard(schema_editor, TABLES)


def drop(apps, schema_editor):
    unguard(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_give_reports_a_life"),
    ]

    operations = [migrations.RunPython(create, drop)]
