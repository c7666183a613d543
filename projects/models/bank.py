"""Bank statements of a host: what came in, and which payments it became.

A CAE's statement is full of other people's business. Debits are never kept; a credit that is not for
a cohort is forgotten, and leaves only its fingerprint, so that it does not come back.
"""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from projects.enums import StatementKind, StatementState
from projects.querysets import BankLineQuerySet, BankMatchQuerySet, BankStatementQuerySet


class BankStatement(Stamped):
    host = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="bank_statements"
    )
    kind = models.CharField(max_length=3, choices=StatementKind.choices)
    state = models.CharField(
        max_length=8, choices=StatementState.choices, default=StatementState.DRAFT
    )
    name = models.CharField(_("fichier"), max_length=100)
    # Keyed hash of the whole file: the same one twice is told, not read again.
    digest = models.CharField(max_length=64)
    # The file itself, only while its columns are in doubt.
    content = models.TextField(blank=True)
    account = models.CharField(_("compte"), max_length=4, blank=True)  # last four signs
    first_on = models.DateField(_("du"), null=True)
    last_on = models.DateField(_("au"), null=True)
    kept = models.PositiveIntegerField(default=0)  # credits that were new
    known = models.PositiveIntegerField(default=0)  # credits that an earlier statement brought
    passed = models.PositiveIntegerField(default=0)  # debits, not kept
    imported_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = BankStatementQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("relevé bancaire")
        constraints = [
            models.UniqueConstraint(
                fields=["host", "digest"],
                condition=~Q(state="dropped"),
                name="bank_statement_once",
                violation_error_message=_("Ce relevé est déjà là."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(content=""), name="bank_statement_keeps_no_file"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BankLine(Stamped):
    """One credit. Forgotten, it is a fingerprint and nothing else."""

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    # Repeated from the statement: a line exists once for a host, whatever brought it.
    host = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="+")
    # Keyed hash of day, amount, words and rank among identical lines of that day.
    fingerprint = models.CharField(max_length=64)
    day = models.DateField(_("date"), null=True)
    amount = AmountField(_("montant"), null=True)
    words = models.CharField(_("libellé"), max_length=300, blank=True)
    # Keyed hash of day and amount alone: banks word the same transfer otherwise in each kind of file.
    likeness = models.CharField(max_length=64, blank=True)
    # The line of another statement that this one may repeat: until somebody says, it pays nothing.
    twin = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    forgotten_at = models.DateTimeField(null=True)
    forgotten_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = BankLineQuerySet.as_manager()

    class Meta:
        ordering = ("-day", "-id")
        verbose_name = _("ligne de relevé")
        indexes = (models.Index(fields=["host", "likeness"], name="bank_line_alike"),)
        constraints = [
            models.UniqueConstraint(fields=["host", "fingerprint"], name="bank_line_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, day__isnull=False, forgotten_at__isnull=True)
                | Q(amount__isnull=True, day__isnull=True, words="", forgotten_at__isnull=False),
                name="bank_line_is_known_or_forgotten",
            ),
        ]

    @property
    def is_forgotten(self) -> bool:
        return self.forgotten_at is not None


class BankMatch(Stamped):
    """A host said: this credit is that payment. Append-only: undone by reversing the payment."""

    line = models.ForeignKey(BankLine, on_delete=models.PROTECT, related_name="matches")
    payment = models.OneToOneField(
        "projects.Payment", on_delete=models.PROTECT, related_name="bank_match"
    )
    confirmed_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = BankMatchQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("rapprochement")

    @property
    def amount(self) -> Decimal:
        value: Decimal = self.payment.amount
        return value
