import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0006_seed_the_three_programmes")]

    operations = [
        migrations.AlterField(
            model_name="cohort",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cohorts",
                to="cohorts.programme",
                verbose_name="programme",
            ),
        ),
    ]
