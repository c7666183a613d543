"""The hours of one week of a whole network are found without reading millions of entries."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0019_read_camt_statements"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="workentry",
            index=models.Index(fields=["day"], name="work_of_day"),
        ),
    ]
