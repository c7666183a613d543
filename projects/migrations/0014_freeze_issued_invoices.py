"""An issued invoice and its lines never change: the database itself refuses it (CGI art. 289, I-5)."""

from typing import Any

from django.db import migrations

from ct_platform.kit import frozen_rows

ISSUED = "state = 'issued'"


def guard(apps: Any, schema_editor: Any) -> None:
    frozen_rows.guard(schema_editor, "projects_invoice", ISSUED)
    frozen_rows.guard_children(
        schema_editor, "projects_invoiceline", "invoice_id", "projects_invoice", ISSUED
    )


def unguard(apps: Any, schema_editor: Any) -> None:
    for table in ("projects_invoice", "projects_invoiceline"):
        frozen_rows.unguard(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0013_keep_payments"),
    ]

    operations = (migrations.RunPython(guard, unguard, elidable=False),)
