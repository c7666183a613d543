"""Hours in no pay yet, and those to confirm, are found without reading all that was ever noted."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_fill_likeness_of_bank_lines")]
    operations = [
        migrations.AddIndex(
            "workentry",
            models.Index(
                fields=["enrolment", "day"],
                name="work_in_no_pay",
                condition=Q(state="confirmed", withdrawn_at__isnull=True),
            ),
        ),
        migrations.AddIndex(
            "workentry",
            models.Index(
                fields=["enrolment", "day"],
                name="work_to_confirm",
                condition=Q(state__in=["open", "declared"], withdrawn_at__isnull=True),
            ),
        ),
    ]
