"""What people answer when asked for their story, and the messages about one they told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.delivery import Delivery, DeliveryQuerySet
from testimonials.enums import NoticeKind, Said


class AskAnswer(models.Model):
    """Not now, or never again. Kept, so that nobody is asked twice too many."""

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="story_answers"
    )
    said = models.CharField(max_length=5, choices=Said.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name = _("réponse à « raconte »")


class AuthorNotice(Delivery):
    """A message to an author about their own words; `key` names what it is about, once."""

    testimonial = models.ForeignKey(
        "testimonials.Testimonial", on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField(max_length=9, choices=NoticeKind.choices)
    key = models.CharField(max_length=20)
    way = models.CharField(max_length=4)  # mail, sms

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("message à un auteur")
        indexes = [models.Index(fields=["status", "sent_at"], name="author_notice_to_sweep")]
        constraints = [
            models.UniqueConstraint(
                fields=["testimonial", "kind", "key"], name="author_notice_once"
            )
        ]
