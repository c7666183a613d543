from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit import trades
from ct_platform.kit.models import Stamped
from testimonials.enums import TestimonialState
from testimonials.querysets import TestimonialQuerySet


class Testimonial(Stamped):
    """A few words by a coopérant, published only while their consent holds."""

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="testimonials"
    )
    text = models.TextField(_("tes mots"), max_length=600)
    signed_as = models.CharField(_("signé"), max_length=80)
    trade = models.CharField(max_length=20, choices=trades.choices, blank=True)
    state = models.CharField(
        max_length=10, choices=TestimonialState.choices, default=TestimonialState.SUBMITTED
    )
    consent = models.OneToOneField(
        "members.Consent", on_delete=models.PROTECT, related_name="testimonial"
    )
    decided_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = TestimonialQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("témoignage")
