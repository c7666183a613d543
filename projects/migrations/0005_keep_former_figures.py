"""What a sale or an expense said before it was corrected: books that left with it need its opposite."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_find_hours_that_wait")]

    operations = [
        migrations.AddField(
            model_name="moneychange",
            name="before",
            field=models.JSONField(null=True),
        ),
    ]
