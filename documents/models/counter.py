from django.db import models


class Counter(models.Model):
    """Last number given in one series of one issuer and year; taken under lock (services.numbers)."""

    issuer_key = models.BigIntegerField()
    series = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer_key", "series", "year"], name="counter_of_series"
            )
        ]
