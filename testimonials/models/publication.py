from django.db import models

from testimonials.enums import Place


class Publication(models.Model):
    """Where a testimonial stands or stood: withdrawal must reach every place."""

    testimonial = models.ForeignKey(
        "testimonials.Testimonial", on_delete=models.PROTECT, related_name="publications"
    )
    place = models.CharField(max_length=20, choices=Place.choices)
    published_at = models.DateTimeField()
    taken_down_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-published_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["testimonial", "place"],
                condition=models.Q(taken_down_at__isnull=True),
                name="published_once_per_place",
            )
        ]
