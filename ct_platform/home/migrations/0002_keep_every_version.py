"""What was written on the site, and shown, is neither edited nor taken away."""

from django.db import migrations

from ct_platform.kit.append_only import guard, unguard

TABLES = ("home_textversion", "home_textpublication")


def on(apps, schema_editor):
    guard(schema_editor, TABLES)


def off(apps, schema_editor):
    unguard(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("home", "0001_write_on_the_public_site")]
    operations = [migrations.RunPython(on, off)]
