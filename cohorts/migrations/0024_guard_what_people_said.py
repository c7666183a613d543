"""What somebody said on leaving and after is never edited, only followed: the database refuses the rest."""

from django.db import migrations

from ct_platform.kit.append_only import guard, unguard

TABLES = (
    "cohorts_ownproject", "cohorts_exitinterview", "cohorts_followupchoice", "cohorts_followupanswer",
)  # fmt: skip


def forwards(apps, schema_editor):
    guard(schema_editor, TABLES)


def backwards(apps, schema_editor):
    unguard(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0023_follow_people_after")]
    operations = [migrations.RunPython(forwards, backwards)]
