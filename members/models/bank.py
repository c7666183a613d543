"""Where money is sent to: an IBAN at rest, sealed for its own row, shown by its last four signs."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.querysets import BankDetailsQuerySet


class SealedIban(models.Model):
    """Never edited: a new IBAN is a new row, and the earlier one ends (services.bank seals and opens)."""

    # Written inside the sealed text: a value moved to another row does not open there.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    holder = models.CharField(_("titulaire du compte"), max_length=70)
    sealed = models.TextField()
    last4 = models.CharField(max_length=4)
    # Keyed hash: tells that two people gave the same account, without storing it in clear.
    blind = models.CharField(max_length=64, db_index=True)
    entered_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def masked(self) -> str:
        return f"•••• {self.last4}"


class BankDetails(SealedIban):
    """The account a person is paid on."""

    person = models.ForeignKey(
        "members.Person", on_delete=models.PROTECT, related_name="bank_details"
    )

    objects = BankDetailsQuerySet.as_manager()

    class Meta:
        ordering = ("person_id", "-entered_at", "-id")
        verbose_name = _("compte bancaire")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at__isnull=True),
                name="bank_details_one_current",
            )
        ]
