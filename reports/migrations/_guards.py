"""What the database itself refuses in reports: what was frozen or said stays as it was."""

from typing import Any

from ct_platform.kit import append_only

KEPT = ("reports_snapshot", "reports_basis", "reports_question", "reports_answer")


def keep(apps: Any, schema_editor: Any) -> None:
    append_only.guard(schema_editor, KEPT)
