"""What the database itself refuses in work and money: payments, counts and issued invoices stay as they are."""

from typing import Any

from ct_platform.kit import append_only, frozen_rows

KEPT = (
    "projects_payment",
    "projects_cashcount",
    "projects_cashtally",
    "projects_cashagreement",
    "projects_cashtotal",
    "projects_cashhandover",
    "projects_bankmatch",
    "projects_reminder",
)
ISSUED = "state = 'issued'"


def keep(apps: Any, schema_editor: Any) -> None:
    """Payments and counts are append-only; an issued invoice and its lines never change (CGI art. 289, I-5)."""
    append_only.guard(schema_editor, KEPT)
    frozen_rows.guard(schema_editor, "projects_invoice", ISSUED)
    frozen_rows.guard_children(
        schema_editor, "projects_invoiceline", "invoice_id", "projects_invoice", ISSUED
    )
