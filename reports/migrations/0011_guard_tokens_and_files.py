"""A closed token never opens again; an open file never changes: the database refuses both."""

from django.db import migrations

from ct_platform.kit import append_only, frozen_rows

TOKENS = "reports_apitoken"
FILES = ("reports_openrelease", "reports_openfile")


def create(apps, schema_editor):
    frozen_rows.guard(schema_editor, TOKENS, "state = 'closed'")
    append_only.guard(schema_editor, FILES)


def drop(apps, schema_editor):
    append_only.unguard(schema_editor, FILES)
    frozen_rows.unguard(schema_editor, TOKENS)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0010_keep_open_data"),
    ]

    operations = [migrations.RunPython(create, drop)]
