import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0001_begin"),
        ("documents", "0001_begin"),
        ("members", "0001_begin"),
        ("projects", "0005_keep_receipts_and_claims"),
    ]

    operations = [
        migrations.AddField(
            model_name="quote",
            name="approved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="quote",
            name="approved_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
            ),
        ),
        migrations.AddField(
            model_name="quote",
            name="refused_because",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="quote",
            name="sent_back_because",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name="product",
            name="category",
            field=models.CharField(
                choices=[
                    ("food", "aliments, boissons sans alcool"),
                    ("sweets", "confiserie, chocolat, margarine"),
                    ("alcohol", "boissons alcoolisées"),
                    ("raw_plants", "fleurs et plantes brutes, bouquets simples"),
                    ("worked_flowers", "fleurs teintes, compositions, décors"),
                    ("service", "prestation de service"),
                    ("other", "autres biens"),
                ],
                max_length=20,
                verbose_name="pour la TVA",
            ),
        ),
        migrations.AlterField(
            model_name="quote",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "brouillon"),
                    ("submitted", "à valider par la coopérative hôte"),
                    ("approved", "validé"),
                    ("sent", "envoyé"),
                    ("accepted", "accepté"),
                    ("refused", "refusé"),
                    ("lapsed", "sans suite"),
                ],
                default="draft",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="vatdecision",
            name="category",
            field=models.CharField(
                choices=[
                    ("food", "aliments, boissons sans alcool"),
                    ("sweets", "confiserie, chocolat, margarine"),
                    ("alcohol", "boissons alcoolisées"),
                    ("raw_plants", "fleurs et plantes brutes, bouquets simples"),
                    ("worked_flowers", "fleurs teintes, compositions, décors"),
                    ("service", "prestation de service"),
                    ("other", "autres biens"),
                ],
                max_length=20,
                verbose_name="ce qu’on vend",
            ),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("document__isnull", True), ("number", ""), ("sent_on__isnull", True)),
                    models.Q(
                        models.Q(("number", ""), _negated=True),
                        ("document__isnull", False),
                        ("sent_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="quote_number_means_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["sent", "accepted", "refused"]), _negated=True),
                    models.Q(("number", ""), _negated=True),
                    _connector="OR",
                ),
                name="quote_sent_has_number",
            ),
        ),
    ]
