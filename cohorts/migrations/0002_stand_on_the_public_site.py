"""A cohort says what it sells, or stays off the public site; a territory stands on the map."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0001_found"),
    ]

    operations = [
        migrations.AddField(
            model_name="cohort",
            name="hidden_from_site",
            field=models.BooleanField(default=False, verbose_name="absente du site public"),
        ),
        migrations.AddField(
            model_name="cohort",
            name="sells",
            field=models.CharField(blank=True, max_length=300, verbose_name="ce qu’elle vend"),
        ),
        migrations.AddField(
            model_name="territory",
            name="latitude",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=7, null=True, verbose_name="latitude"
            ),
        ),
        migrations.AddField(
            model_name="territory",
            name="longitude",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=7, null=True, verbose_name="longitude"
            ),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(
                        ("latitude__gte", -90),
                        ("latitude__lte", 90),
                        ("longitude__gte", -180),
                        ("longitude__lte", 180),
                    ),
                    _connector="OR",
                ),
                name="territory_stands_somewhere",
                violation_error_message="Donnez la latitude et la longitude, ou aucune des deux.",
            ),
        ),
    ]
