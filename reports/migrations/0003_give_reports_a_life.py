"""What was frozen before reports had a life was read by partners at once: it was sent that moment."""

from django.db import migrations


def give_life(apps, schema_editor):
    Snapshot = apps.get_model("reports", "Snapshot")
    Report = apps.get_model("reports", "Report")
    rows = Snapshot.objects.filter(report__isnull=True).order_by("pk")
    Report.objects.bulk_create(
        Report(
            snapshot_id=key,
            cohort_id=cohort,
            state="sent",
            occasion="by_hand",
            prepared_at=at,
            prepared_by_id=by,
            reviewed_at=at,
            sent_at=at,
            document_id=document,
        )
        for key, cohort, at, by, document in rows.values_list(
            "pk", "cohort_id", "frozen_at", "frozen_by_id", "document_id"
        )
    )


def nothing(apps, schema_editor):
    """The table goes with 0004."""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_exchange_reports"),
    ]

    operations = [migrations.RunPython(give_life, nothing)]
