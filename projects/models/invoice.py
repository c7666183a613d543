"""Invoices, deposits and credit notes in the host's name. Issued, they never change."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from projects.enums import InvoiceKind, InvoiceState
from projects.models.sold_line import SoldLine
from projects.querysets import InvoiceQuerySet


class Invoice(Stamped):
    """Amounts of a credit note are positive, as it prints them; its kind says the direction."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="invoices")
    # The seller. Repeated from the cohort: numbers are the host's, whatever the cohort.
    host = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="invoices"
    )
    customer = models.ForeignKey(
        "projects.Customer", on_delete=models.PROTECT, related_name="invoices"
    )
    kind = models.CharField(max_length=12, choices=InvoiceKind.choices, default=InvoiceKind.INVOICE)
    state = models.CharField(
        max_length=10, choices=InvoiceState.choices, default=InvoiceState.DRAFT, db_index=True
    )
    title = models.CharField(_("objet"), max_length=140)
    note = models.TextField(_("mot au client"), max_length=600, blank=True)
    # The customer's own references.
    order_number = models.CharField(_("numéro de commande"), max_length=40, blank=True)
    service_code = models.CharField(_("code service"), max_length=40, blank=True)
    quote = models.ForeignKey(
        "projects.Quote", null=True, on_delete=models.PROTECT, related_name="invoices"
    )
    # A credit note names the invoice it corrects.
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="credit_notes"
    )
    reason = models.CharField(_("pourquoi"), max_length=200, blank=True)
    # Days of the sale or the service, both included.
    sold_from = models.DateField(_("vendu le"))
    sold_until = models.DateField(_("jusqu’au"))
    number = models.CharField(max_length=30, blank=True)
    # True when the host gave the number from its own software (no delegated series).
    numbered_by_host = models.BooleanField(default=False)
    issued_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    net_amount = AmountField(default=0)
    vat_amount = AmountField(default=0)
    total_amount = AmountField(default=0)  # VAT included
    document = models.ForeignKey(
        "documents.Document", null=True, on_delete=models.PROTECT, related_name="+"
    )
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    # What the host asked to change when it sent the draft back.
    sent_back_because = models.CharField(max_length=300, blank=True)
    issued_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(null=True)
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        ordering = ("-issued_at", "-id")
        verbose_name = _("facture")
        constraints = [
            models.UniqueConstraint(
                fields=["host", "number"], condition=~Q(number=""), name="invoice_number_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="issued",
                    issued_at__isnull=False,
                    issued_on__isnull=False,
                    due_on__isnull=False,
                )
                & ~Q(number="")
                | (~Q(state="issued") & Q(number="", issued_at__isnull=True)),
                name="invoice_number_means_issued",
            ),
            models.CheckConstraint(
                condition=Q(kind="credit_note", corrects__isnull=False)
                | (~Q(kind="credit_note") & Q(corrects__isnull=True)),
                name="invoice_credit_note_corrects",
            ),
            models.CheckConstraint(
                condition=Q(sold_until__gte=F("sold_from")),
                name="invoice_sold_in_order",
                violation_error_message=_("Le dernier jour vient après le premier."),
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def is_issued(self) -> bool:
        return self.state == InvoiceState.ISSUED

    @property
    def is_editable(self) -> bool:
        """Its lines may be retouched: an invoice that is not issued. Deposits and credit notes are
        dropped and made again."""
        return self.kind == InvoiceKind.INVOICE and self.is_unfinished

    @property
    def is_unfinished(self) -> bool:
        return self.state not in (InvoiceState.ISSUED, InvoiceState.DROPPED)

    @property
    def is_credit(self) -> bool:
        return self.kind == InvoiceKind.CREDIT_NOTE


class InvoiceLine(SoldLine):
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    # The deposit this line takes off (quantity −1).
    deposit = models.ForeignKey(
        Invoice, null=True, on_delete=models.PROTECT, related_name="taken_off_by"
    )
