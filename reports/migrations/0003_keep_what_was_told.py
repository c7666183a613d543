"""What was frozen, published, paid or closed stays: the database refuses the rest. Sums of former reports are written too."""

from decimal import Decimal

from django.db import migrations

from ct_platform.kit import append_only, frozen_rows

KEPT = (
    "reports_publishedfigure",
    # A year of merged cohorts, and its publication.
    "reports_edition",
    "reports_publication",
    "reports_mergedsnapshot",
    "reports_mergedbasis",
    "reports_openrelease",
    "reports_openfile",
    "reports_fundingreceipt",
)
LINE, SHARE, DUE, COST, TOKEN = (
    "reports_fundingline", "reports_fundingshare", "reports_fundingdue", "reports_costline", "reports_apitoken",
)  # fmt: skip
OVER = "state IN ('refused', 'closed', 'dropped')"

# As reports.trends.ADDED on the day of this migration.
ADDED = ("people.total", "work.total", "voice.decisions", "money.sales")
BATCH = 500


def keep(apps, schema_editor):
    append_only.guard(schema_editor, KEPT)
    frozen_rows.guard(schema_editor, LINE, OVER)
    frozen_rows.guard_children(schema_editor, SHARE, "line_id", LINE, OVER)
    frozen_rows.guard(schema_editor, DUE, "state IN ('handed', 'called_off')")
    frozen_rows.guard(schema_editor, COST, "withdrawn_at IS NOT NULL")
    # A closed token never opens again.
    frozen_rows.guard(schema_editor, TOKEN, "state = 'closed'")


def let_go(apps, schema_editor):
    append_only.unguard(schema_editor, KEPT)
    for table in (LINE, SHARE, DUE, COST, TOKEN):
        frozen_rows.unguard(schema_editor, table)


def fill(apps, schema_editor):
    """The four sums of each report already frozen, in columns."""
    Snapshot = apps.get_model("reports", "Snapshot")
    Published = apps.get_model("reports", "PublishedFigure")
    rows = Snapshot.objects.filter(published__isnull=True).order_by("pk")
    waiting = []
    for key, figures in rows.values_list("pk", "figures").iterator(chunk_size=BATCH):
        waiting += [
            Published(snapshot_id=key, code=one["code"], value=Decimal(one["value"]))
            for one in figures["figures"]
            if one["code"] in ADDED and one["value"] is not None
        ]
        if len(waiting) >= BATCH:
            Published.objects.bulk_create(waiting)
            waiting = []
    Published.objects.bulk_create(waiting)


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_tell_years_funders_and_machines")]

    operations = [
        migrations.RunPython(keep, let_go),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
