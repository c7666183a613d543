from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0010_close_secret_ballots"),
    ]

    operations = [
        migrations.AddField(
            model_name="poll",
            name="closing_presence",
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
