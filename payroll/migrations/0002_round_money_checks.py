"""The pot and the shares add up to the cent on SQLite too, which keeps decimals as floats."""

import django.db.models.expressions
import django.db.models.functions.math
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payroll", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="payrun",
            name="pay_run_envelope_adds_up",
        ),
        migrations.RemoveConstraint(
            model_name="share",
            name="share_is_cost_and_remainder",
        ),
        migrations.AddConstraint(
            model_name="payrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    (
                        "envelope",
                        django.db.models.functions.math.Round(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("sales"), "-", models.F("expenses")
                                    ),
                                    "-",
                                    models.F("contribution"),
                                ),
                                "-",
                                models.F("reserve"),
                            ),
                            precision=2,
                        ),
                    ),
                    _connector="OR",
                ),
                name="pay_run_envelope_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "cost",
                        django.db.models.functions.math.Round(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("amount"), "+", models.F("carried_in")
                                ),
                                "-",
                                models.F("remainder"),
                            ),
                            precision=2,
                        ),
                    )
                ),
                name="share_is_cost_and_remainder",
            ),
        ),
    ]
