from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField, RateField
from ct_platform.kit.models import Stamped
from projects.enums import Badge
from projects.querysets import MoneyMovementQuerySet


class MoneyMovement(Stamped):
    """Money in or out of a project, excl. VAT. Struck out, never deleted; locked by a pay run."""

    label = models.CharField(_("quoi"), max_length=140)
    amount = AmountField(_("montant hors TVA"))
    vat_rate = RateField(_("taux de TVA, en %"), default=0)
    recorded_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    pay_run_key = models.BigIntegerField(null=True, db_index=True)
    # Counts the changes: who edits an older one is told, instead of erasing a colleague's work.
    version = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MoneyMovementQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-moved_on", "-id")

    @property
    def is_counted(self) -> bool:
        """In a pay run: it can only be corrected by another movement."""
        return self.pay_run_key is not None

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_open(self) -> bool:
        """May still be corrected or struck out."""
        return not self.is_counted and not self.is_withdrawn

    @property
    def badge(self) -> Badge | None:
        """What is no longer open says why."""
        if self.is_withdrawn:
            return Badge("wait", "non-rond", _("Retiré"))
        if self.is_counted:
            return Badge("ok", "cadenas", _("Dans une paie"))
        return None


class Sale(MoneyMovement):
    """Turnover of a project, excl. VAT. Only what is paid enters the pot.

    Noted by hand, or written by an invoice: one row for each project and rate, cut in two by a part
    payment, so that the rows of an invoice always sum to it. A credit note writes negative rows.
    """

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="sales")
    customer = models.CharField(_("à qui"), max_length=140, blank=True)
    sold_on = models.DateField(_("vendu le"))
    # The day the money came; null while unpaid. The envelope counts by this day.
    moved_on = models.DateField(_("payé le"), null=True, blank=True)
    # Null: noted by hand. Otherwise only the invoice and its payments change this row.
    invoice = models.ForeignKey(
        "projects.Invoice", null=True, on_delete=models.PROTECT, related_name="sales"
    )
    payment = models.ForeignKey(
        "projects.Payment", null=True, on_delete=models.PROTECT, related_name="sales"
    )

    # A daily total of a count of the cash box: corrected by a counter count, never by hand.
    cash_total = models.OneToOneField(
        "projects.CashTotal", null=True, on_delete=models.PROTECT, related_name="sale"
    )

    class Meta(MoneyMovement.Meta):
        verbose_name = _("vente")
        ordering = ("-sold_on", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0)
                | (~Q(amount=0) & (Q(invoice__isnull=False) | Q(cash_total__isnull=False))),
                name="sale_is_positive",
                violation_error_message=_("Le montant d’une vente est plus grand que zéro."),
            ),
            models.CheckConstraint(
                condition=Q(pay_run_key__isnull=True) | Q(moved_on__isnull=False),
                name="sale_counted_is_paid",
            ),
            models.CheckConstraint(
                condition=Q(payment__isnull=True)
                | Q(invoice__isnull=False, moved_on__isnull=False),
                name="sale_payment_is_of_invoice",
            ),
        ]

    @property
    def is_invoiced(self) -> bool:
        """Only its invoice and the payments of it change it."""
        return self.invoice_id is not None

    @property
    def is_cash_total(self) -> bool:
        """Written by a count of the cash box."""
        return self.cash_total_id is not None

    @property
    def is_open(self) -> bool:
        return super().is_open and not self.is_invoiced and not self.is_cash_total

    @property
    def is_paid(self) -> bool:
        return self.moved_on is not None

    @property
    def badge(self) -> Badge:
        special = super().badge
        if special is not None:
            return special
        if self.moved_on is not None:
            return Badge("ok", "ok", _("Payé"))
        return Badge("warn", "attente", _("Pas encore payé"))
