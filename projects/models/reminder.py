"""Reminders of what is not paid: each one is a row that stays; its mail travels apart."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.delivery import Delivery, DeliveryQuerySet
from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from projects.enums import ReminderLevel, ReminderWay
from projects.querysets import PaymentQuerySet


class Reminder(Stamped):
    """Append-only. Pressed by somebody, never by a clock."""

    invoice = models.ForeignKey(
        "projects.Invoice", on_delete=models.PROTECT, related_name="reminders"
    )
    number = models.PositiveSmallIntegerField()  # first, second, third…
    level = models.CharField(max_length=10, choices=ReminderLevel.choices)
    way = models.CharField(max_length=6, choices=ReminderWay.choices)
    left_amount = AmountField(_("reste à payer ce jour-là"))
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    # Reached through the invoice, as payments are.
    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        verbose_name = _("relance")
        constraints = [
            models.UniqueConstraint(fields=["invoice", "number"], name="reminder_number_once"),
        ]

    @property
    def is_letter(self) -> bool:
        return self.way == ReminderWay.LETTER


class ReminderMail(Delivery):
    reminder = models.OneToOneField(Reminder, on_delete=models.PROTECT, related_name="mail")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("envoi de relance")
        indexes = [models.Index(fields=["status", "sent_at"], name="reminder_mail_to_sweep")]
