"""Counts of the cash box, handovers, matches and reminders are append-only, in the database itself."""

from typing import Any

from django.db import migrations

from ct_platform.kit import append_only

TABLES = (
    "projects_cashcount",
    "projects_cashtally",
    "projects_cashagreement",
    "projects_cashtotal",
    "projects_cashhandover",
    "projects_bankmatch",
    "projects_reminder",
)


def guard(apps: Any, schema_editor: Any) -> None:
    append_only.guard(schema_editor, TABLES)


def unguard(apps: Any, schema_editor: Any) -> None:
    append_only.unguard(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0014_freeze_issued_invoices"),
    ]

    operations = (migrations.RunPython(guard, unguard, elidable=False),)
