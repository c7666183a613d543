from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.delivery import Delivery, DeliveryQuerySet


class QuoteMessage(Delivery):
    """A quote sent by mail, once for each press of the button. Its link is of its own."""

    quote = models.ForeignKey("projects.Quote", on_delete=models.PROTECT, related_name="messages")
    # Where it went, whatever the customer's address became.
    to = models.EmailField(_("envoyé à"))
    word = models.CharField(_("mot au client"), max_length=300, blank=True)
    # Digest of the secret in the link of this mail, written when it leaves.
    link_digest = models.CharField(max_length=64, blank=True)
    client_uuid = models.UUIDField(unique=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("devis envoyé")
        indexes = [models.Index(fields=["status", "sent_at"], name="quote_message_to_sweep")]
