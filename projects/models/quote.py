import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.querysets import CohortScopedQuerySet
from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from projects.enums import Badge, QuoteState
from projects.models.sold_line import SoldLine


class Quote(Stamped):
    """An offer in the host's name. Once sent it is a paper: a change is another quote."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="quotes")
    customer = models.ForeignKey(
        "projects.Customer", on_delete=models.PROTECT, related_name="quotes"
    )
    state = models.CharField(max_length=10, choices=QuoteState.choices, default=QuoteState.DRAFT)
    title = models.CharField(_("objet"), max_length=140)
    note = models.TextField(_("mot au client"), max_length=600, blank=True)
    # Given when it is sent; its own series, without the law of invoices.
    number = models.CharField(max_length=30, blank=True)
    sent_on = models.DateField(null=True)
    valid_until = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    net_amount = AmountField(default=0)
    vat_amount = AmountField(default=0)
    total_amount = AmountField(default=0)  # VAT included
    document = models.ForeignKey(
        "documents.Document", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Digest of the secret in the customer's link; the link itself is nowhere.
    link_digest = models.CharField(max_length=64, blank=True, db_index=True)
    answered_at = models.DateTimeField(null=True)
    # Who accepted or refused, as they signed; by link or noted by the coordination.
    answered_name = models.CharField(max_length=140, blank=True)
    # What the host asked to change when it sent the draft back.
    sent_back_because = models.CharField(max_length=300, blank=True)
    approved_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    # Why it was refused, in the customer's words.
    refused_because = models.CharField(max_length=300, blank=True)
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = CohortScopedQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("devis")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "number"], condition=~Q(number=""), name="quote_number_once"
            ),
            # A number and a paper are given together, when it is sent.
            models.CheckConstraint(
                condition=Q(number="", sent_on__isnull=True, document__isnull=True)
                | (~Q(number="") & Q(sent_on__isnull=False, document__isnull=False)),
                name="quote_number_means_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "accepted", "refused"]) | ~Q(number=""),
                name="quote_sent_has_number",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def is_draft(self) -> bool:
        return self.state == QuoteState.DRAFT

    @property
    def is_sent(self) -> bool:
        """Waits for the customer's answer."""
        return self.state == QuoteState.SENT

    @property
    def was_sent(self) -> bool:
        return bool(self.number)

    @property
    def badge(self) -> Badge:
        return Badge(*_BADGES[QuoteState(self.state)], self.get_state_display())


_BADGES = {
    QuoteState.DRAFT: ("wait", "stylo"),
    QuoteState.SUBMITTED: ("warn", "cle"),
    QuoteState.APPROVED: ("ok", "ok"),
    QuoteState.SENT: ("warn", "attente"),
    QuoteState.ACCEPTED: ("ok", "ok"),
    QuoteState.REFUSED: ("bad", "non-rond"),
    QuoteState.LAPSED: ("wait", "non-rond"),
}


class QuoteLine(SoldLine):
    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="lines")
