import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from projects.enums import PaymentMeans
from projects.querysets import PaymentQuerySet


class Payment(Stamped):
    """Money received for an invoice, VAT included. Append-only: a mistake is undone by its reverse.

    Negative: given back to the customer, a reverse, or the credit-note side of an offset.
    """

    invoice = models.ForeignKey(
        "projects.Invoice", on_delete=models.PROTECT, related_name="payments"
    )
    amount = AmountField(_("montant, TVA comprise"))
    means = models.CharField(_("moyen"), max_length=10, choices=PaymentMeans.choices)
    received_on = models.DateField(_("reçu le"))
    reference = models.CharField(_("référence"), max_length=80, blank=True)
    # The payment that this one undoes: a cheque without funds, a mistake.
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    recorded_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ("received_on", "id")
        verbose_name = _("encaissement")
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="payment_is_not_zero"),
        ]
