"""Tighten: every poll has its wording, every ballot its content; the old columns go."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0005_write_versions_down")]

    operations = [
        migrations.RemoveField("proposal", "text"),
        migrations.RemoveField("proposal", "effect_settings"),
        migrations.RemoveField("ballot", "option"),
        migrations.RemoveField("ballotchange", "option"),
        migrations.AlterField("ballot", "content", models.JSONField()),
        migrations.AlterField(
            "ballot",
            "cast_by",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
            ),
        ),
        migrations.AlterField("ballotchange", "content", models.JSONField()),
        migrations.AlterField(
            "poll",
            "version",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="polls",
                to="decisions.proposalversion",
            ),
        ),
        migrations.AddConstraint(
            "outcome",
            models.CheckConstraint(
                condition=models.Q(kind__in=["adopted", "elected"], in_force_from__isnull=False)
                | (
                    ~models.Q(kind__in=["adopted", "elected"])
                    & models.Q(winner__isnull=True, in_force_from__isnull=True, effect_state="none")
                ),
                name="outcome_adopted_is_in_force",
            ),
        ),
    ]
