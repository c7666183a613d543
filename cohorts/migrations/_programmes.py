"""CT, CJM and CJS of the network, in every database from its first day."""

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
    },
)


def seed(apps, schema_editor):
    programmes = apps.get_model("cohorts", "Programme").objects
    for row in NETWORK:
        values = {name: value for name, value in row.items() if name != "code"}
        programmes.get_or_create(organisation=None, code=row["code"], defaults=values)
