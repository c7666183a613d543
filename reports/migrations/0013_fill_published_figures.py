"""The reports already frozen say their sums too; and the database keeps them as they are."""

from decimal import Decimal

from django.db import migrations

from ct_platform.kit.append_only import guard, unguard

TABLES = ("reports_publishedfigure",)
# As reports.trends.ADDED on the day of this migration.
ADDED = ("people.total", "work.total", "voice.decisions", "money.sales")
BATCH = 500


def fill(apps, schema_editor):
    guard(schema_editor, TABLES)
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


def drop(apps, schema_editor):
    unguard(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0012_publish_figures"),
    ]

    operations = [migrations.RunPython(fill, drop)]
