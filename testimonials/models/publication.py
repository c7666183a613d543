from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from testimonials.enums import Use
from testimonials.querysets import PublicationQuerySet


class Publication(models.Model):
    """Where a testimonial stands or stood: withdrawal must reach every place.

    Ours (the site) is left at once. Elsewhere the row is flagged, and waits until somebody noted
    whom they asked to take it away, or that it is printed and cannot come back.
    """

    testimonial = models.ForeignKey(
        "testimonials.Testimonial", on_delete=models.PROTECT, related_name="publications"
    )
    use = models.CharField(max_length=6, choices=Use.choices)
    name = models.CharField(_("où"), max_length=160, blank=True)
    url = models.URLField(_("adresse"), max_length=400, blank=True)
    published_on = models.DateField(_("publié le"))
    with_photo = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_down_at = models.DateTimeField(null=True)
    flagged_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_note = models.CharField(max_length=300, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-id")
        verbose_name = _("publication d’un témoignage")
        constraints = [
            models.UniqueConstraint(
                fields=["testimonial"],
                condition=Q(taken_down_at__isnull=True, use=Use.SITE),
                name="published_once_on_site",
            ),
            models.CheckConstraint(
                condition=Q(use=Use.SITE) | ~Q(name=""), name="publication_elsewhere_is_named"
            ),
        ]
