from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from projects.querysets import ReceiptQuerySet


class Receipt(Stamped):
    """The photo or PDF of a receipt, drawn again before it is kept (kit.pictures), never changed."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="receipts")
    sent_by = models.ForeignKey(
        "members.Person", on_delete=models.PROTECT, related_name="sent_receipts"
    )
    file = models.FileField(upload_to="receipts")
    suffix = models.CharField(max_length=4)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("justificatif")
        constraints = [
            # The same photo sent twice by one person is one receipt.
            models.UniqueConstraint(
                fields=["cohort", "sent_by", "sha256"], name="receipt_once_per_sender"
            )
        ]

    @property
    def is_picture(self) -> bool:
        return self.suffix == "jpg"
