from django.db import models

from ct_platform.kit.delivery import Delivery, DeliveryQuerySet


class Rendering(Delivery):
    """The work of turning one document into its PDF; one row per document."""

    document = models.OneToOneField(
        "documents.Document", on_delete=models.PROTECT, related_name="rendering"
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["status", "sent_at"], name="rendering_to_sweep")]
