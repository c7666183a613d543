"""CT, CJM and CJS of the network; every cooperative so far is a CT."""

from django.db import migrations

# Three to six months for a CT; one summer for a CJS. Ages on the first day, inclusive.
NETWORK = (
    {
        "code": "ct",
        "name": "Coopérative de territoire (CT)",
        "shortest_days": 84,
        "longest_days": 190,
        "lowest_age": 16,
        "highest_age": None,
        "fewest_seats": 10,
        "usual_seats": 15,
        "most_seats": 18,
        "host_agreement": True,
    },
    {
        "code": "cjm",
        "name": "Coopérative jeunes majeurs (CJM)",
        "shortest_days": 56,
        "longest_days": 190,
        "lowest_age": 18,
        "highest_age": 30,
        "fewest_seats": 12,
        "usual_seats": 14,
        "most_seats": 15,
        "host_agreement": False,
    },
    {
        "code": "cjs",
        "name": "Coopérative jeunesse de services (CJS)",
        "shortest_days": 28,
        "longest_days": 92,
        "lowest_age": 16,
        "highest_age": 18,
        "fewest_seats": 12,
        "usual_seats": 14,
        "most_seats": 15,
        "host_agreement": False,
    },
)


def forwards(apps, schema_editor):
    Programme = apps.get_model("cohorts", "Programme")
    Cohort = apps.get_model("cohorts", "Cohort")
    for row in NETWORK:
        values = {name: value for name, value in row.items() if name != "code"}
        Programme.objects.get_or_create(organisation=None, code=row["code"], defaults=values)
    usual = Programme.objects.get(organisation=None, code="ct")
    Cohort.objects.filter(programme__isnull=True).update(programme=usual)


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0005_name_the_programmes")]
    # Backwards: the column goes with 0005.
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
