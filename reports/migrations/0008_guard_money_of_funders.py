"""What a funder paid is never edited, nor what is over: the database refuses it."""

from django.db import migrations

from ct_platform.kit import append_only, frozen_rows

LINE, SHARE, DUE, RECEIPT = (
    "reports_fundingline", "reports_fundingshare", "reports_fundingdue", "reports_fundingreceipt",
)  # fmt: skip
COST = "reports_costline"
OVER = "state IN ('refused', 'closed', 'dropped')"


def create(apps, schema_editor):
    append_only.guard(schema_editor, [RECEIPT])
    frozen_rows.guard(schema_editor, LINE, OVER)
    frozen_rows.guard_children(schema_editor, SHARE, "line_id", LINE, OVER)
    frozen_rows.guard(schema_editor, DUE, "state IN ('handed', 'called_off')")
    frozen_rows.guard(schema_editor, COST, "withdrawn_at IS NOT NULL")


def drop(apps, schema_editor):
    append_only.unguard(schema_editor, [RECEIPT])
    for table in (LINE, SHARE, DUE, COST):
        frozen_rows.unguard(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_keep_lines_of_funding")]

    operations = [migrations.RunPython(create, drop)]
