"""What an author agrees to, use by use; and for a minor, those who answer for them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from testimonials.enums import AgreedHow, Area, EndedWhy, ParentalHow, Use, What
from testimonials.querysets import AgreementQuerySet, ParentalAgreementQuerySet


class Agreement(Stamped):
    """One thing (words or photo), one use, a territory, an end. The sentence agreed to is in `consent`."""

    testimonial = models.ForeignKey(
        "testimonials.Testimonial", on_delete=models.PROTECT, related_name="agreements"
    )
    what = models.CharField(max_length=5, choices=What.choices)
    use = models.CharField(max_length=6, choices=Use.choices)
    area = models.CharField(max_length=6, choices=Area.choices)
    consent = models.OneToOneField(
        "members.Consent", on_delete=models.PROTECT, related_name="agreement"
    )
    how = models.CharField(max_length=5, choices=AgreedHow.choices, default=AgreedHow.PHONE)
    witness = models.CharField(max_length=160, blank=True)
    proof = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=9, choices=EndedWhy.choices, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ("what", "use", "-id")
        verbose_name = _("accord de publication")
        constraints = [
            models.UniqueConstraint(
                fields=["testimonial", "what", "use"],
                condition=Q(ended_at__isnull=True),
                name="agreement_once_per_use",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="")
                | Q(ended_at__isnull=False) & ~Q(ended_why=""),
                name="agreement_end_says_why",
            ),
            models.CheckConstraint(
                condition=Q(how=AgreedHow.PHONE) | (~Q(witness="") & ~Q(proof="")),
                name="agreement_on_paper_was_seen",
                violation_error_message=_(
                    "Un accord sur papier dit qui l’a vu signer, et où il est."
                ),
            ),
        ]


class ParentalAgreement(Stamped):
    """A holder of parental authority agrees to the publication: two of them, or why one is enough.

    Source: C. civ. art. 372 and 372-2: to publish the image of a child is no usual act.
    """

    testimonial = models.ForeignKey(
        "testimonials.Testimonial", on_delete=models.PROTECT, related_name="parental_agreements"
    )
    holder = models.CharField(_("nom"), max_length=160)
    quality = models.CharField(_("qualité"), max_length=80)
    how = models.CharField(max_length=5, choices=ParentalHow.choices)
    proof = models.CharField(_("où est la preuve"), max_length=200)
    agreed_on = models.DateField()
    alone_because = models.CharField(max_length=200, blank=True)
    noted_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ParentalAgreementQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("accord parental de publication")
        constraints = [
            models.UniqueConstraint(
                fields=["testimonial", "holder"],
                condition=Q(ended_at__isnull=True),
                name="parental_agreement_once",
                violation_error_message=_("L’accord de cette personne est déjà noté."),
            )
        ]
