import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit import trades
from ct_platform.kit.models import Stamped
from members.rules import CODE_ALPHABET
from testimonials.enums import TestimonialState, Way
from testimonials.querysets import TestimonialQuerySet

CODE_LENGTH = 10  # 50 bits: nobody walks through the stories that were taken back
LONGEST_TEXT = 600


def new_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _letter in range(CODE_LENGTH)).lower()


class Testimonial(Stamped):
    """A few words by a coopérant, published only while their consent holds.

    `text` is what the author stands by; what somebody else proposes waits in a Version.
    """

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="testimonials"
    )
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    text = models.TextField(_("tes mots"), max_length=LONGEST_TEXT, blank=True)
    signed_as = models.CharField(_("signé"), max_length=80)
    trade = models.CharField(max_length=20, choices=trades.choices, blank=True)
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.WRITTEN)
    state = models.CharField(
        max_length=10, choices=TestimonialState.choices, default=TestimonialState.SUBMITTED
    )
    # Never published: it serves to write the words down, and goes when they are taken back.
    recording = models.FileField(upload_to="recordings", blank=True)
    photo = models.FileField(upload_to="portraits", blank=True)
    decided_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = TestimonialQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("témoignage")

    def __str__(self) -> str:
        return self.signed_as


class Version(models.Model):
    """One state of the words. None is changed or deleted; two people agree on one, or it stays unpublished."""

    testimonial = models.ForeignKey(Testimonial, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=LONGEST_TEXT)
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    by_author = models.BooleanField()
    note = models.CharField(_("pourquoi"), max_length=300, blank=True)
    # Paper: where the signed sheet lies, and who saw it signed.
    agreed_at = models.DateTimeField(null=True)
    agreed_how = models.CharField(max_length=5, blank=True)
    witness = models.CharField(max_length=160, blank=True)
    proof = models.CharField(max_length=200, blank=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("testimonial_id", "number")
        verbose_name = _("version d’un témoignage")
        constraints = [
            models.UniqueConstraint(fields=["testimonial", "number"], name="version_once")
        ]
