from django.db import models

from ct_platform.kit.delivery import Delivery, DeliveryQuerySet
from documents.enums import NoticeKind


class Notice(Delivery):
    """A short message that a paper is ready: a link behind sign-in, never the paper nor an amount."""

    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="notices"
    )
    recipient = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=NoticeKind.choices, default=NoticeKind.READY)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["status", "sent_at"], name="notice_to_sweep")]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "recipient", "kind"], name="notice_once_per_person"
            )
        ]
