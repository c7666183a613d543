"""Receipts, what a coopérant sends, who advanced, which decision: expenses of before stay as they are."""

import django.db.models.deletion
from django.db import migrations, models

import ct_platform.kit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0001_begin"),
        ("members", "0001_begin"),
        ("projects", "0004_hold_tasks"),
    ]

    operations = [
        migrations.AddField(
            model_name="expense",
            name="advanced_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="advanced_expenses",
                to="cohorts.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="expense",
            name="beyond_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="au-delà, parce que"),
        ),
        migrations.AddField(
            model_name="expense",
            name="spending_limit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="expenses",
                to="projects.spendinglimit",
            ),
        ),
        migrations.AddField(
            model_name="expense",
            name="vat_amount",
            field=ct_platform.kit.fields.AmountField(
                decimal_places=2, max_digits=10, null=True, verbose_name="TVA du ticket"
            ),
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("file", models.FileField(upload_to="receipts")),
                ("suffix", models.CharField(max_length=4)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="cohorts.cohort",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_receipts",
                        to="members.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "justificatif",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="ExpenseClaim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("label", models.CharField(max_length=140, verbose_name="quoi")),
                ("supplier", models.CharField(blank=True, max_length=140, verbose_name="chez qui")),
                (
                    "total",
                    ct_platform.kit.fields.AmountField(
                        decimal_places=2, max_digits=10, verbose_name="total payé, TVA comprise"
                    ),
                ),
                (
                    "vat",
                    ct_platform.kit.fields.AmountField(
                        decimal_places=2, default=0, max_digits=10, verbose_name="TVA du ticket"
                    ),
                ),
                ("spent_on", models.DateField(verbose_name="dépensé le")),
                ("is_advanced", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "attend la coordination"),
                            ("accepted", "acceptée"),
                            ("refused", "refusée"),
                            ("taken_back", "reprise"),
                        ],
                        db_index=True,
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "refused_because",
                    models.CharField(blank=True, max_length=200, verbose_name="refusée parce que"),
                ),
                (
                    "answered_by",
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
                        related_name="expense_claims",
                        to="cohorts.enrolment",
                    ),
                ),
                (
                    "expense",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim",
                        to="projects.expense",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="projects.project",
                    ),
                ),
                (
                    "spending_limit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="projects.spendinglimit",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="projects.receipt",
                    ),
                ),
            ],
            options={
                "verbose_name": "dépense envoyée",
                "ordering": ("-spent_on", "-id"),
            },
        ),
        migrations.AddField(
            model_name="expense",
            name="receipt",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="expenses",
                to="projects.receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="expense",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("vat_amount__isnull", True), ("vat_amount__gte", 0), _connector="OR"
                ),
                name="expense_vat_not_negative",
                violation_error_message="La TVA n’est pas négative.",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(
                fields=("cohort", "sent_by", "sha256"), name="receipt_once_per_sender"
            ),
        ),
        migrations.AddConstraint(
            model_name="expenseclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("total__gt", 0), ("vat__gte", 0), ("vat__lt", models.F("total"))
                ),
                name="expense_claim_amounts_make_sense",
                violation_error_message="La TVA est plus petite que le total.",
            ),
        ),
        migrations.AddConstraint(
            model_name="expenseclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("expense__isnull", False), ("state", "accepted")),
                    models.Q(
                        models.Q(("state", "accepted"), _negated=True), ("expense__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="expense_claim_accepted_is_an_expense",
            ),
        ),
        migrations.AddConstraint(
            model_name="expenseclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("refused_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="expense_claim_refused_says_why",
                violation_error_message="Dites pourquoi.",
            ),
        ),
    ]
