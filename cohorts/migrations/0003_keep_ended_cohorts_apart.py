"""Cohorts that ended before the site remembered any: nobody decided to show them, so none is."""

from django.db import migrations


def hide(apps, schema_editor):
    cohorts = apps.get_model("cohorts", "Cohort").objects
    cohorts.filter(state__in=["closing", "archived"]).update(hidden_from_site=True)


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0002_stand_on_the_public_site")]
    operations = [migrations.RunPython(hide, migrations.RunPython.noop)]
