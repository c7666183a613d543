"""What was explained when a cohort closed is kept as it was written."""

from typing import Any

from django.db import migrations

from ct_platform.kit.append_only import guard, unguard

TABLES = ("cohorts_closingreason",)


def keep(apps: Any, schema_editor: Any) -> None:
    guard(schema_editor, TABLES)


def let_go(apps: Any, schema_editor: Any) -> None:
    unguard(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0025_say_why_it_is_closed")]

    operations = [migrations.RunPython(keep, let_go)]
