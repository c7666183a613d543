"""What somebody advanced is owed back, beside pay. The ledger takes its guards again."""

import django.db.models.deletion
from django.db import migrations, models

import ct_platform.kit.fields
from ct_platform.kit.append_only import guard


def guard_again(apps, schema_editor):
    # SQLite rebuilds the table to add a key to it, and loses its triggers.
    guard(schema_editor, ("payroll_accountentry",))


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0001_begin"),
        ("members", "0001_begin"),
        ("payroll", "0001_begin"),
        ("projects", "0005_keep_receipts_and_claims"),
    ]

    operations = [
        migrations.AddField(
            model_name="accountentry",
            name="expense",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="account_entries",
                to="projects.expense",
            ),
        ),
        migrations.AlterField(
            model_name="accountentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("share", "part du pot commun"),
                    ("cost", "coût de la paie"),
                    ("remainder", "reste gardé pour la prochaine paie"),
                    ("net", "net du bulletin"),
                    ("advance", "acompte reçu"),
                    ("deduction", "retenue décidée"),
                    ("payment", "paiement"),
                    ("advanced", "frais avancés"),
                    ("refund", "remboursement de frais"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "amount",
                    ct_platform.kit.fields.AmountField(
                        decimal_places=2, max_digits=10, verbose_name="montant"
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("transfer", "virement"),
                            ("cheque", "chèque"),
                            ("card", "carte"),
                            ("cash", "espèces"),
                            ("offset", "compensation"),
                        ],
                        max_length=10,
                        verbose_name="moyen",
                    ),
                ),
                ("paid_on", models.DateField(verbose_name="rendu le")),
                (
                    "reference",
                    models.CharField(blank=True, max_length=80, verbose_name="référence"),
                ),
                ("recorded_at", models.DateTimeField()),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.person",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="cohorts.enrolment",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "remboursement de frais",
                "ordering": ("-paid_on", "-id"),
            },
        ),
        migrations.AddField(
            model_name="accountentry",
            name="refund",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="account_entries",
                to="payroll.refund",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("expense__isnull", False), ("reverses__isnull", True)),
                fields=("expense",),
                name="entry_once_per_expense",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("refund__isnull", False), ("reverses__isnull", True)),
                fields=("refund",),
                name="entry_once_per_refund",
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="refund_is_positive"
            ),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
