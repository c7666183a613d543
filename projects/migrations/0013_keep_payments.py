"""Payments are append-only: the database itself refuses to change or delete them."""

from typing import Any

from django.db import migrations

from ct_platform.kit import append_only

TABLES = ("projects_payment",)


def guard(apps: Any, schema_editor: Any) -> None:
    append_only.guard(schema_editor, TABLES)


def unguard(apps: Any, schema_editor: Any) -> None:
    append_only.unguard(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0012_send_invoices"),
    ]

    operations = (migrations.RunPython(guard, unguard, elidable=False),)
