"""Prices with VAT to the cent; a bank line that another statement may have brought is asked about; a week is found by its days."""

import django.db.models.deletion
from django.db import migrations, models

import ct_platform.kit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0002_stand_on_the_public_site"),
        ("members", "0001_found"),
        ("projects", "0001_found"),
    ]

    operations = [
        migrations.AddField(
            model_name="bankline",
            name="likeness",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="bankline",
            name="twin",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="projects.bankline",
            ),
        ),
        migrations.AddField(
            model_name="invoiceline",
            name="gross_amount",
            field=ct_platform.kit.fields.AmountField(
                decimal_places=2, max_digits=10, null=True, verbose_name="montant, TVA comprise"
            ),
        ),
        migrations.AddField(
            model_name="quoteline",
            name="gross_amount",
            field=ct_platform.kit.fields.AmountField(
                decimal_places=2, max_digits=10, null=True, verbose_name="montant, TVA comprise"
            ),
        ),
        migrations.AlterField(
            model_name="bankstatement",
            name="kind",
            field=models.CharField(
                choices=[
                    ("csv", "tableau CSV"),
                    ("ofx", "fichier OFX"),
                    ("xml", "fichier CAMT.053"),
                ],
                max_length=3,
            ),
        ),
        migrations.AddIndex(
            model_name="bankline",
            index=models.Index(fields=["host", "likeness"], name="bank_line_alike"),
        ),
        migrations.AddIndex(
            model_name="workentry",
            index=models.Index(fields=["day"], name="work_of_day"),
        ),
    ]
