from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0007_guard_what_is_decided")]

    operations = [
        migrations.AddField(
            model_name="assembly", name="minutes_text", field=models.JSONField(null=True)
        )
    ]
