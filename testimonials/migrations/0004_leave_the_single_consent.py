from django.db import migrations, models

import testimonials.models.testimonial


class Migration(migrations.Migration):
    dependencies = [
        ("testimonials", "0003_carry_what_was_agreed"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="publication", name="published_once_per_place"),
        migrations.RemoveField(model_name="publication", name="place"),
        migrations.RemoveField(model_name="testimonial", name="consent"),
        migrations.AlterField(
            model_name="testimonial",
            name="code",
            field=models.CharField(
                default=testimonials.models.testimonial.new_code,
                editable=False,
                max_length=10,
                unique=True,
            ),
        ),
    ]
