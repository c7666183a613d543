from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0009_remember_reminders"),
    ]

    operations = [
        migrations.AddField(
            model_name="poll",
            name="closing_presence",
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
