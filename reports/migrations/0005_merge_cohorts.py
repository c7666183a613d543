"""A year of cohorts, frozen for the network and each territory at once, and published by an act."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0001_begin"),
        ("members", "0002_agree_use_by_use"),
        ("reports", "0004_guard_questions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("set_code", models.CharField(max_length=30)),
                ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                ("number", models.PositiveSmallIntegerField()),
                ("frozen_at", models.DateTimeField()),
                (
                    "frozen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "bilan de l’année",
                "ordering": ("-year", "set_code", "-number"),
            },
        ),
        migrations.CreateModel(
            name="MergedBasis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cohorts", models.JSONField()),
                ("tables", models.JSONField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bases",
                        to="reports.edition",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cohorts.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "base d’un bilan",
                "ordering": ("edition_id", "territory_id"),
            },
        ),
        migrations.CreateModel(
            name="MergedSnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("figures", models.JSONField()),
                ("figures_hash", models.CharField(max_length=64)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="reports.edition",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_snapshots",
                        to="cohorts.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "bilan",
                "ordering": ("edition_id", "territory__name", "id"),
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("published_at", models.DateTimeField()),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publication",
                        to="reports.edition",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "publication d’un bilan",
                "ordering": ("published_at", "id"),
            },
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(
                fields=("set_code", "year", "number"), name="edition_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="mergedbasis",
            constraint=models.UniqueConstraint(
                fields=("edition", "territory"), name="merged_basis_once_a_territory"
            ),
        ),
        migrations.AddConstraint(
            model_name="mergedsnapshot",
            constraint=models.UniqueConstraint(
                fields=("edition", "territory"), name="merged_snapshot_once_a_territory"
            ),
        ),
        migrations.AddConstraint(
            model_name="mergedsnapshot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("territory__isnull", True)),
                fields=("edition",),
                name="merged_snapshot_once_the_network",
            ),
        ),
    ]
