"""What was agreed for the public site before becomes an agreement for that one use; words become version 1."""

from django.db import migrations

from ct_platform.kit.clock import civil_day
from testimonials.models.testimonial import new_code


def carry(apps, schema_editor):
    agreements = apps.get_model("testimonials", "Agreement")
    versions = apps.get_model("testimonials", "Version")
    rows = apps.get_model("testimonials", "Testimonial").objects
    for told in rows.select_related("consent", "enrolment"):
        rows.filter(pk=told.pk).update(code=new_code())
        ended = told.consent.withdrawn_at
        agreements.objects.create(
            testimonial=told,
            what="words",
            use="site",
            area="world",
            consent_id=told.consent_id,
            ended_at=ended,
            ended_why="withdrawn" if ended else "",
        )
        versions.objects.create(
            testimonial=told,
            number=1,
            text=told.text,
            written_by_id=told.enrolment.person_id,
            written_at=told.created_at,
            by_author=True,
            agreed_at=told.created_at,
            agreed_how="phone",
        )
    publications = apps.get_model("testimonials", "Publication").objects
    for place in publications.all():
        publications.filter(pk=place.pk).update(published_on=civil_day(place.published_at))


def back(apps, schema_editor):
    apps.get_model("testimonials", "Agreement").objects.all().delete()
    apps.get_model("testimonials", "Version").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("testimonials", "0002_agree_use_by_use"),
    ]

    operations = [migrations.RunPython(carry, back)]
