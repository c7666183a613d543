# Ten thousand units at a price typed with its VAT come back to the cent.

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0006_let_the_host_validate_quotes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invoiceline",
            name="unit_price",
            field=models.DecimalField(
                decimal_places=6,
                max_digits=14,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="prix unitaire hors TVA",
            ),
        ),
        migrations.AlterField(
            model_name="quoteline",
            name="unit_price",
            field=models.DecimalField(
                decimal_places=6,
                max_digits=14,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="prix unitaire hors TVA",
            ),
        ),
    ]
