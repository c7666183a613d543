"""The cash box after a market, counted by two people. Nothing here is ever changed or deleted.

Daily totals only, never a customer's own purchase: a till that records each sale must be certified
(CGI art. 286 I 3° bis), and this is no till.
"""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.querysets import CohortScopedQuerySet
from ct_platform.kit.fields import AmountField, RateField
from ct_platform.kit.models import Stamped
from projects.enums import VatCategory, WayOfSale
from projects.querysets import (
    CashRowsQuerySet,
    CashTotalQuerySet,
    OfProjectQuerySet,
)


class CashCount(Stamped):
    """One stall, one day. Counted again after a counter count: `attempt` tells them apart."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.PROTECT, related_name="cash_counts"
    )
    day = models.DateField(_("jour du marché"))
    label = models.CharField(_("étal"), max_length=60, default="", blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    # In the box before the first sale: not sold, so not counted as takings.
    float_amount = AmountField(_("fond de caisse au départ"), default=0)
    opened_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # A counter count takes an agreed one back, with its reason.
    counters = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="countered_by"
    )
    reason = models.CharField(_("pourquoi"), max_length=200, blank=True)
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("-day", "-id")
        verbose_name = _("comptage de caisse")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "day", "label", "attempt"],
                name="cash_count_once_a_day",
                violation_error_message=_("Cette caisse est déjà comptée."),
            ),
            models.CheckConstraint(
                condition=Q(float_amount__gte=0),
                name="cash_count_float_is_not_negative",
                violation_error_message=_("Le fond de caisse est zéro ou plus."),
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.project.name

    @property
    def is_counter(self) -> bool:
        return self.counters_id is not None


class CashTally(Stamped):
    """What one person counted, blind: the other counts without seeing it. Both figures stay."""

    count = models.ForeignKey(CashCount, on_delete=models.PROTECT, related_name="tallies")
    # Two figures that differ open another round.
    round = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()  # 1 or 2
    counted_by = models.ForeignKey(
        "members.Person", on_delete=models.PROTECT, related_name="cash_tallies"
    )
    pieces = models.JSONField(default=dict)  # value in cents → how many
    cash_amount = AmountField(_("billets et pièces dans la caisse"))
    card_amount = AmountField(_("cartes"), default=0)
    cheque_amount = AmountField(_("chèques"), default=0)
    at = models.DateTimeField()
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = CashRowsQuerySet.as_manager()

    class Meta:
        ordering = ("round", "position")
        verbose_name = _("comptage d’une personne")
        constraints = [
            models.UniqueConstraint(
                fields=["count", "round", "position"], name="cash_tally_two_a_round"
            ),
            models.UniqueConstraint(
                fields=["count", "round", "counted_by"], name="cash_tally_two_people"
            ),
            models.CheckConstraint(
                condition=Q(
                    position__in=[1, 2], cash_amount__gte=0, card_amount__gte=0,
                    cheque_amount__gte=0,
                ),
                name="cash_tally_is_not_negative",
            ),
        ]  # fmt: skip

    @property
    def figures(self) -> tuple[Decimal, Decimal, Decimal]:
        return (self.cash_amount, self.card_amount, self.cheque_amount)

    @property
    def total(self) -> Decimal:
        return sum(self.figures, Decimal(0))


class CashAgreement(Stamped):
    """The takings of the day, VAT included, float taken off. Negative in a counter count."""

    count = models.OneToOneField(CashCount, on_delete=models.PROTECT, related_name="agreement")
    cash_amount = AmountField(_("espèces"))
    card_amount = AmountField(_("cartes"))
    cheque_amount = AmountField(_("chèques"))
    agreed_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    # Why the coordination decided; empty when two people counted the same.
    reason = models.CharField(_("pourquoi"), max_length=200, blank=True)
    at = models.DateTimeField()

    objects = CashRowsQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("recette du jour")

    @property
    def total(self) -> Decimal:
        amount: Decimal = self.cash_amount + self.card_amount + self.cheque_amount
        return amount


class CashTotal(Stamped):
    """A part of the takings of a day, by what was sold and how: it becomes one paid sale."""

    agreement = models.ForeignKey(CashAgreement, on_delete=models.PROTECT, related_name="totals")
    category = models.CharField(_("ce qu’on a vendu"), max_length=20, choices=VatCategory.choices)
    way = models.CharField(_("façon de vendre"), max_length=10, choices=WayOfSale.choices)
    gross_amount = AmountField(_("montant, TVA comprise"))
    vat_percent = RateField(_("TVA, en %"))
    net_amount = AmountField(_("montant hors TVA"))
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = CashTotalQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("total du jour")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "category", "way"], name="cash_total_once"
            ),
            models.CheckConstraint(
                condition=~Q(gross_amount=0) & ~Q(net_amount=0), name="cash_total_is_not_zero"
            ),
        ]


class CashHandover(Stamped):
    """Cash that left the box for the host. Negative: it takes back a line that was wrong."""

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, related_name="cash_handovers"
    )
    amount = AmountField(_("montant remis"))
    handed_on = models.DateField(_("remis le"))
    given_by = models.CharField(_("remis par"), max_length=100)
    given_to = models.CharField(_("remis à"), max_length=100)
    note = models.CharField(_("mot"), max_length=200, blank=True)
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    recorded_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = CohortScopedQuerySet.as_manager()

    class Meta:
        ordering = ("-handed_on", "-id")
        verbose_name = _("remise d’espèces")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, reverses__isnull=True)
                | Q(amount__lt=0, reverses__isnull=False),
                name="cash_handover_has_its_sign",
                violation_error_message=_("Le montant est plus grand que zéro."),
            )
        ]
