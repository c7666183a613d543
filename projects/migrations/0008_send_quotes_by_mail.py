import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0007_price_with_six_decimals"),
    ]

    operations = [
        migrations.CreateModel(
            name="QuoteMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "en attente"),
                            ("running", "en cours"),
                            ("done", "fait"),
                            ("failed", "en échec"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(null=True)),
                ("lease_token", models.UUIDField(null=True)),
                ("sent_at", models.DateTimeField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("to", models.EmailField(max_length=254, verbose_name="envoyé à")),
                (
                    "word",
                    models.CharField(blank=True, max_length=300, verbose_name="mot au client"),
                ),
                ("link_digest", models.CharField(blank=True, max_length=64)),
                ("client_uuid", models.UUIDField(unique=True)),
                (
                    "quote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="projects.quote",
                    ),
                ),
            ],
            options={
                "verbose_name": "devis envoyé",
                "ordering": ("id",),
                "indexes": [
                    models.Index(fields=["status", "sent_at"], name="quote_message_to_sweep")
                ],
            },
        ),
    ]
