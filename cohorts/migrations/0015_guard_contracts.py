"""Tighten: a binding contract has its day, an ended one the day it ended, a term one renewal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0014_take_past_contracts_as_signed")]

    operations = [
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_on__isnull", False), ("state__in", ("signed", "ended"))),
                    models.Q(
                        models.Q(("state__in", ("signed", "ended")), _negated=True),
                        ("signed_on__isnull", True),
                    ),
                    ("state", "cancelled"),
                    _connector="OR",
                ),
                name="contract_signed_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on__isnull", False), ("state", "ended")),
                    models.Q(
                        models.Q(("state", "ended"), _negated=True), ("ended_on__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="contract_ended_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True),
                    models.Q(
                        ("ended_on__gte", models.F("starts_on")),
                        ("ended_on__lte", models.F("ends_on")),
                    ),
                    _connector="OR",
                ),
                name="contract_ended_inside_its_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("renews",),
                name="contract_renewed_once",
                violation_error_message="Ce contrat a déjà son renouvellement.",
            ),
        ),
    ]
