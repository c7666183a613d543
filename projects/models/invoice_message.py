from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.delivery import Delivery, DeliveryQuerySet


class InvoiceMessage(Delivery):
    """An invoice that left: a link by mail, once for each press of the button, or handed over."""

    invoice = models.ForeignKey(
        "projects.Invoice", on_delete=models.PROTECT, related_name="messages"
    )
    # Where it went, whatever the customer's address became; empty when handed over.
    to = models.EmailField(_("envoyée à"), blank=True)
    word = models.CharField(_("mot au client"), max_length=300, blank=True)
    by_hand = models.BooleanField(default=False)
    sent_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    client_uuid = models.UUIDField(unique=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("facture envoyée")
        indexes = [models.Index(fields=["status", "sent_at"], name="invoice_message_to_sweep")]
        constraints = [
            models.CheckConstraint(
                condition=Q(by_hand=True, to="") | (Q(by_hand=False) & ~Q(to="")),
                name="invoice_message_goes_one_way",
            )
        ]
