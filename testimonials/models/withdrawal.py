"""Taking words back: the link that needs no account, and who asked in the stead of the author."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from testimonials.enums import AskedBy


class WithdrawalLink(models.Model):
    """The secret of the link is kept as a keyed hash only. It lets one withdraw, and nothing else."""

    testimonial = models.ForeignKey(
        "testimonials.Testimonial", on_delete=models.PROTECT, related_name="links"
    )
    index = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name = _("lien de retrait")


class WithdrawalRequest(models.Model):
    """Somebody asked for the author: a relative of who died, a parent, a word on the telephone."""

    testimonial = models.ForeignKey(
        "testimonials.Testimonial", on_delete=models.PROTECT, related_name="withdrawal_requests"
    )
    asked_by = models.CharField(max_length=6, choices=AskedBy.choices)
    name = models.CharField(_("qui demande"), max_length=160)
    reason = models.CharField(_("pourquoi"), max_length=300)
    noted_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name = _("demande de retrait")
