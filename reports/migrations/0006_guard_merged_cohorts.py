"""A year of merged cohorts stays as it was frozen and published: the database refuses the rest."""

from django.db import migrations

from ct_platform.kit.append_only import guard, unguard

TABLES = (
    "reports_edition",
    "reports_publication",
    "reports_mergedsnapshot",
    "reports_mergedbasis",
)


def create(apps, schema_editor):
    guard(schema_editor, TABLES)


def drop(apps, schema_editor):
    unguard(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0005_merge_cohorts"),
    ]

    operations = [migrations.RunPython(create, drop)]
